"""Makes up what readers ask for: any parameters together, good and bad, of what the record may hold."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from urllib.parse import urlencode

from tests.support.oracle.answers import ALONE, FACETS, KNOWN, TERMS, Pairs
from tests.support.oracle.sheets import Printed, Told

BAD = {
    "kind": ("0", "007", "99999", "!!!", "nobody", "-1", "1 OR 1=1", "٣", "", "x" * 150),
    "part": ("noon", "", "NIGHT", "1"),
    "standing": ("true", "Single", "\0"),
    "stance": ("support", "'"),
    "from": ("2020-02-31", "yesterday", "", "10000-01-01", "51"),
    "to": ("1951-13-01", "-", "0000-01-01", "1951"),
    "by": ("heard", "", "TOLD"),
    "order": ("random", "", "-sk", "best"),
    "key": ("0", "true", ""),
    "media": ("1", "no", "YES", ""),
    "since": ("12", "x"),
    "after": ("x", "1.2.3", "", "--1", "1e9"),
    "before": ("y", ".", "1.", "²"),
    "page": ("2",),
}
BAD |= dict.fromkeys(TERMS, BAD["kind"])

WIDTHS = (0, 0, 1, 2, 7, 31, 200, 366, 5_000, 40_000)
"""How many days lie between from and to."""

SIGNS = ("*", "-", '"', "OR", "--", '-"', "a*", "&", "the", "\u200f", "no-such-word", "%", "“", "NEAR", "NOT")


class Curious:
    """Somebody who asks by what an entry holds: mostly of the same one, so that something is found.

    They are of the entries ``about``, or of any. ``words`` is the share of queries with words to look for.
    """

    def __init__(
        self, printed: Printed, dice: Random, *, about: Sequence[Told] = (), words: float = 0.35
    ) -> None:
        self.printed, self.dice, self.share_of_words = printed, dice, words
        self.about = about or printed.entries
        self.words = [word for text in printed.raw for word in text.split()]
        self.spelled = [name for names in printed.names.values() for name in names]

    def query(self, *, of_a_day: bool = False) -> Pairs:
        """The names and values of one query string, in any order."""
        about = self.dice.choice(self.about)
        pairs: Pairs = []
        for facet in self.dice.sample(
            [*FACETS, *ALONE], self.dice.choices(range(6), (34, 34, 18, 8, 4, 2))[0]
        ):
            pairs += self._of_facet(facet, about)
        if self.dice.random() < 0.25 and not of_a_day:
            pairs += self._days(about)
        if self.dice.random() < self.share_of_words and not of_a_day:
            pairs.append(("q", self.typed(about)))
        pairs += self._way()
        if self.dice.random() < 0.12:
            pairs.append(self._bad(pairs))
        self.dice.shuffle(pairs)
        return pairs

    def _way(self) -> Pairs:
        """The clock and the order."""
        by = [("by", self.dice.choice(("told", "told", "happened")))] if self.dice.random() < 0.4 else []
        order = (
            [("order", self.dice.choice(("oldest", "newest", "best")))] if self.dice.random() < 0.5 else []
        )
        return by + order

    def _bad(self, pairs: Pairs) -> tuple[str, str]:
        """What means nothing; of what may be asked for once, only where it is not."""
        once = {name for name, _ in pairs} - {*FACETS}
        name = self.dice.choice([name for name in BAD if name not in once])
        return name, self.dice.choice(BAD[name])

    def _of_facet(self, facet: str, about: Told) -> Pairs:
        if facet in ALONE:
            return [(facet, ALONE[facet])] if self.dice.random() < 0.4 else []
        held = sorted(about.facets[facet]) if self.dice.random() < 0.88 else []
        every = KNOWN.get(facet) or [number for of, number in self.printed.names if of == facet]
        values = [self.dice.choice(held or every)]
        while self.dice.random() < 0.45:
            values.append(self.dice.choice(every))
        return [(facet, self._named(facet, value)) for value in values]

    def _named(self, facet: str, value: str) -> str:
        """Now and then the name of a term in place of its number, in another case, or the end of it."""
        if facet in KNOWN or self.dice.random() < 0.75:
            return value
        name = self.dice.choice(self.printed.names[facet, value])
        name = " ".join(name.split()[self.dice.choice((0, 0, 0, 1)) :]) or name
        return self.dice.choice((name, name.upper(), f" {name}! "))[:100]

    def _days(self, about: Told) -> Pairs:
        first = self.dice.choice((about.first, about.last, about.told_on, about.happened_on))
        first -= timedelta(days=self.dice.choice((0, 0, 1, 3, 400)))
        last = first + timedelta(days=self.dice.choice(WIDTHS))
        if self.dice.random() < 0.06:
            first, last = last, first
        if self.dice.random() < 0.2:
            first, last = first.replace(day=1), date(last.year, 12, 31)
        pairs = [("from", first.isoformat()), ("to", last.isoformat())]
        return self.dice.choice((pairs, pairs, pairs[:1], pairs[1:]))

    def typed(self, about: Told) -> str:
        """A search: words, phrases, beginnings, alternatives, what to leave out, signs that mean nothing."""
        tokens = [self._token(about) for _ in range(self.dice.choices(range(1, 6), (55, 25, 10, 6, 4))[0])]
        if self.dice.random() < 0.25:
            tokens.insert(self.dice.randrange(len(tokens) + 1), self.dice.choice((*SIGNS, "OR", "OR")))
        if self.dice.random() < 0.03:
            tokens += self.dice.choices(self.words, k=25)
        return " ".join(tokens)

    def _token(self, about: Told) -> str:
        texts = [about.headline, about.names, about.body, about.names]
        text = self.dice.choice(self.dice.choice([each for each in texts if each])).split()
        word = self.dice.choice(text)
        if self.dice.random() < 0.3:
            word = self.dice.choice(self.dice.choice(self.spelled).split())
        if self.dice.random() < 0.1:
            word = self.dice.choice(self.words)
        at = self.dice.randrange(len(text))
        phrase = " ".join(text[at : at + self.dice.randrange(2, 4)])
        begun = f"{word[: self.dice.randrange(1, 5)]}*"
        form = self.dice.choice((word, word, word.upper(), begun, f'"{phrase}"', f"“{phrase}”"))
        other = self.dice.choice(self.words)
        forms = (form, f"{form} OR {other}", f"{form} -{other}", f'{form} -"{phrase[1:]}"')
        return self.dice.choices(forms, (7, 1, 1, 1))[0]


def query_string(pairs: Pairs) -> str:
    return f"?{urlencode(pairs)}"
