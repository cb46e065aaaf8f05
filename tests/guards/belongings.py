"""Of everything that has an id one at each cooperative, under a word that nothing else bears.

The tests of each package bring what is theirs, in ``belongings.py`` of their folder, which is found
by its name. It says what it has:

``KINDS``
    The rows that addresses and forms name, by kind: model and filter; the first one is taken.
``ADDRESSES``
    Parts of addresses that are ids of another kind than their names say.
``FILES``
    The titles of each kind of file that is taken in, and what stands in the row below them.
``PLAIN``, ``MADE``
    Names that its forms, pages and operations read and that name nobody's row; where such names are
    made while the page is (``test_parameters``).
``furnish(side)``
    Makes what there has to be, within the cooperative's scope; ``furnish_outside(side)``, after it,
    without one. Modules come in the order of ``WEIGHT``, the lightest first.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from kkmp.access.rights import Address
from kkmp.registry import scope
from tests.guards.side import Side

TESTS = Path(__file__).resolve().parent.parent


def _found() -> list[ModuleType]:
    paths = sorted(path for path in TESTS.rglob("belongings.py") if path.parent.name != "guards")
    names = [".".join(path.relative_to(TESTS.parent).with_suffix("").parts) for path in paths]
    return sorted(map(import_module, names), key=lambda module: getattr(module, "WEIGHT", 100))


MODULES = _found()


def _all(name: str) -> dict[Any, Any]:
    """What the modules say under a name; no two say the same."""
    together: dict[Any, Any] = {}
    for module in MODULES:
        theirs = getattr(module, name, {})
        assert not together.keys() & theirs.keys(), f"{module.__name__}: {name} said twice"
        together |= theirs
    return together


def _package(module: ModuleType) -> str:
    """Whose tests they are: ``shops.goods``, ``kkmp.access``."""
    name = module.__name__.removeprefix("tests.").removesuffix(".belongings")
    return name if name.split(".")[0] in {"finance", "members", "shops"} else f"kkmp.{name}"


KINDS: dict[str, tuple[Any, dict[str, Any]]] = _all("KINDS")
FILES: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = _all("FILES")
ADDRESSES: dict[tuple[str, str], str] = _all("ADDRESSES")
MADE: dict[str, str] = _all("MADE")
#: By package.
PLAIN: dict[str, set[str]] = {
    _package(module): set(module.PLAIN.split()) for module in MODULES if hasattr(module, "PLAIN")
}
#: Parts of addresses that are no ids of anybody's.
NO_IDS = {"year", "month", "number", "version", "account_code", "kecamatan_code", "secret"}


def furnish(side: Side) -> None:
    here = side.cooperative
    for module in MODULES:
        if hasattr(module, "furnish"):
            with scope.cooperative(here.pk):
                module.furnish(side)
        if hasattr(module, "furnish_outside"):
            module.furnish_outside(side)
    with scope.cooperative(here.pk):
        for name, (model, which) in KINDS.items():
            found = model.objects.of(here).filter(**which).order_by("id").first()
            assert found is not None, f"{side.word} has no {name}"
            side.ids[name] = found.pk


def kind_of(address: Address, part: str) -> str:
    """The kind of thing that a part of an address is the id of; empty for what is no id."""
    if part in NO_IDS or (part in ("code", "cooperative_code") and address.name != "api-voucher"):
        return ""
    if found := ADDRESSES.get((address.name, part)):
        return found
    if part == "id":
        before, _mark, _rest = address.route.partition("/<uuid:id>")
        part = before.rpartition("/")[2].removeprefix("goods-").removesuffix("s")
    if part in ("batch_id", "job_id", "export_id"):
        return _of_a_list(address, part)
    return part.removesuffix("_id")


def _of_a_list(address: Address, part: str) -> str:
    """Files and exports have addresses of their own for each kind of list, in the API one."""
    code = address.name.rpartition(":")[2].rpartition("_")[0]
    if part == "batch_id" and "voucher" in address.route:
        return "voucher batch"
    is_api = address.route.startswith("api/")
    return f"{'members' if is_api else code} {'file' if part == 'batch_id' else 'export'}"
