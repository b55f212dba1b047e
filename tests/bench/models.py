"""The rows of the floor page."""

from django.db import models


class FloorRow(models.Model):
    """A row such as a list has: names, a status, two days and some words."""

    page = models.SlugField()
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    words = models.TextField()
    owner = models.CharField(max_length=100)
    organisation = models.CharField(max_length=100)
    status = models.CharField(max_length=20)
    due = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "bench"
        ordering = ["pk"]

    def __str__(self):
        return self.title
