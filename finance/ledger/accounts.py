"""Codes of the accounts that services post to, by what they are for."""

from enum import StrEnum


class Code(StrEnum):
    """Codes of ``finance/ledger/data/chart_of_accounts.csv``."""

    CASH = "1-1101"
    DRAWER = "1-1102"
    BANK = "1-1111"
    QRIS = "1-1112"
    #: Shop debts of members (bon).
    MEMBER_CREDIT = "1-1121"
    #: Of institutions and others who are no members.
    OTHER_RECEIVABLES = "1-1122"
    CASH_DIFFERENCES = "1-1126"
    MERCHANDISE = "1-1131"
    VOLUNTARY_SAVINGS = "2-1103"
    SURPLUS_PAYABLE = "2-1106"
    RETURN_TAX = "2-1113"
    #: What former members have not collected yet.
    FORMER_MEMBERS = "2-1117"
    #: What vouchers are still good for.
    VOUCHERS = "2-1115"
    SPECIAL_SAVINGS = "2-1118"
    PRINCIPAL_SAVINGS = "3-1101"
    MANDATORY_SAVINGS = "3-1102"
    #: Other side of opening balances until cash, stock, savings and debts are all entered.
    OPENING_CLEARING = "3-9101"
    MEMBER_SALES = "4-1101"
    OTHER_SALES = "4-1102"
    MEMBER_COST = "5-1101"
    OTHER_COST = "5-1102"
    SAVINGS_RETURN = "5-1201"
    PAYMENT_FEES = "6-1107"
    ROUNDING = "6-1109"
    OTHER_EXPENSES = "6-9102"
    #: Commission of agencies: banking, payments of bills.
    AGENCY_COMMISSION = "4-1302"
    DELIVERY = "4-1306"
    OTHER_INCOME = "4-9101"


#: Boxes of notes and coins. What is not in them cannot leave them: see ``ledger.NotInCash``. What
#: a bank pays out is the bank's to refuse.
CASH_CODES = (Code.CASH, Code.DRAWER)
