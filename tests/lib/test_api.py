"""The API's one error shape, and its pages."""

import ast
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import rest_framework
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from kkmp.access.models import User
from kkmp.lib import api, periods
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.parsers import JSONParser


class DepositRefused(DomainError):
    pass


class KeyReused(Conflict):
    pass


class LineIn(serializers.Serializer):
    amount_idr = serializers.IntegerField(min_value=1)


class SaleIn(serializers.Serializer):
    memo = serializers.CharField()
    lines = LineIn(many=True)

    def validate(self, data):
        raise serializers.ValidationError("The lines do not add up.")


def answer(raised, method="post", **kwargs):
    """What the API answers when a view raises this."""

    class View(APIView):
        authentication_classes = ()
        permission_classes = ()

        def post(self, request):
            raise raised

    response = View.as_view()(getattr(APIRequestFactory(), method)("/", **kwargs))
    response.render()
    return response


def test_a_domain_error_is_told_in_one_shape():
    response = answer(DepositRefused("The member has left.", field="member"))
    assert response.status_code == 422
    assert response.data == {
        "code": "deposit_refused",
        "message": "The member has left.",
        "fields": {"member": ["The member has left."]},
    }


def test_a_conflict_is_409():
    response = answer(KeyReused("The key was used for another act."))
    assert (response.status_code, response.data["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("raised", "status", "code", "message"),
    [
        (Http404("No Member matches the given query."), 404, "not_found", "There is nothing here."),
        (PermissionDenied(), 403, "permission_denied", "Your role does not allow this."),
        (exceptions.NotAuthenticated, 403, "not_authenticated", "Sign in first."),
        (
            exceptions.AuthenticationFailed("This token is revoked."),
            403,
            "authentication_failed",
            "This token is revoked.",
        ),
        (exceptions.ParseError, 400, "parse_error", "The request could not be read."),
        (
            exceptions.Throttled(wait=9),
            429,
            "throttled",
            "Too many requests; wait a moment and try again.",
        ),
        (exceptions.NotFound("No such page."), 404, "not_found", "No such page."),
    ],
)
def test_every_refusal_has_the_shape(raised, status, code, message):
    response = answer(raised)
    assert response.status_code == status
    assert response.data == {"code": code, "message": message, "fields": {}}


def test_a_wrong_method_has_the_shape():
    response = answer(Http404(), method="delete")
    assert (response.status_code, response.data["code"]) == (405, "method_not_allowed")
    assert "POST" in response["Allow"]


def test_a_throttled_client_learns_how_long():
    assert answer(exceptions.Throttled(wait=9))["Retry-After"] == "9"


def test_one_who_is_not_signed_in_learns_how():
    refusal = exceptions.NotAuthenticated()
    refusal.auth_header = "Bearer"
    response = api.exception_handler(refusal, {})
    assert response["WWW-Authenticate"] == "Bearer"


def test_messages_are_in_the_language_shown():
    with translation.override("id"):
        indonesian = answer(DomainError(periods.format_date(date(2026, 8, 1))))
    assert indonesian.data["message"] == "1 Agustus 2026"


def test_nested_inputs_are_named_by_their_path():
    sale = SaleIn(data={"lines": [{"amount_idr": 5}, {"amount_idr": 0}]})
    assert not sale.is_valid()
    response = answer(exceptions.ValidationError(sale.errors))
    assert response.status_code == 400
    assert response.data["code"] == "invalid"
    assert set(response.data["fields"]) == {"memo", "lines.1.amount_idr"}
    assert response.data["message"] == "Some of it is not right yet."


def test_what_is_about_the_whole_is_the_message():
    sale = SaleIn(data={"memo": "x", "lines": [{"amount_idr": 5}]})
    assert not sale.is_valid()
    response = answer(exceptions.ValidationError(sale.errors))
    assert (response.data["message"], response.data["fields"]) == ("The lines do not add up.", {})


def test_a_bare_message_is_the_message():
    assert answer(exceptions.ValidationError("No.")).data["message"] == "No."


@pytest.mark.parametrize(
    ("raised", "message", "fields"),
    [
        (DjangoValidationError("No."), "No.", {}),
        (DjangoValidationError(["No.", "Never."]), "No. Never.", {}),
        (
            DjangoValidationError({"name": ["Missing."]}),
            "Some of it is not right yet.",
            {"name": ["Missing."]},
        ),
        (
            DjangoValidationError({"__all__": ["No."], "name": ["Missing."]}),
            "No.",
            {"name": ["Missing."]},
        ),
    ],
)
def test_a_models_refusal_has_the_shape(raised, message, fields):
    response = answer(raised)
    assert response.status_code == 400
    assert response.data == {"code": "invalid", "message": message, "fields": fields}


def test_what_is_broken_is_raised_again():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())


