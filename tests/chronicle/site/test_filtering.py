import json
import random
import re
from datetime import time, timedelta
from urllib.parse import parse_qsl, quote

import pytest

from chronicle.models import Entry, EntryTerm
from tests.support import chance
from tests.support.reading import (
    choices,
    count_line,
    headlines,
    links,
    main_of,
    query,
    text_of,
    ticked,
    without_data,
    words,
)
from tests.support.record import (
    THIRD,
    Telling,
    make_page,
    make_source,
    make_story,
    make_term,
    print_entries,
)

pytestmark = pytest.mark.django_db
DAY = "/the-flood/day-3/"
PART_BITS = {"night": 1, "morning": 2, "afternoon": 4, "evening": 8}


@pytest.fixture
def flood():
    return make_story()


@pytest.fixture
def many(flood):
    """Sixty entries of which every facet, and every pair of them, holds several."""
    draw = random.Random(7)
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue", "Statement")]
    places = [make_term(flood, "place", name) for name in ("Bridge", "Mill", "Øst Tårn", "Xocavənd")]
    actors = [make_term(flood, "actor", name) for name in ("City", "Fire brigade", "Press")]
    sources = [make_source(flood), make_source(flood, "Evening bulletin", "Radio Estuary")]
    page = make_page(flood)
    return print_entries(
        page,
        [
            Telling(
                headline=f"Report {n:02}",
                kind=draw.choice(kinds),
                places=draw.sample(places, draw.randint(0, 3)),
                actors=draw.sample(actors, draw.randint(0, 2)),
                sources=draw.sample(sources, draw.randint(0, 2)),
                at=draw.choice([None, time(draw.randrange(24), draw.randrange(60))]),
                minutes=draw.choice([5, 300]),
                happened_on=draw.choice([None, None, THIRD - timedelta(days=1)]),
                standing=draw.choice(["single", "corroborated", "disputed"]),
            )
            for n in range(60)
        ],
    )


def expected(chosen: list[tuple[str, str]]) -> list[str]:
    """The headlines of the day that fit, worked out one entry at a time."""
    wanted: dict[str, set[str]] = {}
    for facet, value in chosen:
        wanted.setdefault(facet, set()).add(value)
    held: dict[int, dict[str, set[str]]] = {}
    for pk, facet, number in EntryTerm.objects.values_list("entry_id", "facet", "term__number"):
        held.setdefault(pk, {}).setdefault(facet, set()).add(str(number))
    found = []
    for entry in Entry.objects.order_by("sk"):
        has = held[entry.pk] | {
            "standing": {entry.standing},
            "part": {part for part, bit in PART_BITS.items() if entry.parts & bit},
        }
        if all(has.get(facet, set()) & values for facet, values in wanted.items()):
            found.append(entry.headline)
    return found


def shown(response) -> list[str]:
    return sorted(headlines(response))


@pytest.mark.parametrize(
    "chosen",
    [
        [("kind", "1")],
        [("place", "4")],
        [("actor", "2")],
        [("part", "night")],
        [("standing", "disputed")],
        [("kind", "1"), ("kind", "2")],
        [("part", "morning"), ("part", "evening")],
        [("place", "1"), ("place", "2"), ("actor", "3")],
        [("kind", "2"), ("standing", "single"), ("part", "afternoon"), ("part", "night")],
    ],
)
def test_a_reader_sees_what_fits_any_choice_of_a_facet_and_all_facets(client, many, chosen):
    response = client.get(DAY + query(chosen))

    assert shown(response) == sorted(expected(chosen))
    assert 0 < len(shown(response)) < len(many)
    assert count_line(response) == len(shown(response))
    assert ticked(response) == sorted(ticked(response), key=choices_order(response))
    assert set(ticked(response)) == set(chosen)


def choices_order(response):
    order = [(choice.facet, choice.value) for choice in choices(response)]
    return order.index


