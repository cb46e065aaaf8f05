"""How often something secret was guessed at: rows that nobody can push out by guessing more."""

from datetime import datetime

from django.db import models

from kkmp.lib.ids import new_id


class Tries(models.Model):
    """Wrong tries of one secret by one way, as :mod:`kkmp.access.services.tries` counts them.

    :param kind: what was typed, as its limit is called
    :param key: keyed hash of whose it is, or where it was typed
    :param ends_at: when the row means nothing any more; None: until a right try
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    key = models.BinaryField(max_length=32)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="access_tries_once"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="access_tries_over")]

    def __str__(self) -> str:
        return self.kind

    def means_something_at(self, moment: datetime) -> bool:
        return self.failures > 0 and (self.ends_at is None or moment < self.ends_at)
