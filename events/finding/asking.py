"""What somebody types to find rows of the desk, as each database is asked it.

Words are folded as those of the texts are. Each must begin a word of the row, or of something that the row
names; what stands in quotation marks must stand there so, word by word.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import BooleanField, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Abs
from django.db.models.lookups import In
from django.utils.text import smart_split, unescape_string_literal

from chronicle import folding
from events.finding.telling import BITS, TELLINGS, mark_of
from events.models import Actor, Citation, Decision, DeskText, Event, Outlet, Place, Proposal, Source

MOST_KEYS = 3_000
"""How many rows are looked up in the index of words and put in order. Of words that more rows have, each row
of a list is asked in turn, until a page is full."""
MOST_KEYS_TYPED = 500
"""Likewise while somebody types, who is shown no more than twenty of them."""
MOST_ANYWHERE = 500
MOST_TYPED, MOST_NAMED = 10, 50
"""How many words are asked for, and how many rows are named by one of them."""

NAMES: dict[Any, tuple[Any, ...]] = {
    Event: (Place, Actor),
    Citation: (Outlet,),
    Source: (Outlet,),
    Proposal: (Outlet,),
}
"""What stands among the words of a row by a mark, and is found by words of its own."""
PERSONS = (Proposal, Decision)
MATCHING = "events_desktext_fts WHERE events_desktext_fts MATCH %s"
LOOKED_UP = "SELECT id FROM events_desktext_matching(%s::tsquery, %s)"
LOOKED_UP_IF_FEW = f"""
    SELECT CASE WHEN NOT events_desktext_are_many(%s::tsquery, %s) THEN ARRAY({LOOKED_UP}) ELSE NULL END