def test_any_combination_finds_just_what_fits(client, many):
    everything = [(choice.facet, choice.value) for choice in choices(client.get(DAY))]
    draw = chance.dice()
    for _ in range(chance.tries(600)):
        chosen = draw.sample(everything, draw.randint(2, 6))
        response = client.get(DAY + query(chosen))
        fitting = expected(chosen)
        assert shown(response) == sorted(fitting), chosen
        assert count_line(response) == len(fitting), chosen


STARTS = [
    [],
    [("kind", "1")],
    [("place", "1"), ("place", "2")],
    [("kind", "2"), ("part", "night")],
    [("actor", "3"), ("standing", "single"), ("place", "4")],
]


@pytest.mark.parametrize("start", STARTS)
def test_the_count_beside_each_choice_is_what_choosing_it_gives(client, many, start):
    offered = choices(client.get(DAY + query(start)))

    assert len(offered) > 8
    for choice in offered:
        others = [(facet, value) for facet, value in start if facet != choice.facet]
        response = client.get(DAY + query([*others, (choice.facet, choice.value)]))
        assert count_line(response) == choice.count == len(headlines(response)), choice


def test_ticking_one_more_box_sends_what_was_ticked_before(client, many):
    response = client.get(DAY + query([("kind", "1"), ("part", "night")]))
    more = [*ticked(response), ("place", "1")]

    assert set(ticked(client.get(DAY + query(more)))) == {
        ("kind", "1"),
        ("part", "night"),
        ("place", "1"),
    }


def test_each_choice_can_be_taken_back_with_the_rest_kept(client, many):
    chosen = [("kind", "1"), ("kind", "2"), ("place", "3"), ("part", "night")]
    response = client.get(DAY + query(chosen))
    back = re.search(r'<ul class="chosen".*?</ul>', main_of(response), re.S).group()
    *each, clear = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', back)]
    found = [parse_qsl(link.removesuffix("#results").lstrip("?")) for link in each]

    assert sorted(found) == sorted([[pair for pair in chosen if pair != one] for one in chosen])
    assert clear == f"{DAY}#results"


def test_what_is_chosen_is_named_with_its_facet(client, many):
    response = client.get(DAY + query([("kind", "1"), ("standing", "single")]))

    chips = text_of(re.search(r'<ul class="chosen".*?</ul>', main_of(response), re.S).group())
    assert "Kind Damage × : take this choice back Standing Single source ×" in chips


def test_taking_the_last_choice_back_shows_everything(client, many):
    response = client.get(DAY + "?kind=1")
    back = re.search(r'<ul class="chosen".*?href="([^"]*)"', main_of(response), re.S).group(1)

    assert count_line(client.get(DAY + back)) == 60


def test_choices_of_which_nothing_is_left_stay_with_a_zero(client, flood):
    damage, rescue = (make_term(flood, "kind", name) for name in ("Damage", "Rescue"))
    bridge, mill = (make_term(flood, "place", name) for name in ("The Bridge", "The Mill"))
    page = make_page(flood)
    print_entries(page, [Telling("One", damage, places=[bridge]), Telling("Two", rescue, places=[mill])])

    response = client.get(DAY + query([("kind", "1"), ("place", "2"), ("part", "night")]))

    found = {(choice.value, choice.label): (choice.count, choice.ticked) for choice in choices(response)}
    assert found["1", "Damage"] == (0, True)
    assert found["2", "The Mill"] == (0, True)
    assert found["night", "Night"] == (0, True)
    assert count_line(response) == 0
    assert "Nothing on this day matches" in words(response)
    assert "2 entries are recorded for this day, and none fits everything that you chose." in words(response)
    assert f"{DAY}#results" in links(response)


def test_neither_choices_without_entries_nor_a_facet_of_one_value_are_offered(client, flood):
    make_term(flood, "place", "Nowhere")
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    print_entries(make_page(flood), [Telling(kind.label, kind, at=time(9)) for kind in kinds])

    offered = {(choice.facet, choice.value) for choice in choices(client.get(DAY))}

    assert offered == {("kind", "1"), ("kind", "2")}


