from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from finance.models import BusinessUnit
from kkmp.access.models import User
from kkmp.city.cooperatives.services import ladder
from kkmp.lib.identity import parse_nik
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Stage
from kkmp.registry.services import figures
from members.models import Member, SavingsKind
from members.register.services import membership
from members.savings.services import savings
from shops.goods.services import products
from shops.goods.services.particulars import Particulars
from shops.models import PriceTier, Product
from shops.stock.services import stock
from shops.till.services import sales
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import shop  # noqa: F401

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def today(monkeypatch) -> date:
    """Pages open on the Monday of the stories."""
    for module in (
        "cooperatives.admin.forms",
        "cooperatives.admin.pages",
        "cooperatives.forms",
        "cooperatives.views.city",
        "cooperatives.views.ladder",
        "cooperatives.views.own",
        "progress.api",
        "progress.views",
        "public.api",
        "public.views",
    ):
        monkeypatch.setattr(f"kkmp.city.{module}.business_today", lambda: MONDAY)
    return MONDAY


@pytest.fixture
def moved() -> Callable[..., None]:
    """Move a cooperative's counters, as its members and its shop would."""

    def move(cooperative: Cooperative, on: date = MONDAY, unit: str = "", **changes: int) -> None:
        with scope.cooperative(cooperative.pk):
            figures.add(cooperative=cooperative, on=on, unit=unit, **changes)

    return move


@pytest.fixture
def climbed(budi, dewi) -> Callable[..., None]:
    """Bring a cooperative to a stage; from operating up the Dinas verifies."""

    def climb(cooperative: Cooperative, *stages: Stage, verified: bool = True) -> None:
        with scope.cooperative(cooperative.pk):
            for stage in stages:
                step = ladder.record(
                    today=MONDAY,
                    cooperative=cooperative,
                    stage=stage,
                    on=MONDAY - timedelta(days=90),
                    by=budi,
                    document_number=f"DOK/{stage}",
                )
                if verified and stage.needs_verification:
                    ladder.verify(step=step, on=MONDAY, by=dewi)

    return climb


@pytest.fixture
def operating(climbed) -> Callable[..., None]:
    """A legal entity that operates, verified by the Dinas."""

    def make(cooperative: Cooperative, *, verified: bool = True) -> None:
        climbed(cooperative, Stage.LEGAL_ENTITY, Stage.OPERATING, verified=verified)

    return make


@pytest.fixture
def deed() -> Callable[..., SimpleUploadedFile]:
    def make(content: bytes = PDF, name: str = "Akta Ibu Sari.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    return make


@pytest.fixture
def trading(melati, budi, sari) -> Cooperative:
    """Melati with one paid-up member, Ani, who saves, and two sales: one to her, one not."""
    with scope.cooperative(melati.pk):
        ani = _enrolled(melati, budi)
        unit = units.open_unit(cooperative=melati, name="Gerai sembako", code="gerai", by=budi)
        sugar = _stocked(unit, budi)
        for member, quantity in ((ani, "2"), (None, "3")):
            tier = PriceTier.MEMBER if member else PriceTier.GENERAL
            sales.sell(
                cooperative=melati,
                request=sales.SaleRequest(
                    unit_code=unit.code,
                    lines=[sales.SoldLine(sugar.id, Decimal(quantity), tier)],
                    payments=[sales.Tender(sales.Method.CASH, 100_000)],
                    key=new_id(),
                    member_id=member.id if member else None,
                ),
                at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
                by=sari,
                needs_shift=False,
            )
    return melati


def _enrolled(cooperative: Cooperative, by: User) -> Member:
    member = membership.register(
        cooperative=cooperative,
        particulars=membership.Particulars(
            name="Ani Lestari (rekaan)", nik=parse_nik("3374115203900012")
        ),
        on=MONDAY,
        by=by,
    )
    for code, amount_idr in (("pokok", 100_000), ("wajib", 10_000), ("sukarela", 25_000)):
        kind = SavingsKind.objects.of(cooperative).get(code=code)
        savings.deposit(
            member=member, kind=kind, amount_idr=amount_idr, key=new_id(), on=MONDAY, by=by
        )
    member.refresh_from_db()
    return member


def _stocked(unit: BusinessUnit, by: User) -> Product:
    product = products.add(
        on=MONDAY,
        cooperative=unit.cooperative,
        particulars=Particulars(
            unit=unit,
            category="Sembako",
            name="Gula Pasir 1 kg",
            measure="bks",
            general_price_idr=17_500,
            member_price_idr=17_300,
            wholesale_price_idr=None,
        ),
        by=by,
    )
    stock.take_opening(
        cooperative=unit.cooperative,
        lines=[stock.OpeningLine(product, Decimal("48"), 16_200)],
        key=new_id(),
        on=MONDAY,
        by=by,
    )
    return product