"""
KINDS = {telling.code: model._meta.model_name for model, telling in TELLINGS.items()}


@dataclass(frozen=True)
class Group:
    """Words that stand one after the other, and marks of which any will do instead."""

    words: tuple[str, ...]
    marks: tuple[str, ...] = ()
    begins: bool = True
    """Whether the last word need only begin so."""


class Found(NamedTuple):
    """Which rows are found; ``are_many`` where each is asked, so that finding more of them costs more."""

    rows: Q
    are_many: bool = False


def found_by(
    model: Any, typed: str, stories: Collection[int] | None = None, *, most: int | None = None
) -> Found:
    """The rows of ``model`` that are found by what is ``typed``, in ``stories`` or in all.

    Each is asked where more than ``most`` are, by default MOST_KEYS.
    """
    most = MOST_KEYS if most is None else most
    groups = list(_groups(typed))[:MOST_TYPED]
    if not groups:
        return Found(Q(pk__in=[]))
    question = _question(_scope([model], stories), _with_marks(model, groups))
    keys = _if_few(question, most)
    if keys is None:
        return Found(_each_asked(model, question), are_many=True)
    found = [key >> BITS for key in keys]
    if connection.vendor == "sqlite":
        return Found(Q(pk__among=found))
    return Found(Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [found])))


def with_a_word_of(text: str, model: Any, story: int) -> Q:
    """The rows of ``model`` in ``story`` that have at least one of the words of ``text``, with SQLite.

    With PostgreSQL all: to look up each word takes longer there than to compare thirty thousand names.
    """
    if connection.vendor != "sqlite":
        return Q()
    words = list(dict.fromkeys(folding.words(text)))
    if not words:
        return Q(pk__in=[])
    any_of_them = Group((words[0],), tuple(words[1:]), begins=False)
    question = _question(_scope([model], [story]), [any_of_them])
    return Q(pk__in=RawSQL(f"SELECT rowid >> {BITS} FROM {MATCHING}", [question]))  # noqa: S608, S611 - ours, given apart


def found_anywhere(
    models: Sequence[Any], typed: str, stories: Collection[int] | None
) -> dict[Any, list[int]]:
    """The keys of the rows of each of ``models`` that have the words ``typed`` themselves, the newest of all
    first, MOST_ANYWHERE together."""
    groups = list(_groups(typed))[:MOST_TYPED]
    found: dict[Any, list[int]] = {model: [] for model in models}
    if not groups or not models:
        return found
    of_code = {TELLINGS[model].code: model for model in models}
    for key in _newest_of_all(_question(_scope(models, stories), groups)):
        found[of_code[key & (1 << BITS) - 1]].append(key >> BITS)
    return found


def _newest_of_all(question: str) -> list[int]:
    """The keys of the MOST_ANYWHERE newest texts that answer ``question``, the newest first."""
    if connection.vendor == "sqlite":
        return _keys(*_newest(question, MOST_ANYWHERE))
    keys = _if_few(question, MOST_KEYS)
    if keys is None:
        keys = _keys("SELECT id FROM events_desktext_newest(%s::tsquery, %s)", [question, MOST_ANYWHERE])
    return sorted(keys, reverse=True)[:MOST_ANYWHERE]


def _if_few(question: str, most: int) -> list[int] | None:
    """The keys of the texts that answer ``question``, in no order; None where there are more than ``most``.

    PostgreSQL learns from a sample of them that there are far more, without the cost of looking them up.
    """
    if connection.vendor == "sqlite":
        keys = _keys(*_newest(question, most + 1))
    else:
        [keys] = _keys(LOOKED_UP_IF_FEW, [question, most, question, most + 1])
    return None if keys is None or len(keys) > most else keys


def _each_asked(model: Any, question: str) -> Q:
    """That the text of a row answers ``question``: the planner, which knows nothing of the answers, reads
    rows in the order of the list until there are enough."""
    if connection.vendor == "sqlite":
        # Its index of words answers at once for all. Of a function of the key it does not begin there.
        answered: Any = RawSQL(f"SELECT rowid >> {BITS} FROM {MATCHING}", [question])  # noqa: S608, S611 - ours, given apart
        return Q(In(Abs("pk"), answered))
    text = DeskText.objects.filter(pk=OuterRef("pk") * (1 << BITS) + TELLINGS[model].code)
    answers = RawSQL("vector @@ %s::tsquery", [question], BooleanField())
    return Q(Subquery(text.values_list(answers), output_field=BooleanField()))


def _keys(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


def _groups(typed: str) -> Iterator[Group]:
    for bit in smart_split(typed):
        quoted = bit.startswith(('"', "'")) and len(bit) > 1 and bit[0] == bit[-1]
        words = tuple(folding.words(unescape_string_literal(bit) if quoted else bit))
        if words and quoted:
            yield Group(words, begins=False)
        else:
            yield from (Group((word,)) for word in words)


def _with_marks(model: Any, groups: Sequence[Group]) -> list[Group]:
    """``groups``, each with the marks of what a row may name by it."""
    marks: dict[int, list[str]] = {place: [] for place in range(len(groups))}
    for place, key in _named(NAMES.get(model, ()), groups):
        marks[place].append(mark_of(str(KINDS[key & (1 << BITS) - 1]), key >> BITS))
    if model in PERSONS:
        for place, key in _people_named(groups):
            marks[place].append(mark_of("person", key))
    return [Group(group.words, tuple(marks[place]), group.begins) for place, group in enumerate(groups)]


def _people_named(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """The place of a group, and the key of each person whose name has its words."""
    said = [" ".join(group.words) for group in groups]
    any_of_them = reduce(or_, (Q(username__icontains=words) for words in said))
    people = get_user_model().objects.filter(any_of_them).order_by("pk")
    for key, name in people.values_list("pk", "username")[:MOST_NAMED]:
        yield from ((place, key) for place, words in enumerate(said) if words.lower() in name.lower())


def _named(models: Sequence[Any], groups: Sequence[Group]) -> list[tuple[int, int]]:
    """The place of a group, and the key of the text of each row of ``models`` that it names."""
    if not models:
        return []
    parts, parameters = [], []
    for place, group in enumerate(groups):
        sql, given = _newest(_question(_scope(models, None), [group]), MOST_NAMED)
        parts.append(f"SELECT {place}, id FROM ({sql}) AS named_{place}")  # noqa: S608 - a number and ours
        parameters += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return list(cursor.fetchall())


def _scope(models: Sequence[Any], stories: Collection[int] | None) -> list[str]:
    """The words of which each text has one that is of a kind and a story."""
    codes = [TELLINGS[model].code for model in models]
    if stories is None:
        return [f"\ue001{code}" for code in codes]
    return [f"\ue001{code}s{story}" for code in codes for story in stories] or ["\ue001"]


def _question(scope: Sequence[str], groups: Sequence[Group]) -> str:
    """What is asked, in the language of the database at hand."""
    on_postgresql = connection.vendor == "postgresql"
    each, both = (" | ", " & ") if on_postgresql else (" OR ", " AND ")
    quote = _lexeme if on_postgresql else _string
    wanted = [each.join(map(quote, scope))]
    for group in groups:
        phrase = " <-> ".join(map(quote, group.words)) if on_postgresql else quote(" ".join(group.words))
        if group.begins:
            phrase += ":*" if on_postgresql else "*"
        wanted.append(each.join([phrase, *map(quote, group.marks)]))
    return both.join(f"({one})" for one in wanted)


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _string(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _newest(question: str, most: int) -> tuple[str, list[Any]]:
    """The statement that finds the keys of the newest texts that answer ``question``, and its parameters."""
    if connection.vendor == "postgresql":
        return f"{LOOKED_UP} ORDER BY id DESC LIMIT %s", [question, MOST_KEYS + 1, most]
    return f"SELECT rowid AS id FROM {MATCHING} ORDER BY rowid DESC LIMIT %s", [question, most]  # noqa: S608 - ours, given apart
