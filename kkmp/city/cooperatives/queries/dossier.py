"""One cooperative as the city sees it: aggregates, growth, and the ladder with its evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kkmp.city.figures.queries import growth, overview, places
from kkmp.city.figures.queries.places import Totals
from kkmp.registry import queries as registry_queries
from kkmp.registry.models import Cooperative, Stage, StageStep


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of the ladder with the step that stands on it, and steps that were withdrawn."""

    stage: Stage
    step: StageStep | None
    withdrawn: list[StageStep]
    is_current: bool

    @property
    def is_waiting(self) -> bool:
        """Recorded, and of no effect until the Dinas has verified it."""
        return self.step is not None and not self.step.counts


def ladder(steps: list[StageStep]) -> list[StageRow]:
    """Every stage from the lowest, whether it was reached or not."""
    current = registry_queries.current_stage(steps)
    return [_row(stage, steps, current) for stage in Stage if stage != Stage.NONE]


def dossier_of(cooperative: Cooperative, on: date) -> dict[str, Any]:
    """The page of one cooperative; within the city's scope."""
    status = places.status_of(cooperative, on)
    points = growth.of_cooperative(
        cooperative, members=status.members or 0, capital_idr=status.capital_idr or 0, on=on
    )
    return {
        "status": status,
        "cooperative": cooperative,
        "overview": overview.overview(Totals([status]), on),
        "growth": status.growth(on),
        "ladder": ladder(places.steps_of(cooperative)),
        "charts": growth.charts(points) if status.reports else None,
        "reported": places.reported_of(cooperative.kelurahan),
        "settings": places.settings_of(cooperative, on),
        "on": on,
    }


def _row(stage: Stage, steps: list[StageStep], current: Stage) -> StageRow:
    own = [step for step in steps if step.stage == stage]
    return StageRow(
        stage=stage,
        step=next((step for step in own if step.withdrawn_on is None), None),
        withdrawn=[step for step in own if step.withdrawn_on is not None],
        is_current=stage == current,
    )
