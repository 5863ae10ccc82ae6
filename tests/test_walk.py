"""Every address of the resolver, asked in every odd way: none fails, and what is refused is told in words.

So is every form of every page, with each of its fields odd, left out or sent twice.

With transactions as the site has them, as PostgreSQL answers nothing more after a statement that failed.
Numbers beyond any, of other scripts, days beyond the calendar, bytes that are no letters; each asked once,
doubled, left empty, and with headers that no browser sends.
"""

import re
from http import HTTPStatus
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from chronicle.site import filters
from tests.support import chance
from tests.support.factories import MaterialFactory
from tests.support.forms import forms_of
from tests.support.walking import blanks, filled, routes

ODD = [
    "",
    "x",
    "-1",
    "0",
    "9" * 20,
    "9" * 5_000,
    "1,x",
    "%00",
    "%D9%A3",
    "%ED%A0%80",
    "%FF",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "%C2%B2",
]
"""Percent-encoded, so that bytes which are no letters come as they are: ٣, half of a pair, ²."""

ODD_IN_FORMS = [
    "%EF%BF%BF",
    "%E2%80%AE",
    "x" * 70_000,
    "%3Cp%3E" * 3_000,
    "[" * 3_000,
    "%22%5Cud800%22",
    "%7B%22id%22%3A%22%5Cud800%22%7D",
    "1e999",
    "-0",
    "2021-02-30T25:61",
    "http%3A%2F%2F%5B",
    "javascript%3Ax",
]
"""Likewise: no letter, one that turns the line, more than any field holds, open tags, JSON of half a pair."""

OF_THE_DESK = [
    *("p", "e", "o", "q", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "_q", "page", "pk"),
    *("id__in", "day", "story", "day__story__id__exact", "state", "places", "citation", "medium", "decision"),
    *("next", "window", "again", "factor", "unsaved", "term", "app_label", "model_name", "field_name"),
    *("seen", "shown", "once", "tab", "confirmed", "verb", "reason", "typed", "address", "of", "undo"),
    *("deed", "order", "ticked", "kind", "wording", "complete"),
]
OF_THE_SITE = [*filters.ASKED, "page", "facet", "show", "unknown"]

