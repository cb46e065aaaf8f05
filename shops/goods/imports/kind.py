"""The list of goods as the import knows it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.imports.kinds import ImportKind
from kkmp.imports.rows import Posted, Problem, SourceRow, Verdict
from kkmp.lib.barcodes import normal_code
from kkmp.lib.errors import Conflict
from kkmp.registry.models import Cooperative
from shops.goods.imports import rows as goods
from shops.goods.imports.columns import COLUMNS
from shops.goods.imports.rows import Reading
from shops.goods.models import Product
from shops.goods.services import products

#: Name of the unit of business that is opened where there is none yet and the list names none.
FIRST_UNIT = "Gerai sembako"


class TakenMeanwhile(Conflict):
    """A product of the list was added at this very moment."""


class ProductList(ImportKind):
    code = "products"
    slug = "barang"
    permission = Permission.PRODUCTS_IMPORT
    columns = COLUMNS
    totals = (("stock_value", gettext_lazy("Value of the opening stock")),)
    title = gettext_lazy("Products")
    icon = "package"
    lead = gettext_lazy(
        "New goods from the spreadsheet that you keep, with prices and the stock they begin with. "
        "Goods that are in the list already stay as they are, their stock too."
    )
    done_url_name = "shops:products"
    done_label = gettext_lazy("See the products")
    undo_refusal = gettext_lazy(
        "A list of goods cannot be undone as a whole, because goods may have been sold at once. "
        "Correct each product, or take it out of sale, on its own page."
    )

    @override
    def check(
        self,
        rows: Sequence[SourceRow],
        *,
        cooperative: Cooperative,
        on: date,
        by: User | None = None,
    ) -> list[Verdict]:
        unit = _usual_unit(cooperative)
        known = _Known(cooperative)
        first: dict[tuple[str, str], Reading] = {}
        verdicts = []
        for row in rows:
            reading = goods.read(row, unit=unit, on=on)
            _refuse_twice(reading, first)
            verdicts.append(_verdict(reading, known.as_text(reading)))
        return verdicts

    @override
    def post(
        self,
        verdicts: Sequence[Verdict],
        *,
        cooperative: Cooperative,
        changes: Sequence[Verdict] = (),
        key: UUID,
        on: date,
        by: User | None,
        title: str = "",
    ) -> Posted:
        added = products.add_many(
            cooperative=cooperative,
            rows=[verdict.value for verdict in verdicts],
            key=key,
            on=on,
            by=by,
        )
        if added.skipped:
            raise TakenMeanwhile(
                _("%(name)s was added at this moment. Look at the rows again.")
                % {"name": added.skipped[0].name}
            )
        return Posted(len(added.products), 1 if added.journal else 0)


class _Known:
    """The products of the shop, by name and by code."""

    def __init__(self, cooperative: Cooperative) -> None:
        held = Product.objects.of(cooperative).values_list("name", "code")
        self.by_name = {name.casefold(): name for name, _code in held}
        self.by_code = {normal_code(code): name for name, code in held if code}

    def as_text(self, reading: Reading) -> str:
        product = reading.value
        name = self.by_name.get(product.name.casefold()) or self.by_code.get(
            normal_code(product.code)
        )
        return _("In the list already: %(name)s.") % {"name": name} if name else ""


def _usual_unit(cooperative: Cooperative) -> str:
    """The oldest unit of business in use, for goods of which the list does not tell."""
    units = BusinessUnit.objects.of(cooperative).filter(is_active=True).order_by("id")
    return units.values_list("name", flat=True).first() or FIRST_UNIT


def _refuse_twice(reading: Reading, first: dict[tuple[str, str], Reading]) -> None:
    product = reading.value
    for column, value in (("name", product.name.casefold()), ("code", normal_code(product.code))):
        if not value:
            continue
        before = first.setdefault((column, value), reading)
        if before is not reading:
            message = _("This stands in row %(row)s already. Correct it or leave a row out.") % {
                "row": before.place
            }
            reading.problems.append(Problem(f"{column}_duplicate", message, column))


def _verdict(reading: Reading, known_as: str) -> Verdict:
    return Verdict(
        number=reading.number,
        title=reading.value.name,
        detail=reading.detail,
        problems=tuple(reading.problems),
        warnings=tuple(reading.warnings),
        known_as=known_as,
        value=reading.value,
        amounts={"stock_value": reading.stock_value_idr},
    )
