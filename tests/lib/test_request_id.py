"""The id of a request."""

import logging
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kkmp.lib.request_id import (
    RefusalFilter,
    RequestIdFilter,
    RequestIdMiddleware,
    current_request_id,
)

request = RequestFactory().get("/", headers={"X-Request-Id": "forged"})


def _record() -> logging.LogRecord:
    record = logging.LogRecord("kkmp", logging.INFO, "", 0, "message", None, None)
    assert RequestIdFilter().filter(record)
    return record


def test_request_answer_and_log_carry_the_same_id():
    seen = []

    def view(request):
        seen.extend([request.id, current_request_id(), _record().request_id])
        return HttpResponse()

    response = RequestIdMiddleware(view)(request)
    assert set(seen) == {response["X-Request-Id"]}
    assert len(response["X-Request-Id"]) == 10


def test_every_request_has_another():
    serve = RequestIdMiddleware(lambda request: HttpResponse())
    assert serve(request)["X-Request-Id"] != serve(request)["X-Request-Id"] != "forged"


def test_outside_a_request_the_log_has_a_dash():
    assert _record().request_id == "-"


def test_a_crash_leaves_no_id_behind():
    def crash(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RequestIdMiddleware(crash)(request)
    assert current_request_id() == "-"


def test_a_refusal_leaves_no_stack_in_the_log(db, client_of, sari, melati, caplog):
    """Somebody who may not do something is no fault; as the log is written, filters and all."""
    with caplog.at_level(logging.WARNING, "django.request"):
        assert client_of(sari).get(f"/k/{melati.code}/akun/").status_code == 403
    (refused,) = [r for r in caplog.records if r.name == "django.request"]
    assert "Traceback" not in logging.Formatter().format(refused)
    assert refused.getMessage().startswith("Forbidden")


def test_a_fault_keeps_its_stack():
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "x", None, sys.exc_info()
        )
    record.status_code = 500
    assert RefusalFilter().filter(record)
    assert "Traceback" in logging.Formatter().format(record)
