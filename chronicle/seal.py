"""How the record is sealed: canonical JSON, commitments, and the Merkle tree over all editions.

All that an outside verifier needs, with nothing but Python's standard library:

- A document is written as canonical JSON (RFC 8785 for the values that documents hold), in UTF-8.
- ``commitment = SHA-256(salt || canonical document)``; the salt is 32 random bytes.
- An edition seals a header, and its leaf is ``SHA-256(0x00 || canonical header)``.
- The leaves of a chronicle, in order, are the leaves of a Merkle tree after RFC 6962, section 2.1.

Hashes are bytes here; where they are kept as text they are lower-case hexadecimal.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

FORMAT = 1
"""The version of the header."""

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of a tree without leaves."""

LARGEST = 2**53 - 1
"""Whole numbers beyond it are not the same in every language that reads JSON."""

HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""A surrogate, which UTF-8 cannot write."""


class Unsealable(ValueError):
    """A value that no document may hold. Its text is a sentence that says which and why."""


def canonical(value: Any) -> bytes:
    """``value`` as canonical JSON in UTF-8.

    Objects with ASCII keys, sorted; lists; text in NFC; whole numbers within ±(2⁵³−1); true, false and
    null. Raises Unsealable for anything else: databases and languages do not agree on how to keep it.
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _check(value: Any) -> None:
    match value:
        case None | bool():
            return
        case int():
            _check_number(value)
        case str():
            check_text(value)
        case list():
            for item in value:
                _check(item)
        case dict():
            _check_object(value)
        case _:
            raise Unsealable(f"A document cannot hold a {type(value).__name__}; write it as text.")


def _check_number(number: int) -> None:
    if abs(number) > LARGEST:
        raise Unsealable(f"The number {number} is too large for a document; write it as text.")


def check_text(text: str) -> None:
    """Raises Unsealable for text that no document may hold."""
    if "\0" in text:
        raise Unsealable("The text holds a NUL character, which cannot be kept.")
    if HALF_A_CHARACTER.search(text):
        raise Unsealable("The text holds half of a character, which cannot be kept.")
    if not unicodedata.is_normalized("NFC", text):
        raise Unsealable("The text is not in the composed form of Unicode (NFC).")


def _check_object(value: dict[Any, Any]) -> None:
    for key, item in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise Unsealable(f"A key of a document is {key!r}; keys are ASCII text.")
        _check(item)


def commitment(salt: bytes, document: Any) -> bytes:
    """What an edition seals of its document: nobody can tell the document from it without the salt."""
    return hashlib.sha256(salt + canonical(document)).digest()


def leaf(header: dict[str, Any]) -> bytes:
    """The leaf of an edition in the tree of its chronicle."""
    return leaf_of(canonical(header))


def leaf_of(entry: bytes) -> bytes:
    """The hash of a leaf that holds ``entry`` (RFC 6962: MTH of one entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two smaller than ``size``, which must be 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over ``leaves``."""
    frontier: list[bytes] = []
    for size, each in enumerate(leaves):
        frontier = grown(frontier, size, each)
    return root_of(frontier)


def grown(frontier: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The frontier of a tree of ``size`` leaves with one more.

    A frontier is the roots of the full subtrees that the tree is made of, the largest first: one for
    each bit of ``size``. From it a tree grows, and its root is found, without its leaves.
    """
    grown = list(frontier)
    while size & 1:
        leaf = _node(grown.pop(), leaf)
        size >>= 1
    grown.append(leaf)
    return grown


def root_of(frontier: Sequence[bytes]) -> bytes:
    """The root of the tree whose frontier this is."""
    if not frontier:
        return EMPTY_ROOT
    *left, found = frontier
    for subtree in reversed(left):
        found = _node(subtree, found)
    return found


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf ``index`` is in the tree over ``leaves`` (RFC 6962: PATH).

    :raises IndexError: when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"There is no leaf {index} among {len(leaves)}.")
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), root(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), root(leaves[:k])]


def sides(index: int, size: int, proof: Sequence[bytes]) -> list[tuple[bool, bytes]]:
    """Each hash of an inclusion proof, from the leaf up, and whether it stands on the left.

    :raises ValueError: when it is no proof of leaf ``index`` among ``size``.
    """
    steps = _steps(index, size - 1, proof) if 0 <= index < size else None
    if steps is None:
        raise ValueError(f"This proves nothing of leaf {index} among {size}.")
    return steps


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that ``proof`` leads to from ``leaf``, the leaf ``index`` of ``size``; None if nowhere."""
    steps = _steps(index, size - 1, proof) if 0 <= index < size else None
    if steps is None:
        return None
    found = leaf
    for on_left, sibling in steps:
        found = _node(sibling, found) if on_left else _node(found, sibling)
    return found


def _steps(position: int, last: int, siblings: Sequence[bytes]) -> list[tuple[bool, bytes]] | None:
    """Each sibling on the way up from ``position``, and whether it stands on the left.

    None where there are more or fewer of them than a tree whose last leaf is ``last`` has. The way of
    RFC 9162, sections 2.1.3.2 and 2.1.4.2.
    """
    steps = []
    for sibling in siblings:
        if last == 0:
            return None
        on_left = bool(position & 1) or position == last
        steps.append((on_left, sibling))
        # On the right edge a subtree that is not full has no sibling until it meets one on its left.
        while on_left and position and not position & 1:
            position, last = position >> 1, last >> 1
        position, last = position >> 1, last >> 1
    return steps if last == 0 else None


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The proof that the tree over the first ``earlier`` leaves is a beginning of this one (RFC 6962: PROOF).

    :raises IndexError: unless ``earlier`` lies between 1 and the number of leaves.
    """
    if not 1 <= earlier <= len(leaves):
        raise IndexError(f"A tree of {len(leaves)} leaves has no beginning of {earlier}.")
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if earlier <= k:
        return [*_subproof(leaves[:k], earlier, whole=whole), root(leaves[k:])]
    return [*_subproof(leaves[k:], earlier - k, whole=False), root(leaves[:k])]


def is_consistent(
    earlier: int, earlier_root: bytes, later: int, later_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` shows that the tree of ``later`` leaves begins with that of ``earlier``."""
    if not 1 <= earlier <= later:
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    # A full subtree is its own beginning: the proof leaves out what whoever asks knows already.
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    return _roots_by_consistency(earlier, later, path) == (earlier_root, later_root)


def _roots_by_consistency(earlier: int, later: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of both trees that ``path`` leads to; None if it leads nowhere."""
    position, last = earlier - 1, later - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    steps = _steps(position, last, path[1:])
    if steps is None or not path:
        return None
    first = second = path[0]
    for on_left, sibling in steps:
        if on_left:
            first = _node(sibling, first)
        second = _node(sibling, second) if on_left else _node(second, sibling)
    return first, second
