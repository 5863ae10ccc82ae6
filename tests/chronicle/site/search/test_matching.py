"""Which entries answer a question: on both databases what one by one comparison finds, and no other."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.models import Chronicle, EntryWords
from chronicle.record.words import FILLER
from chronicle.site.search.asking import Piece, asked
from chronicle.site.search.matching import matches, walk
from tests.support import chance
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

VOCABULARY = "ab abc abd r&d a<b шуша が が゚ हिन्दी 12 bc".split()
SPELLINGS = {"r&d": "R&D", "шуша": "ШУША", "ab": "Áb", "12": "１２"}
ALL = 1_000
Told = tuple[list[str], list[str], list[str]]
"""The words of the headline, names and body of an entry."""


@dataclass
class Corpus:
    """Two chronicles whose entries are told in few words, with what each entry was told in."""

    chronicles: list[Chronicle]
    told: dict[int, tuple[Chronicle, int, Told]]


@pytest.fixture
def corpus(db) -> Corpus:
    dice, told = chance.dice(), {}
    chronicles = [make_story(), make_story(title="The fire", slug="the-fire")]
    for story in chronicles:
        page, kind = make_page(story), make_term(story, "kind", "Damage")
        entries = print_entries(page, [Telling(headline="Report", kind=kind)] * 25)
        EntryWords.objects.filter(chronicle=story).delete()
        for entry in entries:
            columns = [dice.choices([*VOCABULARY, FILLER], k=dice.randint(0, 4)) for _ in range(3)]
            headline, names, body = (" ".join(words) for words in columns)
            EntryWords.objects.create(
                sk=entry.sk, entry=entry, chronicle=story, headline=headline, names=names, body=body
            )
            told[entry.pk] = (story, entry.sk, columns)
    return Corpus(chronicles, told)


def holds(column: Sequence[str], piece: Piece) -> bool:
    """Whether ``piece`` stands in one text."""
    *exact, last = piece.words
    runs = (column[start : start + len(piece.words)] for start in range(len(column)))
    return any(
        len(run) == len(piece.words)
        and run[:-1] == exact
        and (run[-1].startswith(last) if piece.begins else run[-1] == last)
        for run in runs
    )


def answers(columns: Sequence[Sequence[str]], groups: Sequence[Sequence[Piece]]) -> bool:
    return any(all(any(holds(column, piece) for column in columns) for piece in group) for group in groups)


def expected(corpus: Corpus, story: Chronicle, groups: Sequence, without: Sequence) -> dict[int, list]:
    """The places of what answers, by tier."""
    tiers: dict[int, list] = {0: [], 1: [], 2: []}
    for pk, (of, sk, told) in corpus.told.items():
        if of == story and answers(told, groups) and not answers(told, [[piece] for piece in without]):
            tier = next((width for width in (0, 1) if answers(told[: width + 1], groups)), 2)
            tiers[tier].append((sk, pk))
    return {tier: sorted(places) for tier, places in tiers.items()}


def typed(piece: Piece) -> str:
    words = [SPELLINGS.get(word, word) for word in piece.words]
    if piece.begins:
        return "-".join(words) + "*"
    return f'"{" ".join(words)}"' if len(words) > 1 else words[0]


def compare(corpus: Corpus, said: str, groups: Sequence, without: Sequence, newest: bool) -> None:
    """Assert that everything that can be asked about the question is answered as one by one."""
    question = asked(said)
    for story, holds_most in itertools.product(corpus.chronicles, (False, True)):
        story.holds_most = holds_most
        wanted = expected(corpus, story, groups, without)
        every = sorted(place for places in wanted.values() for place in places)
        for tier, places in {None: every, **wanted}.items():
            assert sorted(matches(story, question, tier=tier, most=len(places))) == places
            assert not places or matches(story, question, tier=tier, most=len(places) - 1) is None
            places = places[::-1] if newest else places
            places = [(tier, *place) for place in places]
            assert list(walk(story, question, limit=2, tiers={tier: None}, newest=newest)) == places[:2]
            if places:
                first, last = {tier: places[0][1]}, {tier: places[-1][1]}
                assert list(walk(story, question, limit=ALL, tiers=first, newest=newest)) == places[1:]
                assert list(walk(story, question, limit=ALL, tiers=last, newest=newest)) == []
        told = {tier: places[::-1] if newest else places for tier, places in wanted.items()}
        ranked = [(tier, *place) for tier, places in told.items() for place in places]
        for limit in (1, 3, ALL):
            walked = list(walk(story, question, limit=limit, tiers=dict.fromkeys(told), newest=newest))
            assert walked == ranked[:limit]


WORDS = st.sampled_from(VOCABULARY)
PIECES = st.builds(Piece, st.lists(WORDS, min_size=1, max_size=2).map(tuple)) | st.builds(
    Piece, st.lists(WORDS, min_size=1, max_size=2).map(tuple), st.just(True)
).filter(lambda piece: len(piece.words[-1]) > 1)
GROUPS = st.lists(st.lists(PIECES, min_size=1, max_size=3), min_size=1, max_size=2)
# The database is filled once for all questions, and none writes.
ONE_CORPUS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@ONE_CORPUS
@given(groups=GROUPS, without=st.lists(PIECES, max_size=2), newest=st.booleans())
def test_what_is_found_is_what_comparing_one_by_one_finds(corpus, groups, without, newest):
    said = " OR ".join(" ".join(map(typed, group)) for group in groups)
    said = " ".join([said, *(f"-{typed(piece)}" for piece in without)])

    compare(corpus, said, groups, without, newest)


SIGNS = "\" ' * ( ) : ^ - { } ! & | <-> \\ % %s $1 ; \0 \ud800 NEAR AND OR NOT a< 'ab':A".split(" ")
HOSTILE = st.lists(st.sampled_from(SIGNS) | WORDS | st.text(max_size=5)).map(" ".join) | st.text()


@ONE_CORPUS
@given(said=HOSTILE, newest=st.booleans())
def test_nothing_that_is_typed_is_an_error_or_answered_otherwise(corpus, said, newest):
    question = asked(said)

    compare(corpus, said, question.alternatives, question.without, newest)


@pytest.mark.parametrize("said", ["-ab", "", '"', "* - OR", "x" * 10_000, "a-" * 5_000, '"ab" ' * 2_000])
def test_long_and_empty_questions_are_answered(corpus, said):
    question = asked(said)

    compare(corpus, said, question.alternatives, question.without, newest=True)


def test_control_the_corpus_has_something_in_each_tier(corpus):
    found = [expected(corpus, corpus.chronicles[0], [[Piece((word,))]], []) for word in VOCABULARY]

    assert all(any(places[tier] for places in found) for tier in (0, 1, 2))


def test_a_question_is_one_statement(corpus, django_assert_num_queries):
    with django_assert_num_queries(2):
        matches(corpus.chronicles[0], asked("ab"))
        list(walk(corpus.chronicles[0], asked("ab"), limit=40))
    with django_assert_num_queries(0):
        matches(corpus.chronicles[0], asked("-ab"))
