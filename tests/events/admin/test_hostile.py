"""The lists and forms of the desk, asked for what no page of it asks for; all addresses are in test_walk."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.support import chance
from tests.support.desk import Desk, filled_in
from tests.support.factories import MaterialFactory

HOSTILE = ["x", "-1", "9" * 20, "9" * 5_000, "\0", "1,x", "٣"]
OF_LISTS = ["p", "e", "o", "q", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "_q"]
OF_SCREENS = [
    "page",
    "citation",
    "medium",
    "proposal",
    "of",
    "undo",
    "verb",
    "hand-to",
    "model",
    "name",
    "query",
    "take_out",
    "pk",
    "next",
    "term",
    "app_label",
    "model_name",
    "field_name",
    "confirmed",
]
MODELS = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]


KNOWN = [
    "/desk/events/kind/1/delete/?_to_field=",
    "/desk/login/?next=x",
    "/desk/events/event/?_facets=True",
    "/desk/events/event/add/?day=x",
    "/desk/events/event/add/?places=x,1",
    "/desk/events/event/add/?overruled_earliest=x",
    f"/desk/events/event/add/?places={'9' * 20}",
    f"/desk/events/event/?day__story__id__exact={'9' * 5_000}",
    f"/desk/events/event/?day={'9' * 5_000}",
    f"/desk/events/kind/?id__in={'9' * 20}",
    f"/desk/auth/user/?groups={'9' * 20}",
    "/desk/events/event/?state=%00",
    "/desk/autocomplete/?app_label=events&model_name=event&field_name=places&term=%00",
]
"""What once failed."""


@pytest.fixture
def medium(media_folder):
    return MaterialFactory()


@pytest.fixture
def client(admin_person, published, place, medium):
    """An admin's browser, which shows a failure as a status rather than raise it."""
    client = Client(raise_request_exception=False)
    client.force_login(admin_person)
    return client


def model_admin(name):
    return next(
        found
        for model, found in admin.site._registry.items()
        if name == f"{model._meta.app_label}_{model._meta.model_name}"
    )


def failures(client, requests) -> list[str]:
    """Those of ``requests`` (method, address, data) that end in a failure of the server."""
    failed = []
    for method, address, data in requests:
        status = getattr(client, method)(address, data).status_code
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            failed.append(f"{method} {address[:90]} {str(data)[:90]}: {status}")
    return failed


def parameters(name) -> list[str]:
    """What the list of that model can be narrowed by."""
    found = []
    for item in model_admin(name).list_filter:
        field = item[0] if isinstance(item, tuple) else getattr(item, "parameter_name", item)
        found += [field, f"{field}__exact", f"{field}__id__exact", f"{field}__isnull", f"{field}__in"]
    return [*found, "pk", "id__in", "pk__gt"]


def share(asked: Iterable[Any], whose: str = "") -> list[Any]:
    whole = list(asked)
    return chance.dice(whose).sample(whole, chance.tries(len(whole)))


@pytest.mark.parametrize("address", KNOWN, ids=lambda address: address[:60])
def test_what_once_failed_does_not(client, address):
    assert failures(client, [("get", address, {})]) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_to_a_history(client):
    """With transactions as the site has them: PostgreSQL refuses to hold a row outside of one."""
    for name in MODELS:
        for row in model_admin(name).model.objects.all()[:1]:
            address = reverse(f"admin:{name}_history", args=[row.pk])

            assert client.get(address).status_code == HTTPStatus.OK
            assert client.post(address).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("name", MODELS)
def test_no_narrowing_of_a_list_fails(client, name):
    address = reverse(f"admin:{name}_changelist")
    asked = share((parameter, value) for parameter in (*OF_LISTS, *parameters(name)) for value in HOSTILE)

    assert failures(client, [("get", address, {"_facets": "True"})]) == []
    assert failures(client, [("get", address, {parameter: value}) for parameter, value in asked]) == []


@pytest.mark.parametrize("name", MODELS)
def test_nothing_to_begin_a_form_with_fails(client, name):
    address = reverse(f"admin:{name}_add")
    fields = [field.name for field in model_admin(name).opts.get_fields()]
    asked = share((field, value) for field in (*fields, "_popup", "_to_field") for value in HOSTILE)

    assert failures(client, [("get", address, {field: value}) for field, value in asked]) == []


@pytest.mark.parametrize(
    "address",
    [
        "review",
        "views",
        "takedowns",
        "events_material_together",
        "index",
        "autocomplete",
        "events_event_import_digest",
    ],
)
def test_nothing_asked_of_a_screen_fails(client, address):
    known = {"app_label": "events", "model_name": "event", "field_name": "places", "verb": "approve"}
    known |= {"model": "events.event", "name": "Mine", "query": "state=draft"}
    asked = share((name, value) for name in OF_SCREENS for value in HOSTILE)
    found = [
        (method, reverse(f"admin:{address}"), {**known, name: value})
        for name, value in asked
        for method in ("get", "post")
    ]

    assert failures(client, found) == []


@pytest.mark.parametrize(
    "fixture", ["published", "day", "story", "citation", "source", "place", "kind", "medium"]
)
def test_nothing_sent_with_a_form_fails(client, admin_person, fixture, request):
    page = Desk(admin_person).open(request.getfixturevalue(fixture))
    whole = filled_in(page)
    values = [*HOSTILE, "0001-01-01", "9999-12-31", "3999-12-31"]
    asked = share((field, value) for field in whole if not field.endswith("_FORMS") for value in values)

    sent = [("post", page.request["PATH_INFO"], {**whole, field: value}) for field, value in asked]

    assert failures(client, sent) == []


def test_a_number_of_rows_that_nobody_typed_is_refused_and_not_drawn(client, admin_person, published):
    page = Desk(admin_person).open(published)
    sent = {**filled_in(page), "citations-TOTAL_FORMS": "2000"}

    answer = client.post(page.request["PATH_INFO"], sent)

    rows = answer.context["inline_admin_formsets"][0].formset
    assert rows.non_form_errors() == ["These are more rows than are saved at once: 101 at most."]
    assert len(rows.forms) == 101
