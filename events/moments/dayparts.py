"""Parts of the day in other languages than English, as the English words that mean the same.

The names are those of CLDR, in the forms that prose uses. Where a part begins is the chronicle's to say, so
only parts that lie within an English one are read by themselves. Others say no more than which half of the
day a clock time lies in, and are marked with "*": a Spanish "tarde" ends at eight, a Turkish "gece" begins at
nine, a German "Mittag" lasts till two; "ночи" and "du matin" are said of hours alone. What is a noun in the
same form is marked with "!". "Morgen", "mañana" and "gece yarısı", which mean other things as well, are left
out, and so are words for early and late but those that stand here.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from events.moments.languages import ENGLISH

_NAMES = """
ru morning: утром
ru morning*: утра, часов утра, часа утра, час утра
ru daytime: днём, днем
ru afternoon*: дня, часов дня, часа дня, час дня
ru evening: вечером
ru evening*: вечера, часов вечера, часа вечера
ru night: ночью
ru night*: ночи, часов ночи, часа ночи, час ночи
ru early morning: рано утром
ru late evening: поздно вечером
uk morning: вранці, уранці, зранку
uk morning*: ранку, годині ранку, години ранку
uk daytime: вдень, удень
uk afternoon*: дня, годині дня, години дня
uk evening: ввечері, увечері
uk evening*: вечора, годині вечора, години вечора
uk night: вночі, уночі
uk night*: ночі, годині ночі, години ночі
uk early morning: рано вранці
uk late evening: пізно ввечері, пізно увечері
az morning: səhər!, səhər saatlarında
az afternoon: günortadan sonra
az evening: axşam!, axşam saatlarında
az night*: gecə!
hy morning: առավոտյան
hy daytime: ցերեկը
hy afternoon*: ցերեկվա
hy evening: երեկոյան
hy night: գիշերը
hy night*: գիշերվա
hy early morning: վաղ առավոտյան
hy late evening: ուշ երեկոյան
tr morning: sabah!, sabahleyin, sabah saatlerinde
tr afternoon: öğleden sonra
tr evening: akşam!, akşamleyin, akşam saatlerinde
tr night*: gece!, geceleyin
de morning: morgens, am morgen, vormittags, am vormittag
de midday*: mittags
de afternoon: nachmittags, am nachmittag
de evening: abends, am abend
de night: nachts, in der nacht
de early morning: am frühen morgen
de late evening: am späten abend
fr morning: le matin, au matin, dans la matinée
fr morning*: du matin, heure du matin, heures du matin
fr afternoon: l'après midi, dans l'après midi
fr afternoon*: de l'après midi, heure de l'après midi, heures de l'après midi
fr evening: le soir, au soir, dans la soirée
fr evening*: du soir, heure du soir, heures du soir
fr night: dans la nuit, pendant la nuit
es morning: por la mañana, en la mañana
es morning*: de la mañana
es afternoon*: de la tarde
es evening: por la noche
es night*: de la noche, de madrugada, de la madrugada
"""


@dataclass(frozen=True)
class Named:
    """One name of a part of the day: ``words`` are the English ones."""

    before: tuple[str, ...]
    """The words of the name before its last, as tokens have them: in English where that is known."""
    words: tuple[str, ...]
    languages: Set[str]
    leans: bool
    """Whether it says something only beside a clock time."""

    is_noun: bool
    """Whether the same form is a noun as well."""

    def is_name(self, written: str) -> bool:
        """Whether what was ``written`` is a name of something, by its capital: the paper "Le Matin"."""
        last = re.findall(r"[^\W\d_]+", written)[-1]
        return bool(self.before) and last[:1].isupper() and "de" not in self.languages

    @property
    def phrase(self) -> str:
        """The English words as a phrase has them: "late in the evening"."""
        *share, part = self.words
        return " ".join((*share, "at" if part in ("night", "midday") else "in the", part))


def _table() -> dict[str, list[Named]]:
    """The names by their last words, the longest first."""
    table: dict[str, list[Named]] = {}
    of: dict[tuple[str, ...], set[str]] = {}
    # Where one name begins another, its tokens are in English by then.
    known = dict(ENGLISH)
    for line in _NAMES.strip().splitlines():
        meaning, _, names = line.partition(": ")
        language, _, words = meaning.partition(" ")
        for name in names.split(", "):
            *before, last = name.split()
            before = [known.get(word, word) for word in before]
            if not before:
                known[last.rstrip("!")] = words.rstrip("*")
            leans, is_noun = words.endswith("*"), last.endswith("!")
            languages = of.setdefault((*before, last.rstrip("!")), set())
            languages.add(language)
            named = Named(tuple(before), tuple(words.rstrip("*").split()), languages, leans, is_noun)
            table.setdefault(last.rstrip("!"), []).append(named)
    for several in table.values():
        several.sort(key=lambda named: len(named.before), reverse=True)
    return table


NAMES = _table()
