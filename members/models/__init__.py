from .members import Member, Sex, Status, StatusChange
from .savings import (
    Paper,
    ReceiptPrint,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)

__all__ = [
    "Member",
    "Paper",
    "ReceiptPrint",
    "SavingsBalance",
    "SavingsEntry",
    "SavingsKind",
    "SavingsRole",
    "Sex",
    "Status",
    "StatusChange",
]
