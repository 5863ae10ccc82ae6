"""Whatever is changed in the record past its guards is found: a tenth of tests.tamper, in soak the whole."""

import random

import pytest
from django.db import transaction

from chronicle.models import Chronicle
from chronicle.record.verifying import problems
from tests.support import chance, forging, rewriting, trials, varied
from tests.support.trials import Fate
from tests.support.values import MADE_UP, another, kind_of

TELLING = {
    "broken_sheets": "chronicle_sheet.salt",
    "broken_log": "chronicle_log.root",
    "_problems": "chronicle_edition.leaf",
    "_unlike_current": "chronicle_chronicle.updated_at",
    "_chronicle_problem": "chronicle_chronicle.title",
    "_row_problem": "chronicle_page.sentence",
    "_entry_problem": "chronicle_entry.card",
}
"""A column of which each of these checks alone tells."""


@pytest.fixture
def record(varied_once, db):
    varied.take_whole(Chronicle.objects.get(slug="the-flood"))
    assert list(problems()) == []


def test_each_change_is_found(record):
    drawn = trials.drawn(chance.SEED)[: chance.tries(trials.WHOLE)]

    ends = list(trials.run(drawn))

    assert [end for end in ends if end.fate in (Fate.MISSED, Fate.UNTRIED)] == []
    assert sum(end.fate == Fate.FOUND for end in ends) > len(drawn) * 0.8
    assert list(problems()) == []


def test_the_whole_changes_every_column_of_the_record():
    drawn = trials.drawn(chance.SEED)

    assert len(drawn) == trials.WHOLE
    assert {trial.kind for trial in drawn} == {"another value", *trials.OTHERS}
    changed = {forging.name_of(t.about) for t in drawn if t.kind == "another value"}
    assert changed == {forging.name_of(target) for target in forging.targets()}


def test_every_column_can_be_given_another_value_and_one_where_it_may_be_empty():
    dice = random.Random(chance.SEED)

    for _, field in forging.targets():
        made_up = MADE_UP[kind_of(field)]
        assert any(another(field, made_up, dice) != made_up for _ in range(50)), field
        assert field.choices or any(another(field, None, dice) is not None for _ in range(50)), field


def test_what_only_a_checkpoint_tells_verify_record_does_not(record):
    """So the checkpoint is needed, and what it finds is no accident of a broken row."""
    outside = [trial for trial in trials.drawn(chance.SEED) if trial.outside]
    assert {trial.make for trial in outside} == set(rewriting.OUTSIDE)

    for trial in outside[:: 1 if chance.SOAK else 7]:
        with transaction.atomic():
            forging.unguard()
            trial.make(trial.about, random.Random(trial.seed))
            assert list(problems()) == []
            transaction.set_rollback(True)


@pytest.mark.parametrize("check", TELLING)
def test_control_with_one_check_out_what_it_tells_is_missed(record, check):
    [target] = [each for each in forging.targets() if forging.name_of(each) == TELLING[check]]
    trial = trials.Trial("another value", forging.change_a_value, target, seed=f"{chance.SEED} {check}")

    assert [end.fate for end in trials.run([trial])] == [Fate.FOUND]
    with trials.without(check):
        assert [end.fate for end in trials.run([trial])] == [Fate.MISSED]
