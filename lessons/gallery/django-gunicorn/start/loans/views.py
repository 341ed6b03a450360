from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse

from loans.models import Loan


def health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"ok": True})


def overdue(request: HttpRequest) -> HttpResponse:
    late = Loan.objects.filter(due__lt=date.today()).order_by("due")
    return JsonResponse({"loans": list(late.values("reader", "title", "due"))})
