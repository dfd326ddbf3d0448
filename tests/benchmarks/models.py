"""The row that the bare view inserts."""

from django.db import models


class BareRow(models.Model):
    user = models.ForeignKey("training.User", models.CASCADE)
    value = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return str(self.pk)
