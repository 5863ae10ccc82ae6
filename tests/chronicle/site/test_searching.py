"""What a reader finds by words, and what is suggested meanwhile."""

import pytest

from events.editorial import publishing
from tests.support.factories import ActorFactory, EventFactory, KindFactory, PlaceFactory
from tests.support.reading import headlines, main_of, notices

ADDRESS = "/the-flood/timeline/"


def told(**fields) -> str:
    """An event of the desk that readers have; its headline."""
    return EventFactory(published=True, **fields).headline


class TestSearch:
    @pytest.mark.parametrize("typed", ["Shushi", "Shusha", "Шуша", "Շուշի", "susa", "ŞUŞA", "shush*"])
    def test_a_place_is_found_by_each_of_its_names(self, client, db, typed):
        place = PlaceFactory(name="Shusha")
        for name in ("Shushi", "Şuşa", "Шуша", "Շուշի"):
            place.names.create(name=name, language="und", used_by="")
        headline = told(places=[place], headline="A road is closed")
        told(headline="A bridge is closed")

        assert headlines(client.get(ADDRESS, {"q": typed})) == [headline]

    @pytest.mark.parametrize("typed", ["R&D", "AT&T", "a<b"])
    def test_signs_within_words_are_found_and_marked_without_tags(self, client, db, typed):
        headline = told(text="<p>R&amp;D of <strong>AT&amp;T</strong> shows that a&lt;b.</p>")

        response = client.get(ADDRESS, {"q": typed})

        assert headlines(response) == [headline]
        assert f"<mark>{typed.replace('&', '&amp;').replace('<', '&lt;')}</mark>" in main_of(response)

    @pytest.mark.parametrize("typed", ["strong", "amp", "lt", "p"])
    def test_tags_and_references_are_no_words(self, client, db, typed):
        told(text="<p>R&amp;D of <strong>AT&amp;T</strong> shows that a&lt;b.</p>")

        assert headlines(client.get(ADDRESS, {"q": typed})) == []

    def test_headlines_come_first_then_names_then_words(self, client, db):
        in_text = told(headline="One", text="<p>The quay is shut.</p>", wording="18:00")
        named = told(headline="Two", places=[PlaceFactory(name="Old Quay")], wording="14:00")
        in_headline = told(headline="The quay is open", wording="10:00")

        best = headlines(client.get(ADDRESS, {"q": "quay"}))

        assert best == [in_headline, named, in_text]
        assert headlines(client.get(ADDRESS, {"q": "quay", "order": "newest"})) == best[::-1]

    def test_phrases_exclusions_and_alternatives(self, client, db):
        shut = told(headline="The lower gate is shut")
        opened = told(headline="The gate, lower down, is open")

        def found(typed):
            return set(headlines(client.get(ADDRESS, {"q": typed})))

        assert found('"lower gate"') == {shut}
        assert found("gate -shut") == {opened}
        assert found("shut OR open") == {shut, opened}
        assert found("shut open") == set()

    def test_a_search_that_only_leaves_out_says_so(self, client, db):
        told()

        response = client.get(ADDRESS, {"q": "-bridge"})

        assert headlines(response) == []
        assert "This search only says what to leave out. Add a word to look for." in notices(response)


class TestSuggestions:
    def test_terms_that_begin_so_in_any_spelling_come_with_their_counts(self, client, db):
        place = PlaceFactory(name="Shusha")
        place.names.create(name="Şuşa", language="az", used_by="")
        told(places=[place])
        told(actors=[ActorFactory(name="Shushan")], headline="Two")

        said = client.get(f"{ADDRESS}suggest/?q=SUS").content.decode()

        assert "Shusha" in said
        assert "Şuşa" in said
        assert "1 entry" in said
        assert "Shushan" not in said

    def test_what_nobody_sees_is_not_suggested(self, client, db, editor):
        event = EventFactory(published=True, kind=KindFactory(name="Secret works"))
        EventFactory(approved=True, places=[PlaceFactory(name="Secret place")])
        publishing.withdraw(event, by=editor, seen=event.version, reason="It was not so.")

        said = client.get(f"{ADDRESS}suggest/?q=secret").content.decode()

        assert "Secret" not in said.replace("“secret”", "")


def test_that_a_name_is_known_is_not_told_of_what_nobody_sees(client, db, editor):
    event = EventFactory(published=True, places=[PlaceFactory(name="Zorgon")])
    publishing.withdraw(event, by=editor, seen=event.version, reason="It was not so.")

    response = client.get(f"{ADDRESS}?place=Zorgon")

    assert "No place here is called “Zorgon”." in notices(response)


def test_what_is_called_just_so_is_suggested_before_what_begins_so(client, db):
    for number in range(10):
        actors = [ActorFactory(name=f"Anna {number}")]
        for copy in range(2):
            told(actors=actors, headline=f"Anna {number}, {copy}")
    told(actors=[ActorFactory(name="Ann")], headline="Ann")

    said = client.get(f"{ADDRESS}suggest/?q=ann").content.decode()

    assert said.index(">Ann<") < said.index("Anna 0")


def test_long_names_are_found_by_all_of_it(client, db):
    name = "The committee for the repair of bridges and of the roads that lead to them, in the lower town"
    headline = told(actors=[ActorFactory(name=name + ", and no further")])

    assert headlines(client.get(ADDRESS, {"actor": name + ", and no further"})) == [headline]


class TestNothingFound:
    @pytest.fixture
    def shusha(self, db):
        place = PlaceFactory(name="Shusha")
        for name in ("Shushi", "Шуша"):
            place.names.create(name=name, language="und", used_by="")
        told(places=[place], headline="A road is closed")
        return place

    @pytest.mark.parametrize("typed", ["Susha", "Shushi's", "what happened in Shushi", "Шуше", "Shousha"])
    def test_names_that_are_nearly_so_are_told(self, client, shusha, typed):
        response = client.get(ADDRESS, {"q": typed})

        assert headlines(response) == []
        assert 'href="/the-flood/place/1-shusha/"' in main_of(response)

    def test_what_is_like_no_name_names_none(self, client, shusha):
        assert "Is one of these meant" not in main_of(client.get(ADDRESS, {"q": "Xylophone"}))

    def test_no_name_is_told_that_nothing_public_is_under(self, client, shusha):
        EventFactory(approved=True, places=[PlaceFactory(name="Kambarlu")])

        assert "Kambarlu" not in main_of(client.get(ADDRESS, {"q": "Kambarlo"}))
