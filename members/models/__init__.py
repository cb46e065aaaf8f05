from .bills import ImportedBill
from .collections import Collection, CollectionEntry, CollectionSource
from .exits import Exit, ExitLine, ExitReason, ExitState
from .joining import (
    Application,
    ApplicationState,
    Channel,
    Consent,
    Contact,
    Means,
    Purpose,
)
from .links import MemberLink
from .members import Category, Member, Status, StatusChange
from .officers import Body, Officer, Position
from .persons import Sex
from .returns import ReturnLine, ReturnRun
from .saved import SavedView, ViewPage
from .savings import (
    Paper,
    ReceiptPrint,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)

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
    "Means",
    "Member",
    "MemberLink",
    "Officer",
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
