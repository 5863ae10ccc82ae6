"""Canonical JSON, and the tree over all editions, held against RFC 8785 and the definitions of RFC 6962."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import seal
from chronicle.seal import Unsealable

pytestmark = pytest.mark.no_database

SIZES = range(131)
LEAVES = [seal.leaf_of(str(n).encode()) for n in SIZES]


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def mth(d: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, over entries whose leaf hashes are ``d``."""
    n = len(d)
    if n == 0:
        return sha256(b"")
    if n == 1:
        return d[0]
    k = largest_power_below(n)
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962, section 2.1.1."""
    n = len(d)
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def proof(m: int, d: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n]) of RFC 6962, section 2.1.2."""
    return subproof(m, d, True)


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    n = len(d)
    if m == n:
        return [] if b else [mth(d)]
    k = largest_power_below(n)
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def test_the_empty_root_and_the_empty_leaf_are_those_of_the_standard():
    assert seal.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert seal.leaf_of(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert seal.root([]) == seal.EMPTY_ROOT


def test_the_root_is_that_of_the_standard_at_every_size():
    assert [seal.root(LEAVES[:n]) for n in SIZES] == [mth(LEAVES[:n]) for n in SIZES]


def test_a_tree_grows_from_its_frontier_alone():
    frontier: list[bytes] = []
    for size, leaf in enumerate(LEAVES):
        frontier = seal.grown(frontier, size, leaf)

        assert seal.root_of(frontier) == mth(LEAVES[: size + 1])
        assert len(frontier) == (size + 1).bit_count()


@pytest.mark.parametrize("size", SIZES[1:])
def test_every_leaf_has_the_proof_of_the_standard_and_no_other_passes(size):
    leaves, root = LEAVES[:size], mth(LEAVES[:size])
    for index in range(size):
        given_proof = seal.inclusion_proof(leaves, index)

        assert given_proof == path(index, leaves)
        assert seal.root_by_inclusion(leaves[index], index, size, given_proof) == root
        assert seal.root_by_inclusion(LEAVES[-1] + b"x", index, size, given_proof) != root
        assert seal.root_by_inclusion(leaves[index], index, size, [*given_proof, root]) is None
        if given_proof:
            assert seal.root_by_inclusion(leaves[index], index, size, given_proof[:-1]) != root


@pytest.mark.parametrize("later", SIZES[1:])
def test_every_earlier_tree_has_the_proof_of_the_standard_and_no_other_passes(later):
    leaves, root = LEAVES[:later], mth(LEAVES[:later])
    for earlier in range(1, later + 1):
        before, given_proof = mth(LEAVES[:earlier]), seal.consistency_proof(leaves, earlier)

        assert given_proof == proof(earlier, leaves)
        assert seal.is_consistent(earlier, before, later, root, given_proof)
        assert not seal.is_consistent(earlier, sha256(before), later, root, given_proof)
        assert not seal.is_consistent(earlier, before, later, sha256(root), given_proof)
        assert not seal.is_consistent(earlier, before, later, root, [*given_proof, root])
        if given_proof:
            assert not seal.is_consistent(earlier, before, later, root, given_proof[1:])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        seal.inclusion_proof(LEAVES[:3], index)
    assert seal.root_by_inclusion(LEAVES[0], index, 3, []) is None


@pytest.mark.parametrize("earlier", [0, 4])
def test_there_is_no_proof_of_a_beginning_that_is_none(earlier):
    with pytest.raises(IndexError):
        seal.consistency_proof(LEAVES[:3], earlier)
    assert not seal.is_consistent(earlier, seal.EMPTY_ROOT, 3, seal.root(LEAVES[:3]), [])


def test_a_leaf_is_the_hash_of_the_canonical_header():
    header = {"seq": 1, "header": 1}

    assert seal.leaf(header) == sha256(b"\x00" + b'{"header":1,"seq":1}')


def test_a_commitment_is_the_hash_of_the_salt_and_the_canonical_document():
    assert seal.commitment(b"s" * 32, {"b": "ł", "a": [1, True, None]}) == sha256(
        b"s" * 32 + '{"a":[1,true,null],"b":"ł"}'.encode()
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
        ([1, 'é\n"\\/\u2028', None, False], '[1,"é\\n\\"\\\\/\u2028",null,false]'),
        ("\x01\x1f\x7f\b\f\t", '"\\u0001\\u001f\x7f\\b\\f\\t"'),
        ({}, "{}"),
        (-(2**53 - 1), "-9007199254740991"),
    ],
)
def test_canonical_json_is_that_of_rfc_8785(value, written):
    assert seal.canonical(value).decode() == written


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        2**53,
        -(2**53),
        "nul \0",
        "half \ud83d",
        "e\u0301",
        {"é": 1},
        {1: 2},
        b"bytes",
        {"a": [{"b": 0.5}]},
    ],
)
def test_what_cannot_be_sealed_is_refused_in_a_sentence(value):
    with pytest.raises(Unsealable, match=r"\w+ .*\."):
        seal.canonical(value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_is_written_so_that_it_reads_the_same_or_is_refused(value):
    try:
        written = seal.canonical(value)
    except Unsealable:
        return

    assert json.loads(written) == value
    assert seal.canonical(json.loads(written)) == written
