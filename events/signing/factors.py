"""Second factors: an app for codes, passkeys, recovery codes. Each is added, used and removed here alone.

The arithmetic of codes and the ceremony of passkeys are allauth's, and so is the table. Recovery codes are
not: allauth can make its own anew from what it keeps, and ours are kept as hashes.
"""

import hashlib
import secrets
import struct
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from fido2.webauthn import ResidentKeyRequirement, UserVerificationRequirement

from events.models import FactorChange
from events.signing import sessions

Type, Deed = Authenticator.Type, FactorChange.Deed

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks like something else."""
CODES, GROUPS, LETTERS = 10, 4, 4
"""How many recovery codes there are, and how each is written: 79 bits of chance, so a plain hash holds."""
PARTED = str.maketrans("", "", " -\t\u2010\u2011\u2013")
"""What people write between the groups of a code."""


def of(person: Any) -> QuerySet[Authenticator]:
    """The ways in which ``person`` can give a second factor, besides recovery codes."""
    rows = Authenticator.objects.filter(user_id=person.pk)
    return rows.exclude(type=Type.RECOVERY_CODES).order_by("created_at", "pk")


def has_any(person: Any) -> bool:
    return of(person).exists()


def who_has_any(people: Iterable[int]) -> set[int]:
    """Of ``people``, by their keys, those who have a second factor."""
    return set(Authenticator.objects.filter(user_id__in=set(people)).values_list("user_id", flat=True))


def codes_left(person: Any) -> int:
    """How many recovery codes ``person`` can still use."""
    row = Authenticator.objects.filter(user_id=person.pk, type=Type.RECOVERY_CODES).first()
    return len(row.data["hashes"]) if row else 0


def new_secret() -> str:
    """What an app makes its codes of."""
    return str(totp.generate_totp_secret())


@transaction.atomic
def add_app(person: Any, secret: str, code: str) -> bool:
    """Have ``person`` give codes of the app that has ``secret``, in place of another one; whether ``code``
    is one of it, without which nothing is changed."""
    counter = _counter_of(secret, code, after=0)
    if counter is None:
        return False
    data = {"secret": encrypt(secret), "counter": counter}
    Authenticator.objects.update_or_create(
        user=person, type=Type.TOTP, defaults={"data": data, "created_at": timezone.now()}
    )
    _note(person, Deed.APP_ADDED)
    return True


NO_PASSKEY = (
    *(ValidationError, ValueError, TypeError, LookupError, AttributeError),
    *(ArithmeticError, RecursionError, NotImplementedError, struct.error),
)
"""What comes of reading what somebody made up: bytes that end too soon, numbers past any, a list of names, a
kind of key that nobody knows."""


@transaction.atomic
def add_passkey(person: Any, name: str, credential: Any) -> bool:
    """Have ``person`` give the passkey that was just made for the options this session was given."""
    try:
        kept = _kept_of(passkeys.parse_registration_response(credential), credential)
        made = passkeys.complete_registration(credential)
        row = passkeys.WebAuthn.add(person, name=name, credential=kept).instance
    except NO_PASSKEY:
        return False
    row.data["counter"] = made.counter
    row.save(update_fields=["data"])
    _note(person, Deed.PASSKEY_ADDED)
    return True


@transaction.atomic
def remove(row: Authenticator) -> None:
    """Take a factor from its owner; with the last one go the recovery codes, which stand in for it."""
    person = row.user
    row.delete()
    _note(person, Deed.APP_REMOVED if row.type == Type.TOTP else Deed.PASSKEY_REMOVED)
    if not has_any(person):
        Authenticator.objects.filter(user_id=person.pk).delete()


@transaction.atomic
def reset(person: Any, *, by: Any) -> None:
    """Take every factor from ``person``, who lost them, and end their sessions: they sign in by password
    and set up another where one is demanded."""
    Authenticator.objects.filter(user_id=person.pk).delete()
    FactorChange.objects.create(person=person, deed=Deed.RESET, by=by)
    sessions.end_all(person)


@transaction.atomic
def make_codes(person: Any) -> list[str]:
    """New recovery codes, told this once; earlier ones hold no longer."""
    codes = [_code() for _ in range(CODES)]
    data = {"hashes": [_hash_of(person, code) for code in codes]}
    Authenticator.objects.update_or_create(
        user=person, type=Type.RECOVERY_CODES, defaults={"data": data, "created_at": timezone.now()}
    )
    _note(person, Deed.CODES_MADE)
    return codes


@transaction.atomic
def takes_code(person: Any, typed: str) -> bool:
    """Whether ``typed`` is a code of the app of ``person``, or a recovery code; either counts once."""
    rows = Authenticator.objects.select_for_update().filter(user_id=person.pk)
    by_type = {row.type: row for row in rows.exclude(type=Type.WEBAUTHN)}
    code = typed.translate(PARTED).lower()
    app, recovery = by_type.get(Type.TOTP), by_type.get(Type.RECOVERY_CODES)
    return bool((app and _takes_of_app(app, code)) or (recovery and _takes_of_recovery(recovery, code)))


def _kept_of(read: Any, credential: Any) -> dict[str, Any]:
    """What is kept of a passkey: what was ``read``, and of the rest of ``credential`` one word. Raises one of
    NO_PASSKEY where its key is of a kind by which nothing can be checked."""
    key = read.response.attestation_object.auth_data.credential_data.public_key
    if key.ALGORITHM not in {each.alg for each in passkeys.get_server().allowed_algorithms}:
        raise ValueError("no key of a kind that was asked for")
    extensions = credential.get("clientExtensionResults")
    props = extensions.get("credProps") if isinstance(extensions, dict) else None
    is_found = isinstance(props, dict) and props.get("rk") is True
    told = dict(read)
    kept = {name: str(told["response"][name]) for name in ("clientDataJSON", "attestationObject")}
    return {
        **{name: str(told[name]) for name in ("id", "rawId")},
        **{"type": "public-key", "response": kept},
        "clientExtensionResults": {"credProps": {"rk": is_found}},
    }


def takes_passkey(person: Any, credential: Any) -> bool:
    """Whether ``credential`` is what a passkey of ``person`` answers to this session."""
    try:
        answer = passkeys.parse_authentication_response(credential)
        row = passkeys.complete_authentication(person, credential)
    except NO_PASSKEY:
        return False
    return _counts_on(row, answer)


def whose_passkey(credential: Any) -> Any:
    """Who has the passkey that answered to this session by itself, without a password; None where nobody has.

    It must have asked for a finger, a face or a PIN, which is the second factor then: that is looked at here,
    as the session may hold what was asked for after a password, when it need not.
    """
    try:
        answer = passkeys.parse_authentication_response(credential)
        if not answer.response.authenticator_data.is_user_verified():
            return None
        person: Any = passkeys.extract_user_from_response(credential)
        row = passkeys.complete_authentication(person, credential)
    except NO_PASSKEY:
        return None
    may_enter = person.is_active and person.is_staff
    return person if may_enter and _counts_on(row, answer) else None


@transaction.atomic
def _counts_on(row: Authenticator, answer: Any) -> bool:
    """Whether ``answer`` counts more uses of the passkey than the last did: a copy of it would not. Many
    count none at all."""
    held = Authenticator.objects.select_for_update().filter(pk=row.pk).first()
    now = answer.response.authenticator_data.counter
    before = held.data.get("counter", 0) if held else 0
    if held is None or ((now or before) and now <= before):
        return False
    held.data["counter"], held.last_used_at = now, timezone.now()
    held.save(update_fields=["data", "last_used_at"])
    return True


def options_to_add(person: Any) -> dict[str, Any]:
    """What a browser is told to make a passkey by; the session keeps what it is compared with.

    Where the device can, it is one that is found without a name, and so is enough to sign in. allauth asks
    for such a one of every device or of none.
    """
    options, state = passkeys.get_server().register_begin(
        user=passkeys.build_user_payload(person),
        credentials=passkeys.get_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions=passkeys.EXTENSIONS,
    )
    passkeys.set_state(state)
    return dict(options)


def options_to_use(person: Any) -> dict[str, Any]:
    """What a browser is told to use a passkey of ``person`` by; nothing where there is none."""
    if not of(person).filter(type=Type.WEBAUTHN).exists():
        return {}
    return dict(passkeys.begin_authentication(person))


def options_for_anybody() -> dict[str, Any]:
    """What a browser is told to use a passkey by whose owner has not said who they are."""
    return dict(passkeys.begin_authentication())


def _takes_of_app(row: Authenticator, code: str) -> bool:
    """One code each half minute, and none that came before the last: who read it over a shoulder is late."""
    counter = _counter_of(decrypt(row.data["secret"]), code, after=row.data["counter"])
    if counter is None:
        return False
    row.data["counter"], row.last_used_at = counter, timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def _counter_of(secret: str, code: str, *, after: int) -> int | None:
    """The half minute of which ``code`` is, of those that a clock gone wrong a little may mean."""
    for counter in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if counter > after and secrets.compare_digest(right.encode(), code.encode()):
            return int(counter)
    return None


def _takes_of_recovery(row: Authenticator, code: str) -> bool:
    hashed = _hash_of(row.user, code)
    if hashed not in row.data["hashes"]:
        return False
    row.data["hashes"].remove(hashed)
    row.last_used_at = timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    _note(row.user, Deed.CODE_USED)
    return True


def _code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _hash_of(person: Any, code: str) -> str:
    return hashlib.sha256(f"{person.pk} {code.translate(PARTED).lower()}".encode()).hexdigest()


def _note(person: Any, deed: str) -> None:
    FactorChange.objects.create(person=person, deed=deed, by=person)
