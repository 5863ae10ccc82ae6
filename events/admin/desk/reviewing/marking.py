"""What two texts have in common and what only one says, marked in each for who compares them.

Words are compared as they are searched: without case and accents, in one form of each letter. Numbers are
compared whether they are written in figures or in words.
"""

import re
from collections.abc import Collection, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chronicle.folding import spans
from events.admin.desk.lexicon import places_of

SHORTEST = 4
"""Letters of a word that is marked: shorter ones are in every text."""
COMMON = frozenset(
    "about after also been before from have into more only over said some than that their them then there "
    "they this were what when where which while will with would".split()
)
"""Longer ones that are in every English text."""
SMALL = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
FIGURES = (
    {word: str(number) for number, word in enumerate(SMALL, start=2)}
    | {word: str(number * 10) for number, word in enumerate(TENS, start=2)}
    | {"thousand": "1000", "million": "1000000"}
)
"""Numbers that are written in words; “one” is more often no number."""


def marked(
    text: str, other: str, names: Collection[str] = (), *, said_by: Collection[str] = ()
) -> SafeString:
    """``text`` with the words marked that ``other`` has, and the numbers and names that it has not.

    ``names`` are known ones; besides, whatever has a capital letter within a sentence is taken for one. What
    says ``other`` seldom names itself: those names are none of what it lacks.
    """
    known = {_as_compared(word) for word, _, _ in spans(other)}
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, known, names, said_by)))


def _pieces(text: str, known: set[str], names: Collection[str], said_by: Collection[str]) -> Iterator[str]:
    done, found = 0, list(spans(text))
    words = [word for word, _, _ in found]
    named, attributed = _places_of(names, words), _places_of(said_by, words, shortest=1)
    for at, (word, begin, end) in enumerate(found):
        yield text[done:begin]
        written = text[begin:end]
        has_capital = written[:1].isupper() and not _begins_sentence(text, begin)
        is_name = at not in attributed and (at in named or has_capital)
        yield _piece(_as_compared(word), written, is_known=_as_compared(word) in known, is_name=is_name)
        done = end
    yield text[done:]


def _piece(word: str, written: str, *, is_known: bool, is_name: bool) -> str:
    is_number = any(letter.isdigit() for letter in word)
    if is_known:
        tells = is_number or is_name or (len(word) >= SHORTEST and word not in COMMON)
        return format_html("<mark>{}</mark>", written) if tells else written
    return format_html('<span class="odd">{}</span>', written) if is_number or is_name else written


def _as_compared(word: str) -> str:
    return FIGURES.get(word, word)


def _places_of(names: Collection[str], words: list[str], *, shortest: int = SHORTEST) -> set[int]:
    """Which of ``words`` are part of one of ``names``, all words of which stand there in turn; of a name of
    several those shorter than ``shortest`` letters tell nothing by themselves."""
    found: set[int] = set()
    for name in names:
        wanted = [word for word, _, _ in spans(name)]
        telling = [at for at, word in enumerate(wanted) if len(word) >= shortest or len(wanted) == 1]
        found.update(begin + at for begin in places_of(name, words) for at in telling)
    return found


def _begins_sentence(text: str, begin: int) -> bool:
    """Whether what stands at ``begin`` has a capital letter for that alone."""
    return not text[:begin].strip() or bool(re.search(r"[.!?…:\n][\s“‘\"'(«]*$", text[:begin]))
