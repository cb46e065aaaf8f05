"""What a domain error carries."""

import pytest
from django.utils.translation import gettext_lazy, override

from kkmp.lib.errors import Conflict, DomainError


class DepositRefused(DomainError):
    pass


class NIKTaken(Conflict):
    pass


class Special(DepositRefused):
    code = "quite_special"


class MoreSpecial(Special):
    pass


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DomainError, "domain_error"),
        (DepositRefused, "deposit_refused"),
        (NIKTaken, "nik_taken"),
        (Special, "quite_special"),
        (MoreSpecial, "more_special"),
    ],
)
def test_the_code_comes_from_the_name(error, code):
    assert error.code == error("no").code == code


def test_it_reads_as_its_message():
    assert str(DepositRefused("The member has left.")) == "The member has left."


def test_a_lazy_message_is_read_in_the_language_shown():
    error = DomainError(gettext_lazy("August"))
    with override("id"):
        assert str(error) == "Agustus"
    with override("en"):
        assert str(error) == "August"


def test_nothing_named_is_no_field():
    error = DomainError("no")
    assert (error.field, error.fields) == (None, {})


def test_a_field_brings_the_message_to_the_fields():
    assert DomainError("no", field="amount_idr").fields == {"amount_idr": ["no"]}


def test_several_fields_keep_their_own_messages():
    error = DomainError("no", field="name", fields={"name": ["Missing."], "nik": ("Short.",)})
    assert error.fields == {"name": ["Missing."], "nik": ["Short."]}


@pytest.mark.parametrize(("error", "status"), [(DepositRefused, 422), (NIKTaken, 409)])
def test_the_status_is_the_kinds(error, status):
    assert error.status == status
