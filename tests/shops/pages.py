"""Looking at a page of the shop, for tests."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(shop, name, *arguments, **query):
    return reverse(f"shops:{name}", args=[shop.cooperative.code, *arguments], query=query)


def statements(client, address):
    """How many a page takes for what it shows; session, roles and menu are not its own."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    tables = ("shops_", "finance_", "members_")
    return sum(any(f'FROM "{t}' in query["sql"] for t in tables) for query in captured)


def text(response):
    return " ".join(response.content.decode().split())
