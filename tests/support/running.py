"""How a run of the tests goes.

- The whole suite runs in two processes, a named file or test in one; ``-n`` says otherwise. Each process has
  half of the files, and where it is done sooner takes over half of what is left: what is built once for a
  module is seldom built in both.
- What was imported is looked through for garbage once, and what tests leave behind seldom.
- ``@pytest.mark.only_on("postgresql")`` (or ``"sqlite"``) leaves a test out on the other kind of database.
- ``@pytest.mark.no_database`` leaves a test that asks no database to the run on SQLite, and so does once.py
  with whole files of which no answer is another beside another database. Of those that ask pages it leaves
  two in three, which the seed draws, but none in a soak or where files are named. So does
  ``@pytest.mark.once`` with a control that shows of the tests themselves that they would notice.
- A test at a browser is run beside SQLite too, and once: what a browser makes of a page is no matter of its
  database. ``@pytest.mark.on_both`` has a whole story told on each. One that
  fails is tried again once, loudly: see again.py.
- ``@pytest.mark.soak`` leaves a test to `make soak`: it waits for minutes.
- Random tests try a tenth, or all, from a seed that the last line names: see chance.py.
- With CHRONICLE_NO_SKIPS=1, as in CI, a skipped test fails the session: nothing may go unseen there.
"""

import gc
import os
from typing import Any

import hypothesis
import pytest
from django.db import connection

from tests.support import chance, once

# A slow machine is no fault of the code.
hypothesis.settings.register_profile("ci", max_examples=chance.tries(100), deadline=None)
hypothesis.settings.register_profile("soak", max_examples=100, deadline=None)
hypothesis.settings.load_profile("soak" if chance.SOAK else "ci")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Choose the number of processes before pytest-xdist, where there is one, reads it."""
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    started_by_xdist = hasattr(config, "workerinput")
    if whole and not started_by_xdist:
        os.environ[once.DRAWING] = "1"
    unsaid = getattr(config.option, "numprocesses", 0) is None
    if whole and unsaid and not started_by_xdist and not config.option.usepdb:
        config.option.numprocesses = 2
    if getattr(config.option, "numprocesses", 0) and config.option.dist == "no":
        config.option.dist = "worksteal"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed before Hypothesis reads it."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(chance.SEED)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = [item for item in items if not _runs_here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if _runs_here(item)]


def pytest_collection_finish() -> None:
    """Leave all that stays to the end out of each search for garbage, and search seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _runs_here(item: pytest.Item) -> bool:
    if item.get_closest_marker("soak") and not chance.SOAK:
        return False
    if _is_run_once(item) and connection.vendor != "sqlite":
        return False
    marker = item.get_closest_marker("only_on")
    return marker is None or connection.vendor in marker.args


def _is_run_once(item: Any) -> bool:
    if item.get_closest_marker("on_both"):
        return False
    marked = item.get_closest_marker("no_database") or item.get_closest_marker("once")
    return "chromium" in item.fixturenames or bool(marked) or once.names(item.path)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skips_in_ci(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    terminalreporter.write_line(chance.said())
    if skipped := _skips_in_ci(config):
        terminalreporter.write_line(
            f"{skipped} skipped where CHRONICLE_NO_SKIPS says that nothing may be: see their reasons above.",
            red=True,
        )


def _skips_in_ci(config: pytest.Config) -> int:
    if os.environ.get("CHRONICLE_NO_SKIPS") != "1":
        return 0
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0
