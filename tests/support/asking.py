"""What somebody's browser is answered at the desk, and what it changes there, which is undone."""

import re
from http import HTTPStatus
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import SimpleCookie
from django.test import Client

from tests.support.answers import close

SHOWN, DONE, REFUSED, NO_METHOD = "shown", "done", "refused", "no method"

BESIDE = re.compile('"(django_session|events_session|events_sent)"|^DELETE FROM "events_unsaved"')
"""What is written of whoever asks, whatever becomes of what they ask for."""


class Browser:
    """Somebody's. Whatever it changes is told and undone."""

    def __init__(self, person: Any) -> None:
        self.client = Client()
        if person is not None:
            self.client.force_login(person)
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}

    def ask(self, method: str, address: str, sent: dict[str, Any]) -> "Told":
        self.client.cookies = SimpleCookie(self.cookies)
        told, how = Told(), {"data": sent} if method == "POST" else {}
        with transaction.atomic(), connection.execute_wrapper(told.note):
            told.hear(getattr(self.client, method.lower())(address, **how))
            transaction.set_rollback(True)
        return told


class Told:
    """What somebody was answered, and what it changed."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def note(self, execute, sql, parameters, many, context):
        if re.match(r"(INSERT|UPDATE|DELETE)\b", sql) and not BESIDE.search(sql):
            self.written.append(sql)
        return execute(sql, parameters, many, context)

    def hear(self, response: Any) -> None:
        self.status, self.location = response.status_code, response.headers.get("Location", "")
        self.body = response.getvalue() if response.streaming else response.content
        self.said = [str(one) for one in get_messages(response.wsgi_request)]
        self.heads = [f"{name}: {value}" for name, value in response.headers.items()]
        close(response)

    def outcome(self, method: str) -> str:
        if self.written:
            return DONE
        if self.status == HTTPStatus.METHOD_NOT_ALLOWED:
            return NO_METHOD
        return SHOWN if self.status == HTTPStatus.OK and method in ("GET", "HEAD") else REFUSED

    def names(self, words: list[str]) -> list[str]:
        """Those of ``words`` that it tells; what it says again of what was sent is no news to the sender."""
        text = self.body.decode(errors="replace") + "\n".join([*self.heads, *self.said])
        news = re.sub(r"What you typed: .*", "", text)
        return [word for word in words if word in news]

    def without_numbers(self) -> tuple[int, str]:
        """Its status and all that it says, but for the keys of rows and what is another each time."""
        text = "\n".join([self.location, *self.said, self.body.decode(errors="replace")])
        tokens = r'(csrfmiddlewaretoken|name="(shown|once|tab))" value="[\w:.-]+'
        each_time = rf'nonce="[\w-]+"|{tokens}|\d+(\sminutes?)?'
        return self.status, re.sub(each_time, "#", text)
