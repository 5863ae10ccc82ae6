"""What two people made of one version of a row, put together field by field, as its form sends it.

A field that one of them changed is taken from that one; lists of names take what either put in and lose what
either took out. Only what both changed, each otherwise, is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from chronicle import prose
from chronicle.site.differences import Piece
from events.admin import threeway
from events.admin.keys import key_in
from events.admin.wording import difference
from events.editorial.remembering import Words, value_in
from events.prose_field import ProseField

THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass
class Clash:
    """A field that both changed. ``sent`` is what either would send of it, under names of its own."""

    name: str
    label: str
    theirs: list[Piece]
    mine: list[Piece]
    sent: list[tuple[str, str]]
    editor: SafeString | None = None
    picked: str = ""


@dataclass(frozen=True)
class Settled:
    """A field that is taken without asking."""

    label: str
    pieces: list[Piece]
    whose: str


@dataclass
class Merged:
    """What comes of a form and the rows below it; ``data`` is what is settled."""

    data: QueryDict
    who: str
    answers: QueryDict
    clashes: list[Clash] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)

    def clash(self, clash: Clash) -> None:
        clash.picked = self.answers.get(f"pick-{clash.name}", "")
        self.clashes.append(clash)

    def settle(self, label: str, pieces: list[Piece], whose: str) -> None:
        self.settled.append(Settled(label, pieces, whose))


@dataclass(frozen=True)
class Sides:
    """What a row said at the version that the form was made from (None: nobody knows), and what it says."""

    base: Words | None
    theirs: Words


def merge_form(form: Any, sides: Sides, into: Merged, *, of: str = "") -> None:
    """Put together the fields of ``form``; ``of`` says which row below it is."""
    model = form._meta.model
    columns = {each.name: each for each in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    for name, shown in form.fields.items():
        if name in sides.theirs and name in columns and not shown.disabled:
            _merge(Field(form, name, columns[name], sides, f"{of}{shown.label}"), into)


@dataclass(frozen=True)
class Field:
    """A field of a form beside its column."""

    form: Any
    name: str
    column: Any
    sides: Sides
    label: str

    @property
    def field(self) -> forms.Field:
        return self.form.fields[self.name]

    @property
    def html(self) -> str:
        return self.form.add_prefix(self.name)

    @property
    def typed(self) -> Any:
        return self.field.widget.value_from_datadict(self.form.data, self.form.files, self.html)

    def differs(self, words: Words) -> bool:
        """Whether what was typed is something else than ``words`` say."""
        value, typed = value_in(words, self.column), self.typed
        if isinstance(self.column, ProseField):
            return prose.clean(typed or "") != (value or "")
        return self.field.has_changed(value, typed)

    @property
    def mine(self) -> Any:
        """What was typed, as revisions keep it."""
        return as_kept(self.field, self.typed)

    def pieces(self, base: Any, value: Any) -> list[Piece]:
        return difference(type(self.form.instance), self.name, base, value, whole=True)


def as_kept(shown: forms.Field, typed: Any) -> Any:
    """What was ``typed`` into a field, as revisions keep it; as it was typed where it is refused."""
    try:
        value = shown.clean(typed)
    except forms.ValidationError:
        return " ".join(filter(None, typed)) if isinstance(typed, list) else typed
    if isinstance(shown, forms.ModelMultipleChoiceField):
        return sorted(row.pk for row in value)
    if isinstance(shown, forms.ModelChoiceField):
        return value.pk if value else None
    return value


def _merge(of: Field, into: Merged) -> None:
    theirs, base = of.sides.theirs[of.name], (of.sides.base or {}).get(of.name)
    if not of.differs(of.sides.theirs):
        return
    if of.column.many_to_many:
        _merge_names(of, base, theirs, into)
    elif of.sides.base is not None and theirs == base:
        into.settle(of.label, of.pieces(base, of.mine), "you")
    elif of.sides.base is not None and not of.differs(of.sides.base):
        put(into.data, of.field, of.html, value_in(of.sides.theirs, of.column))
        into.settle(of.label, of.pieces(base, theirs), into.who)
    else:
        into.clash(_clash(of, base, theirs, into))
        for key in keys_of(of.field, of.html):
            into.data.pop(key, None)


def _merge_names(of: Field, base: Any, theirs: list[int], into: Merged) -> None:
    if not isinstance(of.mine, list):
        # What no list holds is refused beside its field.
        return
    was, one, other = (set(keys or ()) for keys in (base, theirs, of.mine))
    merged = sorted((one | other) - (was - one) - (was - other))
    # What is only named yet has no key.
    named = [one for one in of.typed if key_in(str(one)) is None]
    into.data.setlist(of.html, [*map(str, merged), *named])
    whose = "you" if one == was else into.who if other == was else f"{into.who} and you"
    into.settle(of.label, of.pieces(base, merged), whose)


def _clash(of: Field, base: Any, theirs: Any, into: Merged) -> Clash:
    known = of.sides.base is not None
    sent = _named(THEIRS, sent_for(of.field, of.html, value_in(of.sides.theirs, of.column)))
    typed = ((key, value) for key in keys_of(of.field, of.html) for value in of.form.data.getlist(key))
    return Clash(
        of.html,
        of.label,
        of.pieces(base if known else of.mine, theirs),
        of.pieces(base if known else theirs, of.mine),
        [*sent, *_named(MINE, typed)],
        _editor(of, base or "", theirs, into) if _is_text(of.field) else None,
    )


def _named(side: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"{side}-{name}", value) for name, value in pairs]


def _is_text(shown: forms.Field) -> bool:
    return isinstance(shown, forms.CharField) and not isinstance(shown, forms.URLField)


def _editor(of: Field, base: str, theirs: str, into: Merged) -> SafeString:
    """Where both are edited together: it begins with what comes of both, or with what was typed there."""
    name = f"{BOTH}-{of.html}"
    put_together = threeway.blocks_together if isinstance(of.column, ProseField) else threeway.together
    value = into.answers.get(name) or put_together(base, theirs or "", of.typed or "")
    attrs = {"id": f"id_{name}", "aria-label": f"{of.label}: both together"}
    attrs["maxlength"] = str(of.field.max_length) if getattr(of.field, "max_length", None) else False
    return of.field.widget.render(name, value, attrs)


def keys_of(shown: forms.Field, html: str) -> list[str]:
    """Under which names a browser sends a field."""
    parts = getattr(shown.widget, "widgets", None)
    return [f"{html}{name}" for name in shown.widget.widgets_names] if parts else [html]


def put(data: QueryDict, shown: forms.Field, html: str, value: Any) -> None:
    """Have ``data`` hold ``value`` for a field."""
    for key in keys_of(shown, html):
        data.pop(key, None)
    for key, one in sent_for(shown, html, value):
        data.appendlist(key, one)


def sent_for(shown: forms.Field, html: str, value: Any) -> list[tuple[str, str]]:
    """What a browser would send of a field that holds ``value``."""
    widget: Any = getattr(shown.widget, "widget", shown.widget)
    if isinstance(value, list):
        return [(html, str(key)) for key in value]
    if isinstance(widget, forms.MultiWidget):
        return _sent_in_parts(widget, keys_of(shown, html), value)
    if isinstance(widget, forms.CheckboxInput):
        return [(html, "on")] if value else []
    if not isinstance(widget, forms.widgets.ChoiceWidget):
        value = widget.format_value(shown.prepare_value(value))
    return [(html, "" if value is None else str(value))]


def _sent_in_parts(widget: forms.MultiWidget, keys: list[str], value: Any) -> list[tuple[str, str]]:
    parts = zip(keys, widget.widgets, widget.decompress(value), strict=True)
    return [(key, str(part.format_value(one) or "")) for key, part, one in parts]
