"""Signed notes after C2SP: a text, a blank line, and a line for each who signed it, here by Ed25519.

Whoever signs has a name. Their key is told by the name and four bytes of its hash.
"""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
"""The kind of signature, as it goes into the hash of a key."""

MARK = "—"
"""With it a line begins that is a signature."""


def public_key(key: bytes) -> bytes:
    """The public key of the Ed25519 key with the seed ``key`` (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_hash(name: str, public: bytes) -> bytes:
    """The four bytes by which a signature of ``name`` tells its key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def signed(text: str, name: str, key: bytes) -> str:
    """``text``, which must end with a line break, as a note signed by ``name`` with the seed ``key``."""
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(text.encode())
    encoded = base64.b64encode(key_hash(name, public_key(key)) + signature).decode()
    return f"{text}\n{MARK} {name} {encoded}\n"


def is_signed_by(note: str, name: str, public: bytes) -> bool:
    """Whether ``note`` carries a signature over its text by ``name`` with the key ``public``."""
    text, _, signatures = note.rpartition("\n\n")
    return any(_is_by(line, f"{text}\n", name, public) for line in signatures.splitlines())


def _is_by(line: str, text: str, name: str, public: bytes) -> bool:
    mark, _, rest = line.partition(" ")
    signer, _, encoded = rest.rpartition(" ")
    if (mark, signer) != (MARK, name):
        return False
    try:
        signature = base64.b64decode(encoded, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    # A signature has one spelling.
    return signature[:4] == key_hash(name, public) and base64.b64encode(signature).decode() == encoded