def test_where_there_is_nothing_to_choose_there_is_no_filter(client, flood):
    print_entries(make_page(flood), [Telling("One", make_term(flood, "kind", "Damage"))])

    assert re.findall(r'<form class="([^"]*)"', main_of(client.get(DAY))) == ["as-known"]
    assert ("kind", "1") in ticked(client.get(DAY + "?kind=1"))


@pytest.mark.parametrize(
    ("standings", "said"),
    [
        (["single", "single"], "Single source throughout."),
        (["single", "single", "disputed"], "Single source unless marked."),
        (["single", "disputed"], ""),
        (["corroborated"], ""),
    ],
)
def test_a_single_source_is_said_once_where_most_have_one(client, flood, standings, said):
    kind = make_term(flood, "kind", "Damage")
    told = [Telling(f"Report {n}", kind, standing=standing) for n, standing in enumerate(standings)]
    print_entries(make_page(flood), told)

    response = client.get(DAY)

    [result] = re.findall(r'<p class="result">(.*?)(?:<span class="orders">|</p>)', main_of(response))
    assert (
        text_of(result).strip()
        == f"{len(standings)} entr{'y' if len(standings) == 1 else 'ies'} from 0 sources. {said}".strip()
    )
    assert ('class="list said-single' in main_of(response)) is bool(said)


def test_what_is_said_once_goes_by_what_is_chosen(client, flood):
    kind = make_term(flood, "kind", "Damage")
    told = [Telling(standing, kind, standing=standing) for standing in ("single", "disputed")]
    print_entries(make_page(flood), told)

    assert "1 entry from 0 sources. Single source throughout." in words(client.get(DAY + "?standing=single"))
    assert "said-single" not in main_of(client.get(DAY + "?standing=disputed"))


def test_of_many_choices_the_rarer_ones_fold_and_still_count(client, flood):
    kind = make_term(flood, "kind", "Damage")
    places = [make_term(flood, "place", f"Village {n:02}") for n in range(20)]
    told = [Telling(f"Report {n}", kind, places=places[n:]) for n in range(20)]
    print_entries(make_page(flood), told)

    response = client.get(DAY + "?place=1")

    assert "<summary>4 more</summary>" in main_of(response)
    offered = [choice for choice in choices(response) if choice.facet == "place"]
    others = [choice.label for choice in offered if not choice.ticked]
    assert others == [f"Village {n}" for n in range(19, 9, -1)]
    assert [choice.label for choice in offered if choice.ticked] == ["Village 00"]
    folded = main_of(response).split("<summary>4 more</summary>")[1].split("</details>")[0]
    assert 'name="place" value="1"' not in folded


def test_what_is_not_among_the_ten_is_found_by_its_name(client, flood):
    kind = make_term(flood, "kind", "Damage")
    places = [make_term(flood, "place", f"Village {n:02}") for n in range(20)]
    told = [Telling(f"Report {n}", kind, places=places[n:]) for n in range(20)]
    print_entries(make_page(flood), told)

    named, unknown = client.get(DAY + "?place=village+03"), client.get(DAY + "?place=Nowhere")

    assert shown(named) == shown(client.get(DAY + "?place=4"))
    assert len(shown(named)) == 4
    assert "No place here is called “Nowhere”." in main_of(unknown)
    assert len(shown(unknown)) == 20


def test_pages_of_a_filtered_list_hold_every_entry_exactly_once(client, flood):
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Rescue")]
    print_entries(make_page(flood), [Telling(f"Report {n:03}", kinds[n % 2]) for n in range(260)])
    address, seen = DAY + "?kind=2", []
    while address:
        response = client.get(address)
        assert count_line(response) == 130
        assert "from None" not in words(response)
        seen += headlines(response)
        following = re.search(r'<a rel="next" href="(\?[^"]*)"', main_of(response))
        address = following and DAY + following.group(1).replace("&amp;", "&")

    assert seen == [f"Report {n:03}" for n in range(1, 260, 2)]


