"""Bounds that an editor sets over those that were read."""

from datetime import UTC, date, datetime

import pytest

from events.moments import Unreadable
from tests.events.moments.told import BAKU, DAY_43, told

pytestmark = pytest.mark.no_database


def test_an_editor_can_overrule_both_bounds() -> None:
    moment = told("overnight")
    earliest, latest = datetime(2020, 11, 7, 22, tzinfo=UTC), datetime(2020, 11, 8, 1, tzinfo=UTC)

    overruled = moment.overrule(earliest, latest, BAKU)

    assert overruled.order == (earliest, latest)
    assert overruled.wording == "overnight"
    assert overruled.happened_on == DAY_43
    assert overruled.edtf == "2020-11-08"


@pytest.mark.parametrize("phrase", ["after 11:00", "since 11:00", "by 18:00", "until 18:00"])
def test_bounds_that_an_editor_gives_are_open_at_neither_end(phrase: str) -> None:
    moment = told(phrase)

    overruled = moment.overrule(*moment.order, BAKU)

    assert moment.open_start or moment.open_end
    assert not (overruled.open_start or overruled.open_end)
    assert overruled.order == moment.order


def test_bounds_that_leave_the_day_move_the_day_it_counts_on() -> None:
    bounds = datetime(2020, 11, 5, 8, tzinfo=UTC), datetime(2020, 11, 5, 9, tzinfo=UTC)

    assert told("at noon").overrule(*bounds, BAKU).happened_on == date(2020, 11, 5)


def test_refuses_bounds_in_the_wrong_order_or_without_a_zone() -> None:
    noon = datetime(2020, 11, 8, 12, tzinfo=UTC)

    with pytest.raises(Unreadable, match="must come after"):
        told("noon").overrule(noon, noon, BAKU)
    with pytest.raises(Unreadable, match="time zone"):
        told("noon").overrule(noon.replace(tzinfo=None), noon, BAKU)
