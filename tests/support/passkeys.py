"""A device with one passkey, in software: it signs whatever it is told, as one that was tampered with."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils.http import int_to_base36
from fido2 import cbor
from fido2.cose import ES256

NAME = b"the name of a key"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def written(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")


class Passkey:
    """A passkey of ``host``. Its ``counter`` is one more at each use, unless it is told what to be."""

    def __init__(self, host: str = "testserver", *, counter: int = 0) -> None:
        self.host, self.counter, self.key = host, counter, ec.generate_private_key(ec.SECP256R1())

    def made(self, options: dict[str, Any], **more: Any) -> dict[str, Any]:
        """What a browser says of it as it is made; ``more`` takes the place of what it would say."""
        public = dict(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + len(NAME).to_bytes(2, "big") + NAME + cbor.encode(public)
        data = self._data(PRESENT | VERIFIED | ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = {"clientDataJSON": self._client("webauthn.create", options), "attestationObject": attestation}
        return self._told(said) | more

    def used(self, options: dict[str, Any], person: Any = None, *, flags: int = PRESENT | VERIFIED) -> Any:
        """What a browser says as it is used, to be ``person``."""
        client, data = self._client("webauthn.get", options), self._data(flags)
        signed = data + hashlib.sha256(client).digest()
        signature = self.key.sign(signed, ec.ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        if person is not None:
            said["userHandle"] = int_to_base36(person.pk).encode()
        return self._told(said)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": f"https://{self.host}"}
        return json.dumps(said).encode()

    def _data(self, flags: int) -> bytes:
        owner = hashlib.sha256(self.host.encode()).digest()
        return owner + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _told(self, said: dict[str, bytes]) -> dict[str, Any]:
        response = {name: written(value) for name, value in said.items()}
        extensions = {"credProps": {"rk": True}}
        return {
            "id": written(NAME),
            "rawId": written(NAME),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
