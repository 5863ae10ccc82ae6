"""A question in the language of each database. Pure; each word is quoted, and holds no quotation mark."""

from chronicle.site.search.asking import Asked, Piece

SCOPE = "\ue001"
NEAR = {0: "\ue002", 1: "\ue003"}
"""What words begin with that say which chronicle an entry is of, or stand near; see migration 0002."""


def _mark(tier: int | None) -> str:
    return "" if tier is None else NEAR.get(tier, "")


def for_sqlite(asked: Asked, chronicle: int | None, tier: int | None) -> str:
    """``asked`` for FTS5, of a tier of ``matching`` or of all: out of a chronicle (row id), or out of all."""
    scope = f'"{SCOPE}{chronicle}" AND ' if chronicle else ""
    within = f"{scope}{_any(asked, tier)}"
    left_out = [_phrase(piece, "") for piece in asked.without]
    left_out += [_any(asked, tier - 1)] if tier else []
    return f"({within}) NOT ({' OR '.join(left_out)})" if left_out else within


def _any(asked: Asked, tier: int | None) -> str:
    mark = _mark(tier)
    groups = (" AND ".join(_phrase(piece, mark) for piece in group) for group in asked.alternatives)
    return f"({' OR '.join(f'({group})' for group in groups)})"


def _phrase(piece: Piece, mark: str) -> str:
    return f'"{" ".join(mark + word for word in piece.words)}"{" *" if piece.begins else ""}'


def for_postgresql(asked: Asked, chronicle: int, tier: int | None) -> str:
    """``asked`` as a tsquery, likewise."""
    parts = [f"'{SCOPE}{chronicle}'", _any_lexemes(asked, tier)]
    parts += [f"!{_lexemes(piece, '')}" for piece in asked.without]
    parts += [f"!{_any_lexemes(asked, tier - 1)}"] if tier else []
    return " & ".join(parts)


def _any_lexemes(asked: Asked, tier: int | None) -> str:
    mark = _mark(tier)
    groups = (" & ".join(_lexemes(piece, mark) for piece in group) for group in asked.alternatives)
    return f"({' | '.join(f'({group})' for group in groups)})"


def _lexemes(piece: Piece, mark: str) -> str:
    quoted = " <-> ".join(f"'{mark}{word}'" for word in piece.words)
    return f"({quoted}{':*' if piece.begins else ''})"
