from kkmp.imports.command import ImportCommand
from members.takeover.kind import MemberList


class Command(ImportCommand):
    help = "Import a list of members with their opening savings from a spreadsheet."
    kind = MemberList()
