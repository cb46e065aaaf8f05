"""Permissions are an enum and roles are code; the database stores who holds which role where."""

from enum import StrEnum
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may do. Pages, API and menus ask for the same names."""

    COOPERATIVE_READ = "cooperative.read"
    COOPERATIVE_WRITE = "cooperative.write"
    MEMBERS_FIND = "members.find"
    MEMBERS_READ = "members.read"
    MEMBERS_WRITE = "members.write"
    MEMBERS_IMPORT = "members.import"
    MEMBERS_EXPORT = "members.export"
    #: Call on people about their savings, and note that one did.
    MEMBERS_CONTACT = "members.contact"
    #: Decide who leaves, and what they get back.
    MEMBERS_DECIDE = "members.decide"
    NIK_REVEAL = "members.nik_reveal"
    SAVINGS_READ = "savings.read"
    SAVINGS_DEPOSIT = "savings.deposit"
    SAVINGS_WITHDRAW = "savings.withdraw"
    #: Set the PIN with which a member pays from savings, against the KTP.
    SAVINGS_PIN = "savings.pin"
    #: Define kinds of savings, and credit the return on them.
    SAVINGS_MANAGE = "savings.manage"
    BOOKS_READ = "books.read"
    BOOKS_WRITE = "books.write"
    PRODUCTS_READ = "products.read"
    PRODUCTS_WRITE = "products.write"
    PRODUCTS_IMPORT = "products.import"
    SALES_READ = "sales.read"
    SALES_SELL = "sales.sell"
    SALES_DISCOUNT = "sales.discount"
    #: Give the wholesale price below the quantity that it begins at.
    SALES_WHOLESALE = "sales.wholesale"
    #: Let a void or a return of another person happen, by PIN.
    SALES_APPROVE = "sales.approve"
    #: Say that money of QRIS and transfers has arrived.
    PAYMENTS_CONFIRM = "payments.confirm"
    #: See QRIS and transfers (cashiers: their own), and what members owe the shop.
    PAYMENTS_READ = "payments.read"
    #: Take what a member owes the shop.
    CREDIT_TAKE = "credit.take"
    #: Say how much a member may owe, and hand out vouchers.
    CREDIT_WRITE = "credit.write"
    SHIFTS_READ = "shifts.read"
    TILL_WRITE = "till.write"
    #: Invite, block and help the cooperative's own people, and say what each of them may do.
    STAFF_WRITE = "staff.write"
    #: See who took which list out of the system.
    EXPORTS_READ = "exports.read"
    CITY_READ = "city.read"
    STAGE_VERIFY = "city.stage_verify"


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    CITY_OFFICER = "city_officer", _("City officer")
    CITY_MENTOR = "city_mentor", _("City mentor")
    CHAIR = "chair", _("Chair")
    TREASURER = "treasurer", _("Treasurer")
    CASHIER = "cashier", _("Cashier")
    MEMBERSHIP_CLERK = "membership_clerk", _("Membership clerk")
    SUPERVISOR = "supervisor", _("Supervisor")


#: Roles that reach over a whole regency.
CITY_ROLES = frozenset({Role.CITY_OFFICER, Role.CITY_MENTOR})
#: Roles within one cooperative.
COOPERATIVE_ROLES = frozenset(
    {Role.CHAIR, Role.TREASURER, Role.CASHIER, Role.MEMBERSHIP_CLERK, Role.SUPERVISOR}
)

_READS = frozenset(
    {
        Permission.COOPERATIVE_READ,
        Permission.MEMBERS_FIND,
        Permission.MEMBERS_READ,
        Permission.MEMBERS_EXPORT,
        Permission.SAVINGS_READ,
        Permission.BOOKS_READ,
        Permission.PRODUCTS_READ,
        Permission.SALES_READ,
        Permission.SHIFTS_READ,
        Permission.PAYMENTS_READ,
    }
)
_CITY = frozenset({Permission.CITY_READ, Permission.STAGE_VERIFY})

PERMISSIONS: MappingProxyType[Role, frozenset[Permission]] = MappingProxyType(
    {
        # Administrators work in the Django admin, not in a cooperative's pages.
        Role.ADMINISTRATOR: frozenset({Permission.CITY_READ}),
        Role.CITY_OFFICER: frozenset({Permission.CITY_READ, Permission.STAGE_VERIFY}),
        Role.CITY_MENTOR: frozenset({Permission.CITY_READ}),
        Role.CHAIR: frozenset(Permission) - _CITY,
        Role.TREASURER: _READS
        | {
            Permission.MEMBERS_CONTACT,
            Permission.SAVINGS_DEPOSIT,
            Permission.SAVINGS_WITHDRAW,
            Permission.SAVINGS_PIN,
            Permission.SAVINGS_MANAGE,
            Permission.BOOKS_WRITE,
            Permission.SALES_APPROVE,
            Permission.PAYMENTS_CONFIRM,
            Permission.CREDIT_TAKE,
            Permission.CREDIT_WRITE,
            Permission.PRODUCTS_WRITE,
            Permission.PRODUCTS_IMPORT,
            Permission.MEMBERS_IMPORT,
        },
        Role.CASHIER: frozenset(
            {
                Permission.COOPERATIVE_READ,
                Permission.MEMBERS_FIND,
                Permission.PRODUCTS_READ,
                Permission.SALES_SELL,
                Permission.PAYMENTS_READ,
                Permission.CREDIT_TAKE,
            }
        ),
        Role.MEMBERSHIP_CLERK: frozenset(
            {
                Permission.COOPERATIVE_READ,
                Permission.MEMBERS_FIND,
                Permission.MEMBERS_READ,
                Permission.MEMBERS_WRITE,
                Permission.MEMBERS_CONTACT,
                Permission.MEMBERS_IMPORT,
                Permission.MEMBERS_EXPORT,
                Permission.NIK_REVEAL,
                Permission.SAVINGS_READ,
                Permission.SAVINGS_PIN,
            }
        ),
        # The law's pengawas: reads everything of its cooperative, writes nothing.
        Role.SUPERVISOR: _READS | {Permission.EXPORTS_READ},
    }
)


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """All that a set of roles may do together."""
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in roles))