HEADERS = [
    {"Accept": "*/*;q=x, text/\0"},
    {"Accept": "application/json;q=0, nothing/at-all"},
    {"Accept-Language": "x" * 5_000},
    {"Range": "bytes=9-1,-0,x"},
    {"Range": f"bytes={'9' * 30}-"},
    {"If-Modified-Since": "Thu, 99 Foo 99999 25:61:61 GMT"},
    {"If-Modified-Since": "Fri, 31 Dec 9999 23:59:59 GMT"},
    {"If-None-Match": '"' + "x" * 5_000},
    {"If-None-Match": "*"},
    {"If-Match": "W/\u0000"},
    {"If-Match": '"another"'},
    {"If-Unmodified-Since": "Thu, 01 Jan 0001 00:00:00 GMT"},
    {"If-Range": 'W/"x', "Range": "bytes=0-0"},
    {"Range": "lines=1-2"},
    {"Accept-Encoding": "br;q=-1, *;q=x, \u00e9"},
    {"Sec-Fetch-Site": "x\u00ff", "Origin": "null", "Referer": "http://["},
    {"X-Forwarded-For": "x, 999.1.1.1, ::g"},
    {"Cookie": "sessionid=\0; csrftoken=x"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Length": "x"},
]
WORDLESS = {HTTPStatus.NOT_MODIFIED, HTTPStatus.METHOD_NOT_ALLOWED}
SHARE = 6_000
"""How many requests are the whole; a run makes a tenth of them."""


@pytest.fixture
def visit(admin_person, published, place, media_folder):
    """Asks as an administrator, who stays signed in whatever is pressed; tells what is wrong then.

    /health/ready says by a status of its own that no worker runs.
    """
    MaterialFactory()
    client = Client(raise_request_exception=False)

    def asked(method, address, headers, body=""):
        if "sessionid" not in client.cookies or not client.cookies["sessionid"].value:
            client.force_login(admin_person)
        kept = client.cookies.copy() if "Cookie" in headers else None
        kind = "application/x-www-form-urlencoded" if body else "application/octet-stream"
        answer = client.generic(method, address, body, kind, headers=headers)
        if kept:
            client.cookies = kept
        answer.close()
        return "" if address.startswith("/health/ready") else wrong(answer)

    return asked


def wrong(answer):
    """What is wrong with an answer: a failure, or a refusal without a sentence; nothing where it is right."""
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return str(answer.status_code)
    if answer.status_code < HTTPStatus.BAD_REQUEST or answer.status_code in WORDLESS:
        return ""
    words = re.sub(r"<[^>]*>", " ", answer.content.decode())
    if "Traceback" in words or not re.search(r"\w+ \w+ \w+", words):
        return f"{answer.status_code} without a sentence"
    return ""


def of_keys():
    """Each blank of each address, holding each odd value."""
    for route in routes():
        for name in blanks(route):
            for value in ODD:
                yield filled(route, **{name: value}), {}


def of_parameters():
    """Each parameter of each address, with each odd value, once and twice."""
    for route in routes():
        known = OF_THE_DESK if route.startswith("/desk/") else OF_THE_SITE
        for name in known:
            for value in ODD:
                yield f"{filled(route)}?{name}={value}", {}
                yield f"{filled(route)}?{name}={value}&{name}=1&_facets=True", {}


def of_headers():
    for route in routes():
        for headers in HEADERS:
            yield filled(route), headers


OF_FORMS = 20
"""Of how many pages a run tries the forms: of all in soak."""
EACH = 24
"""How often it sends those of one page."""


@pytest.mark.django_db(transaction=True)
def test_no_form_fails_or_refuses_without_a_word(visit, shown):
    dice = chance.dice("forms")
    pages = sorted(route for route in routes() if route.startswith("/desk/"))
    failed = []
    for route in dice.sample(pages, len(pages) if chance.SOAK else OF_FORMS):
        odd = list(of_forms(filled(route), shown(filled(route))))
        for address, body in dice.sample(odd, min(len(odd), EACH)):
            if found := visit("POST", address, {}, body):
                failed.append(f"{address[:110]} {body[:60]} … {body[-60:]}: {found}")
    assert failed == []


def of_forms(page, forms):
    """What each form on ``page`` would send, with each of its fields odd, odd beside what it is, and gone."""
    for action, held in forms:
        address = urlsplit(urljoin(page, action)).path
        for name in held:
            rest = urlencode({other: value for other, value in held.items() if other != name})
            for value in (*ODD, *ODD_IN_FORMS):
                yield address, f"{rest}&{name}={value}"
                yield address, f"{rest}&{name}={value}&{urlencode({name: held[name]})}"
            yield address, rest


@pytest.fixture
def shown(admin_person):
    """The forms of a page, as an administrator is shown them, but for that which signs out."""
    client = Client(raise_request_exception=False)

    def found(address):
        client.force_login(admin_person)
        answer = client.get(address)
        is_page = answer.status_code == HTTPStatus.OK and "html" in answer.headers["Content-Type"]
        forms = [each for each in forms_of(answer) if "logout" not in each[0]] if is_page else []
        answer.close()
        return forms

    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ways", [of_keys, of_parameters, of_headers])
def test_no_address_fails_or_refuses_without_a_word(visit, ways):
    every = [(method, *asked) for asked in ways() for method in ("GET", "POST")]
    drawn = chance.dice(ways.__name__).sample(every, min(len(every), chance.tries(SHARE // 3)))

    failed = []
    for method, address, headers in drawn:
        if found := visit(method, address, headers):
            failed.append(f"{method} {address[:110]} {str(headers)[:60]}: {found}")
    assert failed == []


@pytest.mark.no_database
@pytest.mark.parametrize(
    "answer", [HttpResponse("A sentence of ours.", status=500), HttpResponse(status=400)]
)
def test_control_a_failure_and_a_bare_refusal_are_found(answer):
    assert wrong(answer)


@pytest.mark.no_database
def test_the_walk_goes_everywhere():
    every = {filled(route) for route in routes()}

    assert {"/the-flood/day-3/", "/desk/review/", "/desk/events/event/1/change/", "/health/live"} <= every