def test_the_answer_fits_its_description():
    body = answer(DepositRefused("No.", fields={"name": ["Missing."]})).data
    described = api.Error(data=body)
    assert described.is_valid(), described.errors
    assert described.validated_data == body


@pytest.mark.parametrize(
    ("wanted", "ordering"),
    [
        (None, ("-id",)),
        ("-date", ("-date", "-id")),
        ("name", ("name", "id")),
        (("kecamatan", "name"), ("kecamatan", "name", "id")),
        (("-date", "-pk"), ("-date", "-pk")),
    ],
)
def test_the_order_of_pages_is_unique(wanted, ordering):
    view = APIView()
    if wanted:
        view.cursor_ordering = wanted
    assert api.CursorPagination().get_ordering(None, None, view) == ordering


@pytest.mark.parametrize(("asked", "size"), [("", 50), ("7", 7), ("200", 200), ("9999", 200)])
def test_a_page_has_at_most_200_rows(asked, size):
    request = Request(APIRequestFactory().get("/", {"page_size": asked}))
    assert api.CursorPagination().get_page_size(request) == size


@pytest.mark.parametrize("asked", ["0", "-1", "1e3", "abc", "1.0", " ", "\u0667"])
def test_a_page_of_no_number_of_rows_is_refused_by_its_name(asked):
    request = Request(APIRequestFactory().get("/", {"page_size": asked}))
    with pytest.raises(exceptions.ValidationError) as refused:
        api.CursorPagination().get_page_size(request)
    assert list(refused.value.detail) == ["page_size"]


@pytest.mark.parametrize("cursor", ["nonsense", "cD1hYmM=", "cD0tMQ==", "\u0667"])
@pytest.mark.django_db
def test_a_cursor_that_no_answer_gave_is_refused_by_its_name(cursor):
    request = Request(APIRequestFactory().get("/", {"cursor": cursor}))
    with pytest.raises(exceptions.ValidationError) as refused:
        api.CursorPagination().paginate_queryset(User.objects.all(), request, APIView())
    assert list(refused.value.detail) == ["cursor"]


FRAMEWORK = Path(rest_framework.__file__).parent


def said_by_the_framework() -> set[str]:
    """The messages of refusals in its sources."""
    names = {"fields", "relations", "serializers", "validators"}
    trees = [ast.parse((FRAMEWORK / f"{name}.py").read_text()) for name in sorted(names)]
    return {
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }


#: Of fields that no operation here has: links, paths of files, unique days.
UNUSED = re.compile("hyperlink|Incorrect type. Expected URL|path choice|unique for the|More than")


def test_programs_are_answered_in_indonesian_whatever_the_framework_says():
    said = {text for text in said_by_the_framework() if not UNUSED.search(text)}
    assert len(said) > 40
    with translation.override("id"):
        assert [text for text in sorted(said) if gettext(text) == text] == []


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        (serializers.DecimalField(max_digits=5, decimal_places=2), "x", "Isi dengan angka."),
        (LineIn(), [], "Kirim sebuah objek, bukan list."),
        (serializers.UUIDField(), "x", "Isi dengan UUID yang benar."),
        (serializers.BooleanField(), "x", "Isi dengan true atau false."),
    ],
)
def test_a_refusal_is_read_in_indonesian(field, sent, said):
    with translation.override("id"), pytest.raises(exceptions.ValidationError) as refused:
        field.run_validation(sent)
    assert said in str(refused.value)


def test_what_is_no_json_is_told_in_indonesian_with_its_place():
    with translation.override("id"), pytest.raises(exceptions.ParseError) as refused:
        JSONParser().parse(BytesIO(b'{"a": 1,}'), "application/json", {"encoding": "utf-8"})
    assert "bukan JSON mulai baris 1, karakter" in str(refused.value)


@pytest.mark.parametrize(
    "field", [api.WholeNumber(), api.Decimals(max_digits=5, decimal_places=2), api.Day()]
)
def test_numbers_and_days_are_sent_in_the_digits_of_forms(field):
    sent = "2026-11-\u0662\u0663" if isinstance(field, api.Day) else "\u0661\u0662"
    with pytest.raises(exceptions.ValidationError):
        field.run_validation(sent)
    assert field.run_validation("2026-11-23" if isinstance(field, api.Day) else "12")
