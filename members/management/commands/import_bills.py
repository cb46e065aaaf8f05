from kkmp.imports.command import ImportCommand
from members.takeover.bill_kind import BillList


class Command(ImportCommand):
    help = "Import payments that another system has recorded, by member number and month."
    kind = BillList()
