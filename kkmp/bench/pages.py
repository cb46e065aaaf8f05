"""Every page and list of the URL map, opened by whoever may see it: how long, how much, how often.

Pages are asked of the application itself, with everything in the way that a request meets, because
what the database does for each of them is asked too.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.urls.converters import IntConverter

from kkmp.access import rights
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.access.services import roles
from kkmp.bench.report import Figure
from kkmp.lib.existing import present
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel

#: The first one warms up.
_TIMES = 3
#: What takes longer is not asked again.
_ONCE_MS = 1_500
#: What a page may take with all sales; how many of those that read most are told.
_MOST_MS, _READ_MOST = 500.0, 5
#: What a part of an address names, where the name of the model is another one.
_NAMED = {
    "payment": "shops.SalePayment",
    "sale": "shops.Sale",
    "id": "",
    "batch": "shops.VoucherBatch",
    "entry": "members.SavingsEntry",
    "officer": "members.Officer",
}
#: By the address before the id, in the API.
_LISTS = {
    "journals": "finance.Journal",
    "products": "shops.Product",
    "sales": "shops.Sale",
    "shifts": "shops.Shift",
    "members": "members.Member",
    "returns": "shops.SaleReturn",
}
_YEAR = "since={since}&until={until}"
#: Addresses whose parameters make them long: a report of a year, everything that was sold.
_WITH = {
    "shops:reports": [
        f"by={by}&{_YEAR}"
        for by in (
            "day",
            "shift",
            "cashier",
            "product",
            "category",
            "hour",
            "method",
            "member",
            "difference",
        )
    ],
    "shops:sales": [_YEAR, f"{_YEAR}&method=qris", f"{_YEAR}&page=40"],
    "shops:payments": ["show=all", "show=missing"],
    "api-sales-report": [f"by=product&{_YEAR}", f"by=day&{_YEAR}"],
    "finance:journals": [_YEAR, "q=nota"],
    "finance:account": [_YEAR],
}


@dataclass(frozen=True, slots=True)
class Visit:
    """
    :param rows: what the database read of tables and indexes
    """

    name: str
    app: str
    path: str
    milliseconds: float
    size: int
    statements: int
    rows: int


def visit(cooperative_id: UUID, today: date) -> dict[str, Visit]:
    """Every address that answers, by its route and question."""
    cooperative = Cooperative.objects.get(pk=cooperative_id)
    clients = _clients(cooperative)
    found = {}
    for name, path, client in _paths(cooperative, clients, today):
        one = _ask(client, name, path, cooperative)
        if one is not None:
            found[name] = one
    return found


def slowest(many: Mapping[str, Visit]) -> dict[str, Visit]:
    """The slowest page of each app."""
    found: dict[str, Visit] = {}
    for one in many.values():
        if one.app not in found or one.milliseconds > found[one.app].milliseconds:
            found[one.app] = one
    return found


def figures(few: Mapping[str, Visit], many: Mapping[str, Visit]) -> Iterator[Figure]:
    """The slowest page of each app, and those that read most, beside what they took with few."""
    for one in sorted(slowest(many).values(), key=lambda visit: visit.app):
        yield _figure(f"Slowest of {one.app}", one, few)
    for one in sorted(many.values(), key=lambda visit: -visit.rows)[:_READ_MOST]:
        yield _figure("Reads most", one, few)


def _figure(what: str, one: Visit, few: Mapping[str, Visit]) -> Figure:
    before = few.get(one.name)
    size = f"{one.size // 1024} kB, {one.statements} statements, {one.rows} rows"
    return Figure(
        f"{what}: {one.name}, {size}",
        "ms",
        one.milliseconds,
        target=_MOST_MS,
        baseline=before.milliseconds if before else None,
    )


def _clients(cooperative: Cooperative) -> dict[str, Client]:
    """A chair and a cashier of the cooperative, an officer of the city, and an administrator."""
    administrator = User.objects.filter(username="bench.administrator").first()
    if administrator is None:
        administrator = User.objects.create_superuser("bench.administrator", password=None)
        roles.grant(user=administrator, role=Role.ADMINISTRATOR, by=None)
        officer = User.objects.create_user("bench.officer", password=None)
        regency = cooperative.kelurahan.kecamatan.regency
        roles.grant(user=officer, role=Role.CITY_OFFICER, regency=regency, by=administrator)
    holders = {
        "chair": _holder(cooperative, Role.CHAIR),
        "cashier": _holder(cooperative, Role.CASHIER),
        "officer": User.objects.get(username="bench.officer"),
        "administrator": administrator,
    }
    found = {}
    for name, user in holders.items():
        found[name] = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        found[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def _holder(cooperative: Cooperative, role: Role) -> User:
    holdings = apps.get_model("access.RoleHolding").objects
    held = holdings.filter(cooperative=cooperative, role=role).order_by("id").first()
    user: User = present(held, "each role is given in the bench").user
    return user


def _paths(
    cooperative: Cooperative, clients: Mapping[str, Client], today: date
) -> Iterator[tuple[str, str, Client]]:
    """Name, address and who asks."""
    words = {"since": date(today.year - 1, today.month, 1), "until": today}
    for address in rights.addresses():
        if "GET" not in [method for methods, _who in address.asked() for method in methods]:
            continue
        path = _path(address, cooperative)
        if path is None:
            continue
        name = address.name or address.route
        for who in ("officer",) if address.area.endswith("city") else ("chair", "cashier"):
            yield f"{name} ({who})", path, clients[who]
        for query in _WITH.get(address.name, []):
            asked = query.format(**words)
            yield (
                f"{name}?{query.format(since='…', until='…')} (chair)",
                f"{path}?{asked}",
                clients["chair"],
            )
    for model in admin.site._registry:
        options = model._meta
        try:
            path = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        except NoReverseMatch:
            continue
        yield f"admin: {options.label}", path, clients["administrator"]


def _path(address: Address, cooperative: Cooperative) -> str | None:
    """None where there is nothing that it could name."""
    route = "/" + address.route
    for name, converter in address.converters:
        given = _given(address, name, converter, cooperative)
        if given is None:
            return None
        for kind in ("slug", "uuid", "int", "str", "path", "date", "month"):
            route = route.replace(f"<{kind}:{name}>", str(given))
        route = route.replace(f"<{name}>", str(given))
    return route


def _given(
    address: Address, name: str, converter: object, cooperative: Cooperative
) -> str | UUID | None:
    if name in ("code", "cooperative_code"):
        return cooperative.code if "voucher" not in address.route else None
    if name == "account_code":
        return "1-1102"
    if name == "kecamatan_code":
        return cooperative.kelurahan.kecamatan_id
    if isinstance(converter, IntConverter):
        return None
    word = name.removesuffix("_id")
    if word == "id":
        before = address.route.partition("/<uuid:id>")[0].rpartition("/")[2]
        label = _LISTS.get(before, "")
    else:
        label = _NAMED.get(word, "") or _label(word)
    if not label or "impor" in address.route or "ekspor" in address.route:
        return None
    with scope.cooperative(cooperative.pk):
        rows = apps.get_model(label).objects.of(cooperative)
        latest: UUID | None = rows.order_by("-id").values_list("id", flat=True).first()
    return latest


def _label(word: str) -> str:
    wanted = word.replace("_", "")
    for model in apps.get_models():
        if issubclass(model, TenantModel) and model._meta.model_name == wanted:
            return model._meta.label
    return ""


def _ask(client: Client, name: str, path: str, cooperative: Cooperative) -> Visit | None:
    taken, statements, rows, answer = [], 0, 0, None
    headers = {"X-Cooperative": cooperative.code} if path.startswith("/api/") else {}
    for _ in range(_TIMES):
        counted = _Counted()
        before = _rows_read()
        with connection.execute_wrapper(counted):
            start = time.perf_counter()
            answer = client.get(path, headers=headers)
            taken.append((time.perf_counter() - start) * 1000)
        statements, rows = counted.count, _rows_read() - before
        if answer.status_code != 200:
            return None
        if taken[-1] > _ONCE_MS:
            break
    last = present(answer, "it is asked at least once")
    size = len(b"".join(last) if last.streaming else last.content)
    return Visit(name, _app(name, path), path, min(taken), size, statements, rows)


class _Counted:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., object], *given: object) -> object:
        self.count += 1
        return execute(*given)


def _rows_read() -> int:
    """What this database has read of tables and indexes so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT tup_returned + tup_fetched FROM pg_stat_database"
            " WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def _app(name: str, path: str) -> str:
    if path.startswith("/api/"):
        return "the API"
    if path.startswith("/admin/"):
        return "the administration"
    return name.partition(":")[0] if ":" in name else "the others"
