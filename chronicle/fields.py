"""The fields of documents, those that hold fields of their own, and what a change of each amounts to."""

from enum import StrEnum
from typing import Annotated, Any, TypedDict, get_args, get_type_hints, is_typeddict


class Class(StrEnum):
    """What a change of a field amounts to."""

    FORM = "form"
    """Nothing a reader would call a correction: an update."""
    WORDS = "words"
    """Words taken out or exchanged are a correction, only more of them an addition."""
    FACT = "fact"
    """Any change is a correction."""
    INDEX = "index"
    """A list: a member taken out is a correction, one more an addition."""
    EVIDENCE = "evidence"
    """Citations: as an index, each by its words; a source newly retracted is a retraction."""
    DERIVED = "derived"
    """It follows from other fields."""


Words = Annotated[str, Class.WORDS]
Fact = Annotated[str, Class.FACT]
Form = Annotated[str, Class.FORM]
Derived = Annotated[str, Class.DERIVED]
Mark = Annotated[bool, Class.FORM]
Number = Annotated[int, Class.FACT]


class Subject(TypedDict):
    """A member of a list of subjects; an object, so that roles and marks can come as keys."""

    subject: Fact


class Name(TypedDict):
    """One name of a place or actor: its language (BCP 47), who uses it, and whether it is shown."""

    name: Words
    language: Form
    used_by: Form
    preferred: Mark


class Translation(TypedDict):
    """A quotation in another language, and who made it so."""

    text: Words
    language: Form
    by: Form


class Rechecked(TypedDict, total=False):
    """What a citation has only while it is being checked again: its entry says something else since."""

    recheck: Mark


WORDLESS = "taken-down"
"""Stands where the words of a reason were taken down: that there was one, and what followed, holds still."""


class Citation(Rechecked):
    """That an entry rests on a source. ``key`` is its UUID, ``credibility`` an Admiralty grade, 1 to 6.

    ``retracted`` is why the source was taken back, or ``WORDLESS``; empty where it was not.

    ``origin`` is the outlet whose report it is: where the source relays another, the outlet of that one.
    """

    key: Fact
    source: Fact
    outlet: Derived
    origin: Derived
    quote: Words
    language: Fact
    translation: Annotated[Translation | None, Class.FACT]
    locator: Fact
    stance: Fact
    credibility: Annotated[int | None, Class.FORM]
    retracted: Derived


class Moment(TypedDict):
    """When something happened, as it was read. Bounds are half-open; that of an open end is no claim."""

    wording: Words
    earliest: Fact
    latest: Fact
    open_start: Annotated[bool, Class.FACT]
    open_end: Annotated[bool, Class.FACT]
    throughout: Annotated[bool, Class.FACT]
    precision: Derived
    carried: Mark
    happened_on: Fact
    told_on: Fact
    edtf: Derived


class Policy(TypedDict):
    """How many approved citations an event needs, unless its kind says otherwise."""

    citations_needed: Annotated[int, Class.FORM]


class Shown(TypedDict):
    """A medium that an entry shows; ``caption`` stands in place of its own, where there is one."""

    subject: Fact
    caption: Words


class Rendition(TypedDict):
    """A file that readers get: ``sha256`` is that of its bytes, which it is named by.

    Of a picture ``format`` is avif, webp or jpeg, of a document pdf or txt; only a picture has a size.
    """

    width: Annotated[int | None, Class.DERIVED]
    height: Annotated[int | None, Class.DERIVED]
    format: Derived
    sha256: Derived
    bytes: Annotated[int, Class.DERIVED]
    blurred: Annotated[bool, Class.DERIVED]


def classes(document: type) -> dict[str, Class | dict[str, Class]]:
    """The class of each field of a type of document; of one that holds fields of its own, theirs."""
    hints = get_type_hints(document, include_extras=True)
    return {name: _class_of(name, hint) for name, hint in hints.items()}


def _class_of(name: str, hint: Any) -> Any:
    marks = [mark for mark in get_args(hint) if isinstance(mark, Class)]
    if marks:
        return marks[0]
    if not is_typeddict(hint):
        raise TypeError(f"{name} has no class.")
    return classes(hint)
