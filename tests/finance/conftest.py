from typing import Any

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture
def english():
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def treasurer(client_of, tono):
    """The treasurer's browser, in English."""
    return _in_english(client_of(tono))


@pytest.fixture
def reader(client_of, wati):
    """The supervisor's browser, who reads everything and writes nothing."""
    return _in_english(client_of(wati))


def _in_english(client: Client) -> Any:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
