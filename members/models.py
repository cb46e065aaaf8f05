from members.bodies.models import Body, Officer, Position
from members.dues.models import Collection, CollectionEntry, CollectionSource
from members.joining.models import (
    Application,
    ApplicationState,
    Channel,
    Consent,
    Contact,
    Means,
    Purpose,
)
from members.leaving.models import Exit, ExitLine, ExitReason, ExitState, KeptMoney
from members.papers.models import MemberLink
from members.pins.models import MemberPin
from members.register.models import Category, Member, Status, StatusChange
from members.register.persons import Sex
from members.saved_views.models import SavedView, ViewPage
from members.savings.models import (
    PaidBy,
    Paper,
    ReceiptPrint,
    ReturnLine,
    ReturnRun,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)
from members.takeover.models import ImportedBill

__all__ = [
    "Application",
    "ApplicationState",
    "Body",
    "Category",
    "Channel",
    "Collection",
    "CollectionEntry",
    "CollectionSource",
    "Consent",
    "Contact",
    "Exit",
    "ExitLine",
    "ExitReason",
    "ExitState",
    "ImportedBill",
    "KeptMoney",
    "Means",
    "Member",
    "MemberLink",
    "MemberPin",
    "Officer",
    "PaidBy",
    "Paper",
    "Position",
    "Purpose",
    "ReceiptPrint",
    "ReturnLine",
    "ReturnRun",
    "SavedView",
    "SavingsBalance",
    "SavingsEntry",
    "SavingsKind",
    "SavingsRole",
    "Sex",
    "Status",
    "StatusChange",
    "ViewPage",
]
