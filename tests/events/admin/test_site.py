"""The desk as a whole: its policy, its order, and that nothing goes around the verbs."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from events.editorial import moderation
from events.models import Citation, Day, Event, Text
from tests.support.desk import Desk
from tests.support.factories import CitationFactory

LISTS = ("event", "day", "story", "citation", "source", "outlet", "kind", "place", "actor", "decision")


def policy(response):
    directives = (part.split() for part in response["Content-Security-Policy"].split("; "))
    return {name: sources for name, *sources in directives}


def test_scripts_run_only_from_the_site_or_with_the_nonce(editor, draft):
    page = Desk(editor).open(draft)
    scripts = policy(page)["script-src"]

    assert policy(page)["default-src"] == ["'none'"]
    assert scripts[0] == "'self'"
    assert scripts[1].startswith("'nonce-")
    nonce = scripts[1].removeprefix("'nonce-").removesuffix("'")
    assert f'<script type="importmap" nonce="{nonce}">' in page.content.decode()


def test_the_sign_in_page_has_the_policy_too(client, db):
    page = client.get(reverse("admin:login"))

    assert policy(page)["script-src"] == ["'self'"]
    assert policy(page)["frame-ancestors"] == ["'none'"]


def test_the_sections_stand_in_the_order_of_the_work(admin_person):
    sections = [app["name"] for app in Desk(admin_person).get("index").context["app_list"]]

    assert sections == ["The story", "What it rests on", "The index", "History", "Accounts"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ["editor", "moderator", "admin_person"])
def test_every_list_opens_for_every_role(request, role, name, published, place):
    desk = Desk(request.getfixturevalue(role))

    assert desk.get(f"events_{name}_changelist").status_code == 200
    assert desk.get(f"events_{name}_changelist", q="bridge").status_code == 200
    for row in admin.site._registry:
        if row._meta.model_name == name and row.objects.exists():
            assert desk.open(row.objects.first()).status_code == 200


def test_decisions_are_listed_and_filtered_in_words(admin_person, moderator, published, citation):
    rejected = CitationFactory(event=published, source=citation.source)
    moderation.reject(rejected, by=moderator, seen=1, code="inexact", words="It says “shut”.")

    page = Desk(admin_person).get("events_decision_changelist").content.decode()

    assert '<td class="field-done">rejected</td>' in page
    assert '<a href="?verb=reject">rejected</a>' in page
    assert page.count("The quotation is not exact") == 2
    assert 'href="?reason_code="' not in page
    assert re.findall(r"By ([\w ]+?)\s*</summary>", page) == ["what was done", "reason", "person"]


def test_what_nobody_changed_says_where_its_decisions_stand(admin_person, published):
    page = Desk(admin_person).get("events_event_history", published.pk).content.decode()

    assert "What was decided stands on its own page" in page
    assert "admin site" not in page


def test_nothing_is_deleted_or_edited_in_bulk(rf, admin_person):
    request = rf.get("/")
    request.user = admin_person
    for model, model_admin in admin.site._registry.items():
        assert "delete_selected" not in model_admin.get_actions(request), model
        assert not model_admin.list_editable, model


def test_what_a_verb_owns_is_no_field_of_any_form(rf, admin_person):
    request = rf.get("/")
    request.user = admin_person
    for model in (Event, Citation, Day, Text):
        fields = admin.site.get_model_admin(model).get_form(request, change=True).base_fields
        owned = {field.name for field in model._meta.fields if not field.editable}
        assert not owned & fields.keys(), model


def test_decisions_cannot_be_touched_by_anyone(admin_person, citation):
    desk = Desk(admin_person)
    decision = citation.decisions.get()

    assert desk.post("events_decision_change", decision.pk, data={"note": "x"}).status_code == 403
    assert desk.post("events_decision_delete", decision.pk, data={"post": "yes"}).status_code == 403
    assert desk.post("events_decision_add", data={}).status_code == 403


def test_a_story_cannot_be_deleted(admin_person, story):
    response = Desk(admin_person).post("events_story_delete", story.pk, data={"post": "yes"})

    assert response.status_code == 403


def test_who_may_not_is_told_so_in_the_look_of_the_site(moderator):
    response = Desk(moderator).get("events_story_add")

    assert response.status_code == 403
    assert "Ask somebody whose role allows it." in response.content.decode()
    assert "chronicle/site.css" in response.content.decode()


def test_verbs_and_the_review_list_want_a_token(admin_person, draft):
    desk = Desk(admin_person)
    desk.client.handler.enforce_csrf_checks = True

    assert desk.send(draft, "submit", seen=1).status_code == 403
    assert desk.post("review", data={"citation": 1, "verb": "approve", "seen": 1}).status_code == 403
    assert Event.objects.get().state == "draft"
