from django.contrib import admin
from django.urls import path

from loans import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health", views.health),
    path("", views.overdue),
]
