"""A search as readers type it, read by the contract's rules, a character at a time.

Words are ANDed, OR parts alternatives, "a phrase" is words in a row, ``begin*`` the beginning of one and
``-`` leaves out. At most 20 words are looked for; the beginning of a word has two letters at least.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chronicle import folding

MOST_WORDS = 20
QUOTES = '"“”„‟«»＂'

Words = tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """Words that stand in a row; the last of them may be only the beginning of one."""

    words: Words
    begins: bool

    def stands_in(self, text: str) -> bool:
        """Whether it stands in ``text``: folded words, each with a blank on both sides."""
        return f" {' '.join(self.words)}{'' if self.begins else ' '}" in text


@dataclass
class Question:
    """What answers it holds all runs of any alternative, and none of ``without``."""

    alternatives: list[list[Run]] = field(default_factory=lambda: [[]])
    without: list[Run] = field(default_factory=list)

    def is_answered_by(self, texts: list[str]) -> bool:
        """Whether ``texts`` hold all of an alternative."""
        return any(
            all(any(run.stands_in(text) for text in texts) for run in runs)
            for runs in self.alternatives
            if runs
        )

    def is_left_out(self, texts: list[str]) -> bool:
        return any(run.stands_in(text) for run in self.without for text in texts)


def read(typed: str) -> Question:
    """The question that was typed."""
    question, room = Question(), MOST_WORDS
    for token, is_quoted in _tokens(typed):
        if token == "OR" and not is_quoted:
            question.alternatives.append([])
            continue
        is_without = token.startswith("-")
        words = folding.words(token)
        begins = not is_quoted and _begins(token)
        if len(words) > room:
            if not is_without and room:
                question.alternatives[-1].append(Run(tuple(words[:room]), begins=False))
            break
        room -= len(words)
        if words:
            (question.without if is_without else question.alternatives[-1]).append(Run(tuple(words), begins))
    return question


def _begins(token: str) -> bool:
    """Whether a star stands right after the last letter, of a word long enough to have a beginning."""
    spans = folding.spans(token)
    return (
        token.endswith("*") and spans[-1:] != [] and spans[-1][2] == len(token) - 1 and len(spans[-1][0]) > 1
    )


def _tokens(typed: str) -> Iterator[tuple[str, bool]]:
    """What stands between two blanks, or two quotation marks, with whether there are two.

    A mark that is never closed is one to the end.
    """
    at = 0
    while at < len(typed):
        quoted_from = at + typed.startswith("-", at)
        if quoted_from < len(typed) and typed[quoted_from] in QUOTES:
            end = _first_of(QUOTES, typed, quoted_from + 1)
            yield typed[at:quoted_from] + typed[quoted_from + 1 : end], end < len(typed)
            at = end + 1
        elif typed[at].isspace():
            at += 1
        else:
            end = at
            while end < len(typed) and not typed[end].isspace() and typed[end] not in QUOTES:
                end += 1
            yield typed[at:end], False
            at = end


def _first_of(characters: str, text: str, start: int) -> int:
    return next((at for at in range(start, len(text)) if text[at] in characters), len(text))
