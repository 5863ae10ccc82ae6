"""Views of lists that somebody saved: their own, above the list and in Find."""

from events.models import SavedView
from tests.support.desk import Desk, told


def save(desk, name, query, model="events.event"):
    sent = {"model": model, "name": name, "query": query}
    return desk.client.post("/desk/views/", sent, follow=True)


def test_it_is_saved_from_the_list_stands_above_it_and_is_found(draft, editor, other_editor):
    desk = Desk(editor)
    page = desk.get("events_event_changelist", state="draft", p="1")
    assert 'name="query" value="state=draft"' in page.content.decode()

    page = save(desk, " Mine to write ", "state=draft")
    assert "Saved as “Mine to write”" in told(page)
    assert page.request["QUERY_STRING"] == "state=draft"
    assert '<a href="/desk/events/event/?state=draft" aria-current="page"' in page.content.decode()
    found = desk.get("find", q="write").context["views"]
    assert found == [{"title": "Mine to write", "address": "/desk/events/event/?state=draft"}]

    other = Desk(other_editor)
    assert "Mine to write" not in other.get("events_event_changelist").content.decode()
    assert other.get("find", q="write").context["views"] == []
    other.client.post("/desk/views/", {"model": "events.event", "take_out": SavedView.objects.get().pk})
    assert SavedView.objects.count() == 1
    desk.client.post("/desk/views/", {"model": "events.event", "take_out": SavedView.objects.get().pk})
    assert SavedView.objects.count() == 0


def test_what_cannot_be_saved_is_said(draft, editor, monkeypatch):
    desk = Desk(editor)

    assert "Say what you call this view" in told(save(desk, " ", "state=draft"))
    assert "This shows the whole list" in told(save(desk, "All", ""))
    long = save(desk, "x" * 61, "state=draft")
    assert "at most" in told(long)
    assert f'value="{"x" * 61}"' in long.text
    assert "xxx" not in desk.get("events_event_changelist", state="draft").text
    assert save(desk, "All", "a=b", model="events.nothing").status_code == 404
    assert save(desk, "All", "a=b", model="../x").status_code == 404
    save(desk, "Drafts", "state=draft")
    save(desk, "Drafts", "state=submitted")
    assert SavedView.objects.get().query == "state=submitted"
    monkeypatch.setattr("events.editorial.saved_views.MOST_VIEWS", 1)
    assert "take one out first" in told(save(desk, "More", "state=draft"))
