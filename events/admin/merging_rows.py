"""Rows below a form that are its own, names and media, put together one by one: see events.admin.merging."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from events.admin.merging import Field, Merged, Sides, merge_form, sent_for
from events.admin.wording import difference, label_of
from events.editorial.remembering import BELOW, Words, columns_of, value_in

DELETE = "DELETE"


@dataclass
class Row:
    """A row as a form sends it: what stands after its number in each name, with its values."""

    sent: dict[str, list[str]]
    form: Any = None
    sides: Sides | None = None
    """What both made of it, where both still have it."""

    @property
    def is_deleted(self) -> bool:
        return any(self.sent.get(DELETE, []))

    @property
    def is_saved(self) -> bool:
        """Whether there is such a row, which it changes."""
        return any(self.sent.get("id", []))


@dataclass
class Rows:
    """The rows of ``formset`` beside those that were saved."""

    formset: Any
    sides: Sides
    into: Merged
    found: list[Row] = field(default_factory=list)

    @property
    def known_by(self) -> str:
        return BELOW[type(self.formset.instance)][1]

    @property
    def name(self) -> str:
        return BELOW[type(self.formset.instance)][0]

    def by_key(self, words: Words | None) -> dict[str, Words]:
        return {str(row[self.known_by]): row for row in (words or {}).get(self.name, ())}


def merge_rows(formset: Any, sides: Sides, into: Merged) -> None:
    """Put the rows of ``formset`` together, and number them anew: those that are saved come first."""
    rows = Rows(formset, sides, into)
    base, theirs = rows.by_key(sides.base), rows.by_key(sides.theirs)
    mine = {}
    for form in formset.forms:
        sent = _sent(into.data, form.prefix)
        key = (sent.get(rows.known_by) or [""])[0]
        mine[key or form.prefix] = Row(sent, form)
    for key, row in mine.items():
        _keep(rows, row, base.get(key), theirs.get(key))
    for key, saved in theirs.items():
        if key not in mine and not (key in base and base[key] == saved):
            rows.found.append(Row(_as_sent(formset, saved)))
    _tell(rows, mine)
    _number(rows)


def _keep(rows: Rows, row: Row, base: Words | None, theirs: Words | None) -> None:
    """What becomes of a row that stands in the form."""
    if theirs is None:
        if base is None or _differs(row, base):
            # A row that the other took out, or that is new: with no key it is made.
            row.sent["id"] = [""]
            rows.found.append(row)
    elif row.is_deleted:
        if rows.sides.base is not None and base != theirs:
            del row.sent[DELETE]
            row.sent |= _as_sent(rows.formset, theirs)
        rows.found.append(row)
    else:
        row.sent["id"] = [str(theirs["id"])]
        row.sides = Sides(base, theirs)
        rows.found.append(row)


def _differs(row: Row, base: Words) -> bool:
    """Whether the person changed it, who has not taken it out."""
    if row.is_deleted:
        return False
    columns = {column.name: column for column in columns_of(row.form._meta.model)}
    of = (Field(row.form, name, columns[name], Sides(base, base), "") for name in _shared(row.form, columns))
    return any(each.differs(base) for each in of)


def _shared(form: Any, columns: Collection[str]) -> list[str]:
    return [name for name in form.fields if name in columns]


def _sent(data: Any, prefix: str) -> dict[str, list[str]]:
    begins = f"{prefix}-"
    return {name[len(begins) :]: data.getlist(name) for name in data if name.startswith(begins)}


def _as_sent(formset: Any, words: Words) -> dict[str, list[str]]:
    """What a browser would send of a saved row."""
    form, sent = formset.empty_form, {"id": [str(words["id"])]}
    columns = {column.name: column for column in columns_of(form._meta.model)}
    for name in _shared(form, columns.keys() & words.keys()):
        for key, value in sent_for(form.fields[name], name, value_in(words, columns[name])):
            sent.setdefault(key, []).append(value)
    return sent


def _tell(rows: Rows, mine: dict[str, Row]) -> None:
    """What the other put in, took out or brought back is told as one field; of a row that both still have
    each field is told by itself."""
    model, name = type(rows.formset.instance), rows.name
    both_have = {key for key, row in mine.items() if row.sides is not None}
    base, theirs = (
        [row for key, row in rows.by_key(words).items() if key not in both_have]
        for words in (rows.sides.base, rows.sides.theirs)
    )
    if rows.sides.base is not None and base != theirs:
        told = difference(model, name, base, theirs)
        if told:
            rows.into.settle(label_of(model, name).capitalize(), told, rows.into.who)


def _number(rows: Rows) -> None:
    data, prefix = rows.into.data, rows.formset.prefix
    for name in [name for name in data if _is_of_a_row(name, prefix)]:
        del data[name]
    found = sorted(rows.found, key=lambda row: not row.is_saved)
    for place, row in enumerate(found):
        for name, values in row.sent.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
        if row.sides is not None:
            row.form.prefix, row.form.data = f"{prefix}-{place}", data
            label = label_of(type(rows.formset.instance), rows.name).capitalize()
            merge_form(row.form, row.sides, rows.into, of=f"{label} {place + 1}: ")
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(row.is_saved for row in found))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(found))


def _is_of_a_row(name: str, prefix: str) -> bool:
    begins, _, rest = name.partition(f"{prefix}-")
    return not begins and rest.split("-")[0].isdecimal()
