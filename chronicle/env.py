"""Typed readers of the environment.

Each names its variable. A wrong or missing value stops the start with a sentence that says what to
set, instead of a traceback from somewhere later.
"""

import base64
import os
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

TRUE = {"true", "1", "yes", "on"}
ADDRESSES = "Set it to postgres://user:password@host:port/name or sqlite:///path/to/file."
FALSE = {"false", "0", "no", "off", ""}
LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
ORIGIN = re.compile(rf"https://{LABEL}(\.{LABEL})*(:[1-9][0-9]{{0,4}})?")


class Environment:
    """The variables of ``variables`` (``os.environ`` unless told), read by type."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = os.environ if variables is None else variables

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no, written as true or false."""
        value = self.variables.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE:
            return True
        if value.strip().lower() in FALSE:
            return False
        raise ImproperlyConfigured(f"{name} is “{value}”. Set it to “true” or “false”.")

    def text(self, name: str, *, default: str) -> str:
        """A line of text."""
        return self.variables.get(name, default).strip() or default

    def choice(self, name: str, *, choices: tuple[str, ...], default: str) -> str:
        """One of ``choices``."""
        value = self.variables.get(name, default).strip()
        if value not in choices:
            raise ImproperlyConfigured(f"{name} is “{value}”. Set it to one of: {', '.join(choices)}.")
        return value

    def names(self, name: str, *, default: list[str], needed: str = "") -> list[str]:
        """Names parted by commas. With ``needed``, none at all stops the start with that sentence."""
        value = self.variables.get(name)
        found = default if value is None else [part.strip() for part in value.split(",") if part.strip()]
        if needed and not found:
            raise ImproperlyConfigured(f"{name} is not set. {needed}")
        return found

    def secret(self, name: str, *, default: str = "", least: int = 50) -> str:
        """A secret of at least ``least`` characters. Without ``default`` it must be set."""
        value = self.variables.get(name, default)
        if not value:
            raise ImproperlyConfigured(
                f"{name} is not set. Set it to a random text of at least {least} characters, for example the "
                "output of: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        if len(value) < least:
            raise ImproperlyConfigured(
                f"{name} has {len(value)} characters. Set it to a random text of at least {least}."
            )
        return value

    def number(self, name: str, *, default: int) -> int:
        """A whole number from 0 on."""
        value = self.variables.get(name, "").strip() or str(default)
        if not re.fullmatch("[0-9]{1,6}", value):
            raise ImproperlyConfigured(
                f"{name} is “{value[:20]}”. Set it to a whole number, such as {default}."
            )
        return int(value)

    def seed(self, name: str) -> bytes:
        """The 32 bytes that an Ed25519 key is made of, written in base64; none where it is not set."""
        value = self.variables.get(name, "").strip()
        if not value:
            return b""
        try:
            found = base64.b64decode(value, validate=True)
        except ValueError:
            found = b""
        if len(found) != 32:
            # What is wrong with it is not repeated: it is a secret.
            raise ImproperlyConfigured(
                f"{name} is not 32 bytes in base64. Set it to the output of: python3 -c "
                "'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
            )
        return found

    def origin(self, name: str) -> str:
        """The https origin of another host, such as https://files.example; empty where none is set.

        It stands in pages and in their policy as it is written here.
        """
        value = self.variables.get(name, "").strip()
        if value and not ORIGIN.fullmatch(value):
            raise ImproperlyConfigured(
                f"{name} is “{value[:60]}”. Set it to https:// and a host name in small letters, with a port "
                "where it has one, and nothing after it: https://files.example. Or leave it out."
            )
        return value

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        """A database from its address: ``postgres://user:password@host:port/name`` or ``sqlite:///path``."""
        value = self.variables.get(name) or default
        scheme = value.partition("://")[0]
        if scheme not in ("postgres", "postgresql", "sqlite"):
            raise ImproperlyConfigured(f"{name} begins with “{scheme[:20]}”. {ADDRESSES}")
        try:
            parsed: dict[str, Any] = Env.db_url_config(value)
        except ValueError:
            # What is wrong with it is not repeated: it may be the password.
            raise ImproperlyConfigured(
                f"{name} cannot be read. Write special characters in it percent-encoded. {ADDRESSES}"
            ) from None
        if parsed.get("NAME") in ("", None, ":memory:"):
            raise ImproperlyConfigured(f"{name} names no database. {ADDRESSES}")
        return parsed
