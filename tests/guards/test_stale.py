"""Every form that changes a row says what it showed, so that an old page undoes nothing.

A page of a cooperative that is opened and sent back either makes something new or acts once, or
it edits what is on record: then it holds what it showed against the row of now.
"""

import inspect

from django.contrib import admin
from django.db.models import Model

from kkmp.access.administration.by_service import ServiceForm
from kkmp.access.rights import Address
from kkmp.lib.administration import Page
from kkmp.lib.edit_conflicts import Seen
from tests.guards.addresses import all_of_them

#: Nothing on record is changed by what is typed: a row or an entry of the books is added.
MAKES = """
cooperative:decide cooperative:record_step finance:opening joining:form members:collect
members:correct members:credit_return members:define_kind members:deposit
members:exit_ask members:officer_add members:officer_renew members:register members:view_add
members:withdraw shops:credit_pay shops:credit_payout shops:opening_correct shops:pack_add
shops:price_add shops:product_add shops:rule_add shops:shift_move shops:shift_open
shops:unit_open shops:voucher_issue shops:voucher_receive staff:invite
"""
#: Decides or undoes once; a second time finds it done, and the amount that was seen is sent.
ONCE = """
city:withdraw finance:reverse_journal imports:bills_undo imports:members_undo
imports:products_undo members:application members:exit_decide members:exit_pay
members:exit_unpay members:kept_pay members:kept_unpay members:officer_end shops:credit_undo
shops:movement_undo shops:payment_missing shops:sale_return shops:settle shops:settlement_undo
shops:shift_close shops:shift_close_other shops:shift_recount shops:voucher_end
shops:voucher_take_back shops:voucher_undo
"""
#: Changes a row, and needs nothing held against it.
OTHERWISE = {
    "members:pin": "says how many PINs had been set when it was opened, and is refused by it",
    "members:find_by_nik": "changes nothing: somebody is looked for",
    "shops:product_photo_change": "shows nothing to be sent back: another photo, or none",
    **{
        f"imports:{kind}_{page}": why
        for kind in ("bills", "members", "products")
        for page, why in {
            "upload": "a new file",
            "columns": "the whole choice at once, and nothing is imported before it is seen again",
            "fix": "cells of a file, and nothing is imported before it is seen again",
        }.items()
    },
}


def _asked_and_sent() -> dict[str, Address]:
    """The pages of cooperatives and of the city that are opened and sent back."""
    return {
        each.name: each
        for each in all_of_them()
        if each.route.startswith(("k/", "kota/", "gabung/"))
        and any({"GET", "POST"} <= set(methods) for methods, _ in each.asked())
    }


def _compares(page: Address) -> bool:
    return ".is_stale(" in inspect.getsource(inspect.unwrap(page.view))


def test_every_page_that_edits_a_row_holds_what_it_showed_against_it():
    excused = {*MAKES.split(), *ONCE.split(), *OTHERWISE}
    pages = _asked_and_sent()
    assert {name for name, page in pages.items() if not _compares(page)} - excused == set()


def test_no_page_is_excused_that_does_not_need_it():
    pages = _asked_and_sent()
    excused = [*MAKES.split(), *ONCE.split(), *OTHERWISE]
    assert len(excused) == len(set(excused))
    assert {name for name in excused if name not in pages or _compares(pages[name])} == set()


def test_the_pages_that_edit_are_these():
    compared = {name for name, page in _asked_and_sent().items() if _compares(page)}
    assert compared == {
        "cooperative:edit",
        "members:change_kind",
        "members:edit",
        "members:exit_heir",
        "members:officer_edit",
        "members:view_edit",
        "shops:category_change",
        "shops:credit_terms",
        "shops:pack_change",
        "shops:product_edit",
        "shops:till_settings",
        "shops:unit_edit",
    }


def test_every_form_of_the_administration_that_changes_a_row_says_what_it_showed():
    forms = {
        page.form
        for page in admin.site._registry.values()
        if isinstance(page, Page) and issubclass(page.form, ServiceForm)
    }
    assert len(forms) > 3
    assert all(issubclass(form, Seen) for form in forms)


def test_no_model_is_changed_in_the_administration_past_its_service(rf, agus):
    request = rf.get("/admin/")
    request.user = agus
    past: set[type[Model]] = {
        model
        for model, page in admin.site._registry.items()
        if not issubclass(page.form, ServiceForm) and page.has_change_permission(request)
    }
    assert past == set()
