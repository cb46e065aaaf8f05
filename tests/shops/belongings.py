"""A shop with goods and a member, and a Monday on which everything was sold, paid and undone."""

from django.core.files.uploadedfile import SimpleUploadedFile

from kkmp.access.permissions import Role
from shops.goods.services import products
from shops.units.services import units
from tests.access.administration.trading import trade
from tests.conftest import MONDAY
from tests.guards.side import Side
from tests.members.register.belongings import enrol
from tests.photos import photo
from tests.shops.conftest import Shop, particulars, stocked

WEIGHT = 10
JPEG = photo()


def furnish(side: Side) -> None:
    here, by, word = side.cooperative, side.staff[Role.CHAIR], side.word
    code = f"toko-{word.lower()}"
    unit = units.open_unit(cooperative=here, name=f"Toko {word}", code=code, by=by)
    shelf = {"category": f"Rak {word}"}
    eggs = {"measure": "kg", "is_weighed": True, "general_price_idr": 29_000}
    goods = [
        products.add(
            on=MONDAY, cooperative=here, particulars=particulars(unit, **shelf, **own), by=by
        )
        for own in ({"name": f"Gula {word}"}, {"name": f"Telur {word}", **eggs})
    ]
    gula, telur = (stocked(product, "48", 16_200, by) for product in goods)
    products.show(product=gula, photo=SimpleUploadedFile(f"{word}.jpg", JPEG), by=by)
    side.shop = Shop(here, unit, gula, telur, enrol(side, "Ani", 1))
    side.ids["unit"], side.ids["unit code"] = unit.pk, unit.code


def furnish_outside(side: Side) -> None:
    staff = side.staff
    trade(
        side.shop,
        cashier=staff[Role.CASHIER],
        chair=staff[Role.CHAIR],
        treasurer=staff[Role.TREASURER],
    )
