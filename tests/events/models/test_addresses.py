"""Addresses in one form: two of one document are known for one, and folding changes nothing twice."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chronicle.models import Term
from events.editorial import writing
from events.editorial.refused import Refused
from events.models import Source
from events.models.addresses import TRACKING, canonical
from tests.support.cast import fresh, term_of
from tests.support.desk import Desk, errors
from tests.support.factories import EventFactory, OutletFactory, SourceFactory, StoryFactory

RIVER = "https://post.example/river"


@pytest.mark.parametrize(
    "address",
    [
        RIVER,
        "http://post.example/river",
        "HTTPS://Post.Example/river",
        "https://www.post.example/river",
        "https://post.example:443/river",
        "http://post.example:80/river",
        "https://post.example/river/",
        "https://post.example/river#the-bridge",
        "https://post.example/river?",
        "https://post.example/river?utm_source=mail&utm_medium=x",
        "https://post.example/river?fbclid=abc",
        "https://post.example/river?UTM_Campaign=a&GCLID=b",
        " http://www.post.example:80/river/?utm_source=a#b ",
        "https://web.archive.org/web/20240515120000/https://post.example/river",
        "http://web.archive.org/web/2024id_/http:/www.post.example/river/?utm_source=a",
        "https://web.archive.org/web/https://post.example/river",
        "https://archive.ph/2024/https://post.example/river",
        "https://archive.is/o/https://post.example/river",
    ],
)
def test_addresses_of_one_document_have_one_form(address):
    assert canonical(address) == RIVER


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("", ""),
        ("https://post.example", "https://post.example"),
        ("https://post.example/", "https://post.example"),
        ("https://post.example:8443/river", "https://post.example:8443/river"),
        ("https://post.example/River", "https://post.example/River"),
        ("https://post.example/river?id=7&utm_term=x&page=2", "https://post.example/river?id=7&page=2"),
        ("https://post.example/?q=r%C3%ADo+alto", "https://post.example?q=r%C3%ADo+alto"),
        ("https://post.example/?id=", "https://post.example?id="),
        ("https://www.com/river", "https://www.com/river"),
        ("https://archive.ph/AbCdE", "https://archive.ph/AbCdE"),
        ("https://archive.org/details/river", "https://archive.org/details/river"),
        ("https://post.example/web/https://other.example", "https://post.example/web/https://other.example"),
        ("https://[2001:db8::1]/river/", "https://[2001:db8::1]/river"),
        ("https://post.example:port/river", "https://post.example:port/river"),
    ],
)
def test_what_tells_documents_apart_is_kept(address, form):
    assert canonical(address) == form


words = st.text(st.characters(codec="utf-8", exclude_characters="\t\r\n"), max_size=12)
HOSTS = ["post.example", "com", "[::1]", "пример.example", "a", "user@post.example", "post.example."]
NAMES = [*sorted(TRACKING)[:4], "id", "", "utm_x"]
parameters = st.lists(st.tuples(st.sampled_from("?&#/"), st.sampled_from(NAMES), words))
addresses = st.builds(
    "{}://{}{}{}/{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["", "www.", "www.www.", "WWW."]),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    words,
    parameters.map(lambda parts: "".join(f"{mark}{name}={value}" for mark, name, value in parts)),
)


@example("http://a:443/")
@example("https://post.example:x/")
@example("https://www.www.post.example")
@example("http://post.example/\x85?_hsenc=")
@given(addresses | st.text(max_size=30))
def test_folding_twice_changes_nothing(address):
    assert canonical(canonical(address)) == canonical(address)


@given(addresses)
def test_the_form_is_hardly_longer_than_the_address(address):
    assert len(canonical(address)) <= len(address) + 1


@given(addresses, st.sampled_from(["utm_source", *sorted(TRACKING)]), st.sampled_from("abc"))
def test_tracking_and_fragments_never_tell_two_apart(address, tracking, value):
    address = address.partition("#")[0].rstrip()
    more = "&" if "?" in address else "?"

    assert canonical(f"{address}{more}{tracking}={value}#{value}") == canonical(address)


def test_a_story_has_one_source_of_an_address(editor):
    SourceFactory(url=RIVER)

    again = Source(
        story=StoryFactory(), outlet=OutletFactory(), title="Again", url="http://www.post.example/river/"
    )
    with pytest.raises(Refused, match="This story has a source of that address already"):
        writing.save_named(again, by=editor)

    again.url = ""
    writing.save_named(again, by=editor)
    writing.save_named(Source(story=again.story, outlet=again.outlet, title="Again"), by=editor)
    assert Source.objects.filter(canonical_url="").count() == 2


def test_its_form_says_so(editor):
    SourceFactory(url=RIVER)
    other = SourceFactory(title="Another")
    desk = Desk(editor)

    response = desk.save(desk.open(other), url=f"{RIVER}?utm_source=mail", title="Typed with care")

    assert "This story has a source of that address already" in errors(response)
    assert "Typed with care" in response.content.decode()
    assert fresh(other).url == ""


def test_another_story_may_have_it_too(editor):
    SourceFactory(url=RIVER)
    elsewhere = OutletFactory(story=StoryFactory(slug="the-fire"))

    writing.save_named(Source(story=elsewhere.story, outlet=elsewhere, title="Again", url=RIVER), by=editor)

    assert Source.objects.filter(canonical_url=RIVER).count() == 2


def test_an_address_as_long_as_its_field_has_a_form(editor):
    url = "http://post.example/" + "r" * 480
    assert len(url) == 500

    source = writing.save_named(
        Source(story=StoryFactory(), outlet=OutletFactory(), title="Long", url=url), by=editor
    )

    assert fresh(source).canonical_url == url.replace("http:", "https:")


def test_both_forms_are_printed(db):
    source = SourceFactory(url=f"{RIVER}?utm_source=mail")
    EventFactory(published=True, source=source)

    document = term_of(source).document
    assert (document["url"], document["canonical_url"]) == (f"{RIVER}?utm_source=mail", RIVER)
    assert Term.objects.filter(facet="source").count() == 1