def test_choosing_begins_again_at_the_first_page(client, flood):
    kind = make_term(flood, "kind", "Damage")
    print_entries(make_page(flood), [Telling(f"Report {n:03}", kind) for n in range(150)])
    following = links(client.get(DAY + "?kind=1"), "after=")[0]
    second = client.get(DAY + following)

    assert "after" not in dict(ticked(second))
    back = re.search(r'<ul class="chosen".*?</ul>', main_of(second), re.S).group()
    assert "after=" not in back


@pytest.mark.parametrize(
    "asked",
    ["part=teatime", "standing=teatime", "place=01", "place=-1", "actor=１", "actor=1.0"],
)
def test_a_value_that_no_site_knows_is_passed_over_and_named(client, many, asked):
    response = client.get(DAY + "?" + asked)

    assert count_line(response) == 60
    value = asked.partition("=")[2]
    assert f"Passed over, because this site knows no such choice: {value}." in words(response)


@pytest.mark.parametrize("facet", ["kind", "place", "actor"])
def test_a_term_that_this_story_does_not_have_finds_nothing_and_can_be_taken_back(client, many, facet):
    response = client.get(DAY + f"?{facet}=99")

    assert count_line(response) == 0
    assert (facet, "99") in ticked(response)
    assert "Nothing on this day matches" in words(response)


def test_unknown_facets_are_no_fault(client, many):
    assert count_line(client.get(DAY + "?colour=red&utm_source=letter&page=2", follow=True)) == 60


def test_another_storys_terms_do_not_count(client, many):
    other = make_story(title="Other", slug="other")
    terms = [make_term(other, "kind", name) for name in ("One", "Two", "Three", "Elsewhere")]
    print_entries(make_page(other), [Telling("Not here", terms[-1])])

    response = client.get(DAY + "?kind=4")

    assert count_line(response) == 0
    assert ("kind", "4") not in [(choice.facet, choice.value) for choice in choices(client.get(DAY))]
    assert "Elsewhere" not in words(response)


def assert_harmless(response, asked: str) -> None:
    assert response.status_code == 200, asked
    html = without_data(response)
    assert "<script" not in html.lower(), asked
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', html)), asked
    assert not re.search(r"<(img|iframe|svg|object|embed|style)\b", html, re.I), asked


@pytest.mark.parametrize("facet", ["kind", "part", "after"])
def test_no_query_string_however_hostile_is_a_fault_or_comes_back_as_markup(client, flood, shared, facet):
    print_entries(make_page(flood), [Telling("One", make_term(flood, "kind", "Damage"))])
    strings = json.loads((shared / "g-hostile" / "naughty" / "blns.json").read_text())
    assert len(strings) > 200
    for value in chance.dice(facet).sample(strings, chance.tries(len(strings))):
        asked = f"{DAY}?{facet}={quote(value)}"
        assert_harmless(client.get(asked), asked)


HOSTILE = [
    "?kind=%00",
    "?kind=" + "a" * 5000,
    "?" + "&".join(f"place={n}" for n in range(900)),
    "?kind=%FF%FE&part=%ED%A0%80",
    "?kind[]=damage&kind[0]=x",
    "?kind=1'%20OR%20'1'='1",
    "?%3Cscript%3E=1&standing=%3Cscript%3Ealert(1)%3C/script%3E",
    "?kind=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "?&&&===;;;&kind&part&=",
    "?part=night%00&standing=single%0d%0aSet-Cookie:%20a=b",
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_query_strings_are_handled(client, many, asked):
    response = client.get(DAY + asked, follow=True)

    assert_harmless(response, asked)
    assert not response.cookies


def test_more_parameters_than_django_reads_are_refused(client, many):
    response = client.get(DAY + "?" + "&".join(f"place={n}" for n in range(10_001)))

    assert response.status_code == 400


@pytest.mark.parametrize("address", [DAY, "/the-flood/timeline/"])
def test_more_values_than_are_used_are_told(client, many, address):
    asked = "&".join(f"place={number}" for number in range(1, 62))

    said = "Of each facet only the first 50 choices are used: of place there are more."
    assert said in words(client.get(f"{address}?{asked}"))
    assert said not in words(client.get(f"{address}?place=1"))
