"""Signed notes are those of C2SP: a note of another implementation verifies, and ours is the same."""

import base64

import pytest

from chronicle.record import notes

pytestmark = pytest.mark.no_database

# The example in the documentation of Go's golang.org/x/mod/sumdb/note.
NAME = "PeterNeumann"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— {NAME} {SIGNATURE}\n"
PUBLIC = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]


def test_a_key_is_told_by_the_four_bytes_that_others_tell_it_by():
    assert notes.key_hash(NAME, PUBLIC).hex() == "c74f20a3"
    assert notes.public_key(SEED) == PUBLIC


def test_a_text_is_signed_as_others_sign_it():
    assert notes.signed(TEXT, NAME, SEED) == NOTE


def test_a_note_of_others_verifies():
    assert notes.is_signed_by(NOTE, NAME, PUBLIC)


def test_one_signature_of_several_is_enough():
    other = notes.signed(TEXT, "somebody", bytes(32)).rpartition("\n\n")[2]

    assert notes.is_signed_by(NOTE + other, NAME, PUBLIC)
    assert notes.is_signed_by(NOTE + other, "somebody", notes.public_key(bytes(32)))


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("problem is.", "problem was."),
        NOTE.replace("If", "if"),
        NOTE.replace("is.\n", "is. \n"),
        NOTE.replace("— ", "- "),
        NOTE.replace(NAME, "Somebody"),
        NOTE.replace("x08g", "y08g"),
        NOTE.replace("JnAM=", "JnAN="),
        NOTE.replace(SIGNATURE, SIGNATURE[:-4]),
        NOTE.replace(SIGNATURE, "no base64 at all"),
        NOTE.replace(SIGNATURE, ""),
        TEXT,
        "",
    ],
)
def test_nothing_else_verifies(note):
    assert note != NOTE
    assert not notes.is_signed_by(note, NAME, PUBLIC)


def test_another_key_or_name_does_not_verify():
    assert not notes.is_signed_by(NOTE, NAME, notes.public_key(bytes(32)))
    assert not notes.is_signed_by(NOTE, "Somebody", PUBLIC)
