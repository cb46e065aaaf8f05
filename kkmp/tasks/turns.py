"""How many pieces of one kind of work are done at once, over all workers, and for whom."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kkmp.tasks.models import SILENCE, Worker
from kkmp.tasks.work import Postponed, Work


def wait(work: Work, *, most: int, **given: str) -> None:
    """Let a piece of work that has just been begun be begun later, if there are enough before it.

    Those count that living workers began earlier, so that of two at once one goes on.

    :param most: so many are done at once, and one for each cooperative
    :param given: what this piece was asked for with
    :raises Postponed: it is not its turn
    """
    living = Worker.objects.filter(beat_at__gt=timezone.now() - SILENCE)
    workers = {str(own_id) for own_id in living.values_list("id", flat=True)}
    begun = DBTaskResult.objects.running().filter(task_path=work.module_path)
    served: list[str] = []
    for row in begun.order_by("started_at", "id"):
        told = row.args_kwargs["kwargs"]
        if told == given:
            break
        if workers.intersection(row.worker_ids[-1:]):
            served.append(told["cooperative_id"])
    if len(served) >= most or given["cooperative_id"] in served:
        raise Postponed(work.name)
