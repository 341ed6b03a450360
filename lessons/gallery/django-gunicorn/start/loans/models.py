from django.db import models


class Loan(models.Model):
    reader = models.CharField(max_length=200)
    title = models.CharField(max_length=400)
    due = models.DateField()
