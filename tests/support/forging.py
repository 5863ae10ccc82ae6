"""Changes to the record by SQL, past every trigger, each drawn by dice. Run by tests/tamper.py.

Each changes something that was printed, or raises NoChange; the database may refuse it by a constraint.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from chronicle import seal, triggers
from chronicle.documents import TEXTS
from chronicle.models import (
    Bitmap,
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Log,
    Page,
    Removal,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.record.columns import LOW_BITS
from chronicle.record.verifying import MODELS
from tests.support.emptying import settle
from tests.support.tampering import raw
from tests.support.values import another

NOWHERE = 9_999_999
"""A row id that no row has."""

SURROGATE = (Chronicle, Edition, Page, Text, Term, Entry, EntryTerm, Removal, Bitmap, Spelling)
"""The models whose primary key is a row id, and nothing more."""


@dataclass(frozen=True)
class Made:
    """What was changed; ``is_free`` says that it is a row id that nothing seals."""

    what: str
    is_free: bool = False


def unguard() -> None:
    """Lift every trigger until the transaction is taken back."""
    settle()
    triggers.lift(connection)


class NoChange(Exception):
    """The draw would leave the record as it is, or changes only what nothing seals."""


Target = tuple[Any, models.Field]


def targets() -> list[Target]:
    """Every column of every table of the record, but one that is kept at 0 where a total stands.

    And one that is told by documents as long as these are there (tests/chronicle/record/test_restating.py).
    """
    kept = Bitmap._meta.get_field("chunk"), Edition._meta.get_field("restated")
    fields = [(model, field) for model in MODELS for field in model._meta.concrete_fields]
    return [(model, field) for model, field in fields if field not in kept]


def name_of(target: Target) -> str:
    model, field = target
    return f"{model._meta.db_table}.{field.column}"


def put(model: Any, pk: Any, field: models.Field, value: Any) -> None:
    """Write ``value`` into one column of one row, and nothing else."""
    table, key = model._meta.db_table, model._meta.pk
    prepared = [each.get_db_prep_save(v, connection) for each, v in ((field, value), (key, pk))]
    raw(f"UPDATE {table} SET {field.column} = %s WHERE {key.column} = %s", *prepared)


def stored(model: Any, pk: Any, field: models.Field) -> Any:
    return model.objects.values_list(field.attname, flat=True).get(pk=pk)


def any_row(model: Any, dice: random.Random) -> Any:
    return model.objects.get(pk=dice.choice(keys_of(model)))


def keys_of(model: Any) -> list[Any]:
    # A bitmap that nothing is left in may as well be gone.
    rows = model.objects.exclude(total=0) if model is Bitmap else model.objects
    return list(rows.order_by("pk").values_list("pk", flat=True))


def change_a_value(target: Target, dice: random.Random) -> Made:
    """Another value in one column of one row."""
    model, field = target
    row = any_row(model, dice)
    old = getattr(row, field.attname)
    new = (
        dice.choice(keys_of(field.related_model))
        if leads_elsewhere(field, dice)
        else another(field, old, dice)
    )
    if new == old:
        raise NoChange
    free = bool(field.primary_key) and is_free(row, new)
    put(model, row.pk, field, new)
    # PostgreSQL cuts off a space that does not fit.
    if not field.primary_key and stored(model, row.pk, field) == old:
        raise NoChange
    return Made(f"{name_of(target)} of {row.pk} from {old!r:.60} to {new!r:.60}", free)


def leads_elsewhere(field: models.Field, dice: random.Random) -> bool:
    """Whether a reference is to lead to another row that is there, rather than nowhere."""
    return field.is_relation and dice.random() < 0.7


def is_free(row: Any, new: Any) -> bool:
    """Whether nothing refers to the row id of ``row``: nothing seals it, so it may as well be ``new``."""
    match row:
        case Entry():
            return (row.pk - new) % (1 << LOW_BITS) == 0 and not row.entry_terms.exists()
        case Edition():
            return not row.removals.exists()
        case Term():
            return not row.entry_terms.exists()
        case _:
            return isinstance(row, Page | Text | EntryTerm | Removal | Bitmap | Spelling)


def swap_two_values(_: None, dice: random.Random) -> Made:
    """The values of one column exchanged between two rows; row ids apart."""
    model, field = target = dice.choice([target for target in targets() if not target[1].primary_key])
    one, other = any_row(model, dice), any_row(model, dice)
    values = getattr(one, field.attname), getattr(other, field.attname)
    before = contents(model)
    if values[0] == values[1]:
        raise NoChange
    # By a third value in between, for one that no two rows may have.
    put(model, one.pk, field, another(field, values[0], dice))
    put(model, other.pk, field, values[0])
    put(model, one.pk, field, values[1])
    if contents(model) == before:
        raise NoChange
    return Made(f"{name_of(target)} of {one.pk} and {other.pk}")


def contents(model: Any) -> Counter[str]:
    """The rows of a table, whatever their ids."""
    names = [field.attname for field in model._meta.concrete_fields if not is_surrogate(model, field)]
    return Counter(map(repr, model.objects.order_by().values_list(*names)))


def is_surrogate(model: Any, field: models.Field) -> bool:
    return bool(field.primary_key) and model in SURROGATE


def delete_a_row(model: Any, dice: random.Random) -> Made:
    key = model._meta.pk
    pk = key.get_db_prep_save(dice.choice(keys_of(model)), connection)
    raw(f"DELETE FROM {model._meta.db_table} WHERE {key.column} = %s", pk)
    return Made(f"{model._meta.db_table} {pk}")


def insert_a_row(model: Any, dice: random.Random) -> Made:
    """A copy of a row, otherwise only where the database would refuse it."""
    row = any_row(model, dice)
    copied = row.pk
    for name, value in COPIED_AS[model](row, dice).items():
        setattr(row, name, value)
    fields = [field for field in model._meta.concrete_fields if not is_surrogate(model, field)]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    raw(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", *values)
    return Made(f"{model._meta.db_table}, after {copied}")


def hexadecimal(dice: random.Random) -> str:
    return f"{dice.getrandbits(256):064x}"


def a_whole_sheet(row: Sheet, dice: random.Random) -> dict[str, Any]:
    sheet = Sheet.of({**row.document, "note": "Forged."})
    return {"commitment": sheet.commitment, "salt": sheet.salt, "document": sheet.document}


def the_next_edition(row: Edition, dice: random.Random) -> dict[str, Any]:
    size = Edition.objects.filter(chronicle=row.chronicle_id).count()
    of_subject = Edition.objects.filter(chronicle=row.chronicle_id, subject=row.subject).count()
    return {"seq": size + 1, "edition": of_subject + 1, "commitment": hexadecimal(dice)}


def another_link(row: EntryTerm, dice: random.Random) -> dict[str, Any]:
    return {"term_id": dice.choice(keys_of(Term))}


def words_of_a_withdrawn_one(row: EntryWords, dice: random.Random) -> dict[str, Any]:
    withdrawn = Entry.objects.exclude(withdrawn_at=None)
    return {"sk": row.sk + 1, "entry_id": dice.choice(withdrawn.values_list("pk", flat=True))}


def another_text(row: Text, dice: random.Random) -> dict[str, Any]:
    """Under a name that its chronicle has no text of."""
    taken = Text.objects.filter(chronicle=row.chronicle_id).values_list("name", flat=True)
    if not (free := [name for name in TEXTS if name not in set(taken)]):
        raise NoChange
    return {"name": dice.choice(free)}


COPIED_AS: dict[Any, Callable[[Any, random.Random], dict[str, Any]]] = {
    Chronicle: lambda row, dice: {
        "id": None,
        "slug": "forged",
        "key": another(Chronicle._meta.get_field("key"), row.key, dice),
    },
    Edition: the_next_edition,
    Sheet: a_whole_sheet,
    Log: lambda row, dice: {"chronicle_id": NOWHERE},
    Page: lambda row, dice: {"number": row.number + 900, "date": row.date.replace(year=2019)},
    Text: another_text,
    Term: lambda row, dice: {"number": row.number + 900},
    Entry: lambda row, dice: {"number": row.number + 900, "sk": row.sk + 1},
    EntryTerm: another_link,
    Bitmap: lambda row, dice: {"name": f"{row.name}{dice.randrange(1000, 9999)}"},
    EntryWords: words_of_a_withdrawn_one,
    Spelling: lambda row, dice: {"folded": bytes(row.folded) + b" forged"},
    Removal: lambda row, dice: {"commitment": dice.choice(keys_of(Sheet))},
}
"""What of a copied row must be otherwise for the database to take it."""


def exchange_two_sheets(_: None, dice: random.Random) -> Made:
    """Each under the commitment of the other."""
    one, other = (any_row(Sheet, dice) for _ in range(2))
    if one.pk == other.pk:
        raise NoChange
    for pk, sheet in ((one.pk, other), (other.pk, one)):
        for name in ("salt", "document"):
            put(Sheet, pk, Sheet._meta.get_field(name), getattr(sheet, name))
    return Made(f"sheets {one.pk[:12]} and {other.pk[:12]}")


def forged(dice: random.Random) -> tuple[Edition, Sheet]:
    """An edition that readers see now, and its sheet with other words."""
    shown = list(Entry.objects.public().order_by("pk").values_list("commitment", flat=True))
    edition = Edition.objects.select_related("chronicle").get(commitment=dice.choice(shown))
    sheet = Sheet.objects.get(pk=edition.commitment)
    sheet.document = {**sheet.document, "headline": "Forged"}
    return edition, sheet


def forge_a_document(_: None, dice: random.Random) -> Made:
    """With the rows that show it, and under its own commitment."""
    edition, sheet = forged(dice)
    put(Sheet, sheet.pk, Sheet._meta.get_field("document"), sheet.document)
    show(sheet)
    return Made(f"edition {edition.seq}")


def forge_a_commitment(_: None, dice: random.Random) -> Made:
    """With the document and its rows; the edition names the new sheet, under its old leaf."""
    edition, sheet = forged(dice)
    replace(edition, sheet)
    return Made(f"edition {edition.seq}")


def forge_a_leaf(_: None, dice: random.Random) -> Made:
    """With its sheet and header and all that shows it; the log is as it was."""
    edition, sheet = forged(dice)
    replace(edition, sheet)
    seal_anew(edition)
    return Made(f"edition {edition.seq}")


def replace(edition: Edition, sheet: Sheet) -> None:
    new = Sheet.of(sheet.document)
    for name in ("commitment", "salt", "document"):
        put(
            Sheet,
            sheet.pk if name == "commitment" else new.pk,
            Sheet._meta.get_field(name),
            getattr(new, name),
        )
    put(Edition, edition.pk, Edition._meta.get_field("commitment"), new.commitment)
    raw("UPDATE chronicle_entry SET commitment = %s WHERE commitment = %s", new.commitment, sheet.pk)
    edition.commitment = new.commitment
    show(new)


def show(sheet: Sheet) -> None:
    raw(
        "UPDATE chronicle_entry SET headline = %s WHERE commitment = %s", sheet.document["headline"], sheet.pk
    )
    raw("UPDATE chronicle_entry SET card = replace(card, '</h', ' </h') WHERE commitment = %s", sheet.pk)


def seal_anew(edition: Edition) -> None:
    leaf = seal.leaf(edition.header()).hex()
    put(Edition, edition.pk, Edition._meta.get_field("leaf"), leaf)


def undo_a_takedown(_: None, dice: random.Random) -> Made:
    """The sheet that was taken down put back by somebody who kept it, with its removal or without."""
    removal = any_row(Removal, dice)
    kept = Sheet(commitment=removal.commitment, salt=hexadecimal(dice), document={"headline": "Kept"})
    values = [field.get_db_prep_save(getattr(kept, field.attname), connection) for field in SHEET]
    raw("INSERT INTO chronicle_sheet (commitment, salt, document) VALUES (%s, %s, %s)", *values)
    noted = dice.random() < 0.5
    if not noted:
        raw("DELETE FROM chronicle_removal WHERE id = %s", removal.pk)
    return Made(f"sheet {kept.pk[:12]}, its removal {'noted' if noted else 'gone'}")


SHEET = Sheet._meta.concrete_fields
