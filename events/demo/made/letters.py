"""Invented names and words in four scripts, letter for letter the same. All chance is the caller's dice."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

LANGUAGES = ("en", "ru", "hy", "ar")
"""The languages that the four scripts are marked with: Latin, Cyrillic, Armenian, Arabic."""

SCRIPTS = {
    "ru": dict(zip("a b d e f g h i k l m n o p r s t u v y z".split(), "абдефгхиклмнопрстувйз", strict=True))
    | {"sh": "ш"},
    "hy": dict(zip("a b d e f g h i k l m n o p r s t v y z".split(), "աբդեֆգհիկլմնոպրստվյզ", strict=True))
    | {"sh": "շ", "u": "ու"},
    "ar": dict(zip("a b d e f g h i k l m n o p r s t u v y z".split(), "ابدهفغهيكلمنوبرستوفيز", strict=True))
    | {"sh": "ش"},
}
SPELLINGS: tuple[dict[str, str], ...] = (
    {"k": "q", "v": "w", "sh": "sch", "y": "j"},
    {"a": "ā", "s": "ş", "i": "î", "o": "ö", "sh": "š"},
    {"u": "ou", "z": "dz", "f": "ph", "k": "kh"},
)
"""How others spell the same in Latin letters."""

LETTER = re.compile("sh|.", re.DOTALL)
CONSONANTS = "b d f g h k l m n p r s t v y z sh".split()
VOWELS = "aeiou"
ENDINGS = "zumve volzh repshk tirvo fonku mezgur delmut vukash pelzor gorfim nazbul hirvet".split()
"""What no town, village or family is likely to end with."""


def written(name: str, language: str) -> str:
    """``name``, in Latin letters, as the script of ``language`` has it."""
    return _spelled(name, SCRIPTS[language]) if language in SCRIPTS else name


def variants(name: str) -> list[str]:
    """Other spellings of ``name`` in Latin letters."""
    spelled = (_spelled(name, spelling) for spelling in SPELLINGS)
    return [other for other in dict.fromkeys(spelled) if other != name]


def _spelled(name: str, letters: dict[str, str]) -> str:
    return " ".join(_spelled_word(word, letters) for word in name.split(" "))


def _spelled_word(word: str, letters: dict[str, str]) -> str:
    spelled = LETTER.sub(lambda found: letters.get(found[0], found[0]), word.lower())
    return spelled if word.islower() else spelled[:1].upper() + spelled[1:]


def syllables(dice: Random, count: int) -> str:
    return "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(count))


def made_name(dice: Random) -> str:
    """A proper name that nothing real bears."""
    return (syllables(dice, 2) + dice.choice(ENDINGS)).capitalize()


def made_word(dice: Random) -> str:
    """A word that means nothing."""
    return syllables(dice, dice.choice((2, 3, 3, 4))) + dice.choice("nrlmkt")


def unlike(make: Callable[[], str]) -> Iterator[str]:
    """What ``make`` invents, each but once."""
    met = set()
    while True:
        name = make()
        if name not in met:
            met.add(name)
            yield name


class Zipf(Generic[Thing]):
    """Things of which the first come up often and the last hardly ever, as words in a language do."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self._up_to = list(accumulate(1 / (rank + 2) for rank in range(len(things))))

    def pick(self, dice: Random, count: int = 1) -> list[Thing]:
        """``count`` of them, of which some may be the same."""
        return dice.choices(self.things, cum_weights=self._up_to, k=count)
