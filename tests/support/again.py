"""A test at a browser that fails is tried once more, and the run says so and shows how it failed.

On a machine with more to do than it has cores a browser now and then answers late, or a click meets a page
that is being replaced. What is wrong fails twice: see docs/decisions/0058-a-browser-is-asked-twice.md. No
other test is tried again, and none of which the browser, the server or a fixture did not even start.
"""

from typing import Any

import pytest
from _pytest.runner import runtestprotocol

FIRST = "failed at first"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: Any, nextitem: pytest.Item | None) -> bool | None:
    if "chromium" not in item.fixturenames:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if failed := [report for report in reports if report.when == "call" and report.failed]:
        item._initrequest()
        item.user_properties.append((FIRST, failed[0].longreprtext))
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for report in terminalreporter.stats.get("passed", []):
        for why in [text for name, text in report.user_properties if name == FIRST]:
            terminalreporter.section(f"FAILED AT FIRST, passed when tried again: {report.nodeid}", red=True)
            terminalreporter.write_line(why)
