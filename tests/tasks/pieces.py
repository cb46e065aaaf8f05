"""Pieces of work for tests; the queue finds them by their names."""

from uuid import UUID

from kkmp.registry import scope
from kkmp.tasks.work import for_cooperative, shared
from members.models import Member

#: What was done, in order.
done: list[str] = []
SECRET = "Siti Aminah 3374115501900001"


@for_cooperative()
def note(cooperative_id: UUID, name: str) -> None:
    done.append(name)


@for_cooperative(attempts=2)
def fail(cooperative_id: UUID) -> None:
    done.append("tried")
    raise ValueError(f"Failing row contains ({SECRET})")


@for_cooperative()
def count_members(cooperative_id: UUID) -> None:
    with scope.cooperative(cooperative_id):
        done.append(str(Member.objects.of(cooperative_id).count()))


@for_cooperative()
def look_at_another(cooperative_id: UUID, other_id: str) -> None:
    with scope.cooperative(UUID(other_id)):
        done.append("seen")


@for_cooperative()
def look_at_the_city(cooperative_id: UUID) -> None:
    with scope.city():
        done.append("seen")


@shared()
def count_without_scope(id: str) -> None:
    done.append(str(Member.objects.of(UUID(id)).count()))
