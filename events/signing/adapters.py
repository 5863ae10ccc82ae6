"""What allauth asks of this desk: that nobody signs up by themselves, and what passkeys and apps are told."""

import base64
from functools import cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NobodySignsUp(DefaultAccountAdapter):
    """People are invited: events/admin/desk/invitation.py."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False


class Factors(DefaultMFAAdapter):
    """Keeps the secrets of apps encrypted, so that who reads the database alone has no factor of anybody."""

    def encrypt(self, text: str) -> str:
        return _cipher(settings.DESK_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher(settings.DESK_KEY).decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Chronicle, {settings.CHRONICLE_ORIGIN}"

    def _get_site_name(self) -> str:
        return "Chronicle"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())


@cache
def _cipher(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"chronicle: secrets of apps")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
