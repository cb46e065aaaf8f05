"""Tables of the workers. The queue itself is the table of django-tasks' database backend."""

from datetime import timedelta

from django.db import models

from kkmp.lib.ids import new_id

#: A worker that gives no sign of life for so long is taken for dead.
SILENCE = timedelta(seconds=30)


class Worker(models.Model):
    """A process that works. It writes every few seconds that it is alive."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Night(models.Model):
    """A nightly command was put into the queue for a day, by whichever worker came first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    command = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["command", "day"], name="tasks_night_once"),
        ]

    def __str__(self) -> str:
        return f"{self.command} {self.day}"
