"""Triggers: what the database refuses whoever asks, and what it keeps by itself. They are declared in one
table and laid after every migrate.

SQLite makes a table anew when it migrates it: it loses the triggers of that table, and refuses while one of
another names it. So they are not laid by a migration, and there lifted before any is carried out.
``python manage.py check --database default`` names what is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

VIOLATION = "ERRCODE = 'integrity_constraint_violation'"
"""What Django knows for an IntegrityError, as SQLite raises it by itself."""


@dataclass(frozen=True)
class Refusal:
    """That ``table`` refuses an event, unless a condition holds.

    ``unless`` is SQL that both databases read, about NEW or OLD. TRUNCATE is PostgreSQL's alone.
    """

    table: str
    event: str
    sentence: str
    unless: str = ""
    about: str = ""
    """Tells apart several refusals of one event of one table."""

    @property
    def name(self) -> str:
        return "_".join(filter(None, (self.table, self.event.lower(), self.about, "refused")))


@dataclass(frozen=True)
class Upkeep:
    """That the database keeps a column by itself: one statement after an event of ``table``, or before it.

    On PostgreSQL a row that is about to be written is given its value; SQLite writes it once more.
    """

    table: str
    event: str
    about: str
    on_sqlite: str
    on_postgresql: str
    when: str = ""
    """SQL that both databases read, about NEW and OLD; else always."""
    before: bool = False

    @property
    def name(self) -> str:
        return f"{self.table}_{self.event.split()[0].lower()}_{self.about}_kept"


Trigger = Refusal | Upkeep


def append_only(table: str, what: str) -> list[Refusal]:
    """The refusals of a table whose rows are only added."""
    sentence = f"{what} are only added: none is changed or removed."
    return [Refusal(table, event, sentence) for event in ("UPDATE", "DELETE", "TRUNCATE")]


REFUSALS: list[Trigger] = [
    *append_only("chronicle_edition", "Editions"),
    Refusal("chronicle_sheet", "UPDATE", "A sheet is never changed."),
    Refusal("chronicle_sheet", "TRUNCATE", "Sheets are removed one by one, by a takedown."),
    Refusal(
        "chronicle_sheet",
        "DELETE",
        "A sheet is removed only after a takedown has named it.",
        unless="EXISTS (SELECT 1 FROM chronicle_removal r WHERE r.commitment = OLD.commitment)",
    ),
    *append_only("chronicle_removal", "Removals"),
    Refusal(
        "chronicle_removal",
        "INSERT",
        "Only a takedown removes a sheet.",
        unless="EXISTS (SELECT 1 FROM chronicle_edition e "
        "WHERE e.id = NEW.edition_id AND e.action = 'takedown')",
    ),
]
"""Every trigger; the desk adds its own when it is installed."""


def lay(connection: Any, refusals: Iterable[Trigger] | None = None) -> None:
    """Lay ``refusals``, or every trigger whose table is there, in place of what stands under its name."""
    wanted = _wanted(connection) if refusals is None else refusals
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for refusal in wanted:
            for statement in _statements(connection, refusal):
                cursor.execute(statement)


def lay_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Lay every trigger once everything is migrated."""
    lay(connections[using])


def lift_before_migrate(sender: Any, using: str, plan: Any = (), **kwargs: Any) -> None:
    """On SQLite lift every trigger where there is anything to migrate."""
    if plan and connections[using].vendor == "sqlite":
        lift(connections[using])


def lift(connection: Any) -> None:
    """Take every trigger away, to migrate or empty a database, or to tamper with it."""
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for refusal in _laid_here(connection):
            cursor.execute(_drop(connection, refusal))


def missing(connection: Any) -> list[str]:
    """The names of the triggers that tables of this database lack."""
    there = _names(connection)
    return [refusal.name for refusal in _wanted(connection) if refusal.name not in there]


def laid(connection: Any) -> list[Trigger]:
    """The triggers that stand in this database."""
    there = _names(connection)
    return [refusal for refusal in _wanted(connection) if refusal.name in there]


def _names(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return {name for (name,) in cursor.fetchall()}


def _wanted(connection: Any) -> list[Trigger]:
    """The triggers whose tables are there."""
    tables = set(connection.introspection.table_names())
    return [refusal for refusal in _laid_here(connection) if refusal.table in tables]


def _laid_here(connection: Any) -> list[Trigger]:
    if connection.vendor == "postgresql":
        return REFUSALS
    return [refusal for refusal in REFUSALS if refusal.event != "TRUNCATE"]


def _drop(connection: Any, refusal: Trigger) -> str:
    if connection.vendor == "postgresql":
        return f"DROP TRIGGER IF EXISTS {refusal.name} ON {refusal.table}"
    return f"DROP TRIGGER IF EXISTS {refusal.name}"


def _statements(connection: Any, trigger: Trigger) -> list[str]:
    on_postgresql = connection.vendor == "postgresql"
    if isinstance(trigger, Upkeep):
        made = _kept_on_postgresql(trigger) if on_postgresql else _kept_on_sqlite(trigger)
    else:
        made = _on_postgresql(trigger) if on_postgresql else _on_sqlite(trigger)
    return [_drop(connection, trigger), *made]


def _kept_on_sqlite(upkeep: Upkeep) -> list[str]:
    when = f"WHEN {upkeep.when}" if upkeep.when else ""
    return [
        f"CREATE TRIGGER {upkeep.name} AFTER {upkeep.event} ON {upkeep.table} FOR EACH ROW {when} "
        f"BEGIN {upkeep.on_sqlite}; END"
    ]


def _kept_on_postgresql(upkeep: Upkeep) -> list[str]:
    when = f"WHEN ({upkeep.when})" if upkeep.when else ""
    moment = "BEFORE" if upkeep.before else "AFTER"
    return [
        f"CREATE OR REPLACE FUNCTION {upkeep.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {upkeep.on_postgresql}; RETURN NEW; END $body$",
        f"CREATE TRIGGER {upkeep.name} {moment} {upkeep.event} ON {upkeep.table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION {upkeep.name}()",
    ]


def _on_sqlite(refusal: Refusal) -> list[str]:
    when = f"WHEN NOT ({refusal.unless})" if refusal.unless else ""
    return [
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.event} ON {refusal.table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, {_quoted(refusal.sentence)}); END"
    ]


def _on_postgresql(refusal: Refusal) -> list[str]:
    # A condition with a subquery may not stand in WHEN there, so each trigger has a function of its own.
    raises = f"RAISE EXCEPTION USING MESSAGE = {_quoted(refusal.sentence)}, {VIOLATION}"
    body = f"IF NOT ({refusal.unless}) THEN {raises}; END IF;" if refusal.unless else f"{raises};"
    row = "OLD" if refusal.event == "DELETE" else "NEW"
    each = "STATEMENT" if refusal.event == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {refusal.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {body} RETURN {row if each == 'ROW' else 'NULL'}; END $body$",
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.event} ON {refusal.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {refusal.name}()",
    ]


def _quoted(sentence: str) -> str:
    return "'" + sentence.replace("'", "''") + "'"
