"""Trials of verify_record: one change to the record after the other, each alone, and who finds it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unittest.mock import patch

from django.db import DataError, IntegrityError, transaction

from chronicle.models import Chronicle
from chronicle.record import checkpoints, comparing, replaying, verifying
from tests.support import forging, rewriting
from tests.support.forging import MODELS, Made, NoChange

Make = Callable[[Any, random.Random], Made]

REDRAWN = 200
"""How often a change is drawn anew that changes nothing, or that a constraint of the database refuses."""

CHECKS = {
    "broken_sheets": verifying,
    "missing_sheets": verifying,
    "stray_rows": verifying,
    "stray_removals": verifying,
    "undone_takedowns": verifying,
    "broken_log": verifying,
    "_problems": replaying,
    "_unlike_current": comparing,
    "_chronicle_problem": comparing,
    "_row_problem": comparing,
    "_entry_problem": comparing,
    "_missing": comparing,
}
"""The checks of verify_record that can be taken out, and the modules that they are in."""


OTHERS: dict[str, tuple[Make, int]] = {
    "two rows exchange a value": (forging.swap_two_values, 46),
    "a row more": (forging.insert_a_row, 18),
    "a row less": (forging.delete_a_row, 18),
    "two sheets exchanged": (forging.exchange_two_sheets, 10),
    "a document forged with its rows": (forging.forge_a_document, 6),
    "a takedown undone": (forging.undo_a_takedown, 4),
    "and its commitment": (forging.forge_a_commitment, 6),
    "and its leaf": (forging.forge_a_leaf, 6),
    "and the whole log": (rewriting.rewrite_history, 8),
    "the tail cut off": (rewriting.cut_the_tail, 12),
    "a chronicle less": (rewriting.remove_a_chronicle, 2),
}
"""The kinds of changes besides another value in a column, and how many of the whole are of each."""

WHOLE = 300


@dataclass(frozen=True)
class Trial:
    """One change, drawn by a seed of its own. ``outside`` says that only a checkpoint can tell of it."""

    kind: str
    make: Make
    about: Any
    seed: str

    @property
    def outside(self) -> bool:
        return self.make in rewriting.OUTSIDE


class Fate(StrEnum):
    """What became of a change."""

    FOUND = "found"
    MISSED = "missed"
    EXEMPT = "exempt"
    UNTRIED = "untried"
    """No draw of it was a change that the database takes."""


@dataclass(frozen=True)
class End:
    """How a trial ended."""

    kind: str
    fate: Fate
    what: str = ""


def drawn(seed: int) -> list[Trial]:
    """The whole of the trials: every column once at least, and the other kinds."""
    dice = random.Random(seed)
    columns = forging.targets()
    plan = [(kind, make, about) for kind, (make, times) in OTHERS.items() for about in _about(make, times)]
    targets = [*columns, *dice.choices(columns, k=WHOLE - len(plan) - len(columns))]
    plan += [("another value", forging.change_a_value, target) for target in targets]
    dice.shuffle(plan)
    return [Trial(*each, seed=f"{seed} {number}") for number, each in enumerate(plan)]


def _about(make: Make, times: int) -> list[Any]:
    """What each of so many changes is about: each table in its turn, or nothing in particular."""
    by_table = make in (forging.insert_a_row, forging.delete_a_row)
    return [MODELS[number % len(MODELS)] if by_table else None for number in range(times)]


def run(trials: list[Trial]) -> Iterator[End]:
    """Try each change alone on the record as it is, which is left as it was once all are tried."""
    kept = [checkpoints.checkpoint_of(chronicle) for chronicle in Chronicle.objects.all()]
    with transaction.atomic():
        forging.unguard()
        for trial in trials:
            yield end_of(trial, kept)
        transaction.set_rollback(True)


def end_of(trial: Trial, kept: list[checkpoints.Checkpoint]) -> End:
    """How one ends; a change that only a checkpoint can tell of must be told by that."""
    for number in range(REDRAWN):
        dice = random.Random(f"{trial.seed} {number}")
        try:
            with transaction.atomic():
                made = trial.make(trial.about, dice)
                found = _outside(kept) if trial.outside else _inside()
                transaction.set_rollback(True)
        except (NoChange, IntegrityError, DataError):
            continue
        fate = Fate.EXEMPT if made.is_free else Fate.FOUND if found else Fate.MISSED
        return End(trial.kind, fate, made.what)
    return End(trial.kind, Fate.UNTRIED, repr(trial.about))


def _inside() -> bool:
    return next(verifying.problems(), "") != ""


def _outside(kept: list[checkpoints.Checkpoint]) -> bool:
    return any(checkpoints.disagreement(checkpoint) for checkpoint in kept)


@contextmanager
def without(name: str) -> Iterator[None]:
    """Take one of ``CHECKS`` out: it looks, and says that all is well."""
    module = CHECKS[name]
    check = getattr(module, name)

    def silent(*arguments: Any) -> Any:
        said = check(*arguments)
        if isinstance(said, str):
            return ""
        for _ in said:
            continue
        return iter(())

    with patch.object(module, name, silent):
        yield
