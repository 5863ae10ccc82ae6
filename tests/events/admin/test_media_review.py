"""Media in Review."""

import pytest

from events.editorial import materials
from tests.support.cast import fresh, publish
from tests.support.desk import Desk, told
from tests.support.factories import DayFactory, EventFactory, MaterialFactory, show
from tests.support.pictures import upload


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def desk(moderator):
    return Desk(moderator)


@pytest.fixture
def material(db):
    return MaterialFactory(
        people="A boy", taken="2021-03-03", url="https://post.example/1", obtained="By mail"
    )


def decide(desk, material, verb, seen=None, **typed):
    version = fresh(material).version if seen is None else seen
    return desk.post("review", data={"medium": material.pk, "verb": verb, "seen": version, **typed})


def listed(page):
    return [entry["row"] for entry in page.context["shown"]]


def test_shows_the_picture_and_every_word_that_is_approved(desk, material):
    show(EventFactory(), material, caption="From the quay")

    content = desk.get("review").content.decode()

    for words in (
        f"/desk/events/material/{material.pk}/picture/{material.asset.pk}/1600/",
        *("The old bridge", "A bridge of stone over brown water.", "A. Silva", "Own work", "A boy"),
        *("2021-03-03", "https://post.example/1", "By mail", "From the quay", "A bridge is closed"),
    ):
        assert words in content


def test_who_approves_a_document_is_told_that_readers_get_it_as_it_is_and_may_read_it(desk, story, editor):
    content = b"%PDF-1.4\n/Author (Ana)\n%%EOF\n"
    paper = materials.add(story, upload(content, "wall.pdf"), by=editor)

    page = desk.get("review").content.decode()

    assert "Readers get a PDF as it is, with all that is written in it" in page
    address = f"/desk/events/material/{paper.pk}/original/"
    assert f'action="{address}"' in page
    assert desk.client.post(address).getvalue() == content
    assert paper.asset.custody.last().verb == "opened"


def test_control_of_a_picture_nothing_is_saved_or_said(desk, material):
    page = desk.get("review").content.decode()

    assert "Readers get" not in page
    assert "/original/" not in page


def test_shows_it_covered_where_it_is(desk, material, editor):
    covered = materials.cover(material, [(0, 0, 9, 9)], by=editor, seen=2)

    assert f"/picture/{covered.shown.pk}/1600/" in desk.get("review").content.decode()


def test_approves_and_comes_back_to_the_list(desk, material):
    assert 'Review <b class="count">1</b>' in desk.get("index").content.decode()

    response = decide(desk, material, "approve")

    assert response.status_code == 302
    assert fresh(material).state == "approved"
    assert listed(desk.get("review")) == []
    assert "Nothing waits for you." in desk.get("review").content.decode()


def test_rejects_with_reason_and_words(desk, material):
    response = decide(desk, material, "reject", code="", words="A face.")
    assert "stands beside it" in told(response)
    assert '<details class="rejecting" open>' in response.content.decode()

    decide(desk, material, "reject", code="may_harm", words="A face.")

    assert fresh(material).state == "rejected"


def test_refuses_to_approve_what_was_not_on_the_page(desk, material, editor):
    materials.cover(material, [(0, 0, 9, 9)], by=editor, seen=2)

    response = decide(desk, material, "approve", seen=2)

    assert "Somebody has changed this" in told(response)
    assert fresh(material).state == "pending"


def test_words_typed_about_what_somebody_else_decided_come_back(desk, material, other_moderator):
    materials.approve(material, by=other_moderator, seen=2)

    response = decide(desk, material, "reject", code="may_harm", words="A face is seen.")

    assert "it is approved" in told(response)
    assert listed(response) == [material]
    assert "A face is seen." in response.content.decode()


def test_ones_own_are_listed_apart(both, material):
    own = MaterialFactory(by=both)
    materials.change(material, by=both, seen=2, credit="B")

    page = Desk(both).get("review")

    assert listed(page) == []
    assert {line.one.pk for line in page.context["own"]} == {own.pk, material.pk}


def test_it_is_not_for_editors(editor, material):
    assert Desk(editor).get("review").status_code == 403
    assert "desk/review" not in Desk(editor).get("index").content.decode()


@pytest.mark.parametrize("data", [{}, {"medium": "x", "verb": "approve"}, {"medium": "1", "verb": "publish"}])
def test_what_is_no_decision_is_not_found(desk, material, data):
    assert desk.post("review", data=data).status_code == 404


def test_it_is_found_under_the_first_day_that_shows_it(desk, material, story):
    late, first = (DayFactory(date=f"2021-03-0{n}") for n in (4, 2))
    other = MaterialFactory()
    for day in (late, first):
        show(EventFactory(day=day), material)

    page = desk.get("review", of=f"day-{first.pk}")

    assert listed(page) == [material]
    assert [str(line.head.on) for line in page.context["queue"]] == ["2021-03-02"]
    assert page.context["total"] == 1
    assert page.context["choices"]["Day"][0].total == 1
    assert len(page.context["choices"]["Day"]) == 1
    assert listed(desk.get("review", medium=other.pk)) == [other]


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_a_decision_is_undone_at_once_where_readers_see_nothing_of_it(desk, material, verb):
    typed = {"code": "other", "words": "Whose is it?"} if verb == "reject" else {}
    page = desk.client.get(decide(desk, material, verb, **typed)["Location"])
    assert page.context["undoable"]["pk"] == material.pk

    page = desk.client.get(decide(desk, material, "undo")["Location"])

    assert (fresh(material).state, fresh(material).approved_by) == ("pending", None)
    assert listed(page) == [material]
    assert material.decisions.first().verb == "undo"


@pytest.fixture
def again(material, editor, other_moderator):
    """A medium that readers see, changed since."""
    materials.approve(material, by=other_moderator, seen=fresh(material).version)
    event = show(EventFactory(approved=True), material)
    publish(event, event.created_by)
    return materials.change(fresh(material), by=editor, seen=fresh(material).version, caption="Anew")


def test_a_decision_on_what_readers_see_is_undone_too(desk, again, django_assert_max_num_queries):
    decided = decide(desk, again, "approve")["Location"]
    with django_assert_max_num_queries(15):
        page = desk.client.get(decided)
    assert page.context["undoable"]["pk"] == again.pk

    page = desk.client.get(decide(desk, again, "undo")["Location"])

    assert "waits again" in told(page)
    assert fresh(again).state == "pending"


def test_where_it_is_not_it_says_why(desk, again, editor):
    decide(desk, again, "approve")
    materials.focus(fresh(again), 0.5, 0.5, by=editor)

    page = desk.client.get(decide(desk, again, "undo")["Location"])

    assert "something that shows it was printed since" in told(page)
    assert fresh(again).state == "approved"


def test_takes_as_many_queries_for_five_as_for_one(desk, django_assert_max_num_queries):
    for _ in range(5):
        MaterialFactory()
    desk.get("review")

    with django_assert_max_num_queries(15):
        desk.get("review")
