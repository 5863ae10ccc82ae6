"""What a reader asks for, from what was typed. Pure, and never an error: what is no sign is words.

``flood rescue OR fire`` asks for the first two words, or for the third; OR is in capitals. ``"a phrase"`` is
words in that order, ``begin*`` the beginning of one, ``-word`` and ``-"a phrase"`` what no answer may hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chronicle import folding

MOST = 20
"""How many words of a question are looked for."""

LEAST = 2
"""How many letters the beginning of a word needs: every entry has words that begin with one, or another."""

NOTHING_SAID = "There is no word to look for in this search."
ONLY_WITHOUT = "This search only says what to leave out. Add a word to look for."
TOO_MANY = f"Only the first {MOST} words of this search were looked for."

TOO_SHORT = f"The beginning of a word needs {LEAST} letters before its *."

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TYPED = re.compile(r'-?"[^"]*"?|[^\s"]+')


@dataclass(frozen=True)
class Piece:
    """Folded words that stand one after the other; where it ``begins``, the last begins a word."""

    words: tuple[str, ...]
    begins: bool = False


Group = tuple[Piece, ...]


@dataclass(frozen=True)
class Asked:
    """A question. What answers it has all pieces of one of ``alternatives``, and none of ``without``.

    Without alternatives, none does. ``said`` is what was typed, to the letter; ``sentences`` say what of it
    was passed over, and why nothing is found.
    """

    said: str
    alternatives: tuple[Group, ...] = ()
    without: Group = ()
    sentences: tuple[str, ...] = ()

    @property
    def pieces(self) -> Group:
        """Everything that is looked for, each piece once."""
        return tuple(dict.fromkeys(piece for group in self.alternatives for piece in group))


def asked(said: str) -> Asked:
    """The question that ``said`` puts."""
    reading = _Reading()
    for typed in _TYPED.findall(said.translate(_QUOTES)):
        reading.take(typed)
    alternatives = tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in reading.groups if group))
    return Asked(said, alternatives, tuple(dict.fromkeys(reading.without)), tuple(reading.sentences()))


class _Reading:
    """What was read of a question so far."""

    def __init__(self) -> None:
        self.groups: list[list[Piece]] = [[]]
        self.without: list[Piece] = []
        self.room = MOST
        self.is_cut = self.is_short = False

    def take(self, typed: str) -> None:
        """Read what was typed between two blanks, or two quotation marks."""
        if self.is_cut:
            return
        if typed == "OR":
            self.groups.append([])
            return
        piece = self._fitting(self._piece(typed), is_left_out=typed.startswith("-"))
        if piece.words:
            (self.without if typed.startswith("-") else self.groups[-1]).append(piece)

    def _piece(self, typed: str) -> Piece:
        spans = folding.spans(typed)
        begins = bool(spans) and typed.endswith("*") and spans[-1][2] == len(typed) - 1
        if begins and len(spans[-1][0]) < LEAST:
            begins, self.is_short = False, True
        return Piece(tuple(word for word, _, _ in spans), begins)

    def _fitting(self, piece: Piece, *, is_left_out: bool) -> Piece:
        """As much of ``piece`` as there is room for; a part of what to leave out would leave out more."""
        self.is_cut = len(piece.words) > self.room
        if self.is_cut:
            piece = Piece(() if is_left_out else piece.words[: self.room])
        self.room -= len(piece.words)
        return piece

    def sentences(self) -> Iterator[str]:
        """What the reader is told."""
        if not any(self.groups):
            yield ONLY_WITHOUT if self.without else NOTHING_SAID
        if self.is_short:
            yield TOO_SHORT
        if self.is_cut:
            yield TOO_MANY
