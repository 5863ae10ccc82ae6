"""Marking what a reader asked for where it stands on a page."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from django.utils.safestring import SafeString

from chronicle import folding, prose
from chronicle.site.search.asking import Asked, Piece


# The same search is turned over page by page, and shared. By type: what is safe equals what is not.
@lru_cache(maxsize=512, typed=True)
def marked(html: str, asked: Asked) -> SafeString:
    """Safe ``html`` with each word marked that ``asked`` looks for.

    Those of a phrase are marked where the whole of it stands, and a word whose beginning is looked for to its
    end. Without the marks it is ``html`` again.
    """
    by_first: dict[str, list[Piece]] = defaultdict(list)
    for piece in asked.pieces:
        by_first[piece.words[0]].append(piece)
    beginnings = tuple(piece.words[0] for piece in asked.pieces if piece.begins and len(piece.words) == 1)

    def found(plain: str) -> Iterator[prose.Span]:
        spans = folding.spans(plain)
        words = [word for word, _, _ in spans]
        hits: set[int] = set()
        for place, word in enumerate(words):
            if word in by_first:
                hits.update(*(_places(piece, words, place) for piece in by_first[word]))
            if word.startswith(beginnings):
                hits.add(place)
        return (spans[place][1:] for place in sorted(hits))

    return prose.with_marks(html, found)


def _places(piece: Piece, words: list[str], place: int) -> range:
    """Where among ``words`` those of ``piece`` stand, if they do from ``place`` on."""
    *exact, last = piece.words
    run = words[place : place + len(piece.words)]
    if len(run) < len(piece.words) or run[:-1] != exact:
        return range(0)
    stands = run[-1].startswith(last) if piece.begins else run[-1] == last
    return range(place, place + len(run)) if stands else range(0)
