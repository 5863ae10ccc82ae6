"""Whether a document is of its type, to the last key."""

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from chronicle.documents import TYPES, TakedownDocument, WithdrawnDocument
from chronicle.models.term import facet_of


def what_is_wrong(value: Any, hint: Any, where: str) -> list[str]:
    """Where ``value`` is not of the type ``hint``: no key more, none less, and each of its type."""
    if get_origin(hint) is Annotated:
        return what_is_wrong(value, get_args(hint)[0], where)
    if get_origin(hint) in (Union, UnionType):
        return min((what_is_wrong(value, one, where) for one in get_args(hint)), key=len)
    if get_origin(hint) is list:
        if not isinstance(value, list):
            return [f"{where}: no list"]
        [kind] = get_args(hint)
        return [w for n, item in enumerate(value) for w in what_is_wrong(item, kind, f"{where}[{n}]")]
    if is_typeddict(hint):
        hints = get_type_hints(hint, include_extras=True)
        if not isinstance(value, dict) or not hint.__required_keys__ <= value.keys() <= hints.keys():
            return [f"{where}: not the keys of {hint.__name__}"]
        held = {key: one for key, one in hints.items() if key in value}
        return [w for key, one in held.items() for w in what_is_wrong(value[key], one, f"{where}.{key}")]
    return [] if type(value) is (NoneType if hint is None else hint) else [f"{where}: {value!r}"]


def type_of(subject: str, action: str, document: dict) -> type:
    if action == "takedown":
        return TakedownDocument
    return WithdrawnDocument if "withdrawn" in document else TYPES[facet_of(subject)]
