"""How often a page asks the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 8
"""How many questions the answer to any public address takes at most."""


def queries(client: Client, address: str, status: int = 200) -> int:
    """How many queries one answer takes."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == status
    return len(asked)
