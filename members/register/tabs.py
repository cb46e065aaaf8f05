"""The groups of tabs above the pages about members, which several packages share."""

from django.utils.translation import gettext_lazy as _

from kkmp.access.tabs import Group

NEW_MEMBERS = Group(_("New members"), "user-plus")
SAVINGS = Group(_("Savings"), "pig-money")
TO_PRINT = Group(_("To print"), "printer")
