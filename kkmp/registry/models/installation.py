from django.db import models


class Installation(models.Model):
    """One row: what kind of database this is."""

    #: Invented people and figures live here; the footer of every page says so.
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="registry_one_installation")
        ]
