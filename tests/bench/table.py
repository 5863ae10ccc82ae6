"""What came of a run: a table in Markdown, and the same as JSON."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from tests.bench.site import HELLO, Subject

HEADINGS = (
    "database", "entries", "address", "CPU ms", "× hello", "database CPU ms", "queries", "bytes", "gzipped",
    "peak MB",
)  # fmt: skip


def rows(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """One row an address; of an address that is not there, only what it answers."""
    hello = next(_middle(subject, "cpu") for subject in subjects if subject.looked["name"] == HELLO)
    return [_row(subject, hello) for subject in subjects]


def _row(subject: Subject, hello: float) -> dict[str, Any]:
    database = subject.database
    found = {
        "database": database.kind if database else "",
        "entries": database.entries if database else None,
        "days": database.days if database else None,
        **subject.looked,
    }
    if not subject.samples:
        return found
    return {
        **found,
        "cpu": _middle(subject, "cpu"),
        "by_hello": _middle(subject, "cpu") / hello if hello else None,
        "database_cpu": _middle(subject, "database_cpu"),
        "peak": max(sample.peak for sample in subject.samples),
        "samples": [vars(sample) for sample in subject.samples],
    }


def _middle(subject: Subject, what: str) -> float:
    return median(getattr(sample, what) for sample in subject.samples)


def markdown(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    yield _line(HEADINGS)
    yield _line(["---"] * 3 + ["---:"] * (len(HEADINGS) - 3))
    for row in found:
        named = [row["database"], _number(row["entries"]), row["name"]]
        if "cpu" in row:
            ratio = f"{row['by_hello']:.1f}" if row["by_hello"] else ""
            measured = [f"{row['cpu']:.2f}", ratio, f"{row['database_cpu']:.2f}"]
            counted = [_number(row.get(name)) for name in ("queries", "bytes", "gzipped")]
            yield _line([*named, *measured, *counted, f"{row['peak']:.0f}"])
        else:
            answer = "missing" if row["status"] == 404 else f"answers {row['status']}"
            yield _line([*named, answer, *[""] * (len(HEADINGS) - 4)])


def growth(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The lines of a table of what each address costs at the largest size, by what at the smallest."""
    costs: dict[tuple[str, str], list[tuple[int, float, int]]] = {}
    for row in found:
        if row["entries"] and "cpu" in row:
            cost = (row["entries"], row["cpu"] + row["database_cpu"], row["queries"])
            costs.setdefault((row["database"], row["name"]), []).append(cost)
    yield _line(("database", "address", "entries", "CPU ms", "entries", "CPU ms", "×", "queries"))
    yield _line(["---"] * 2 + ["---:"] * 6)
    for (database, name), of_it in costs.items():
        (few, low, _), (many, high, queries) = min(of_it), max(of_it)
        ratio = f"{high / low:.2f}" if low else ""
        cells = [_number(few), f"{low:.1f}", _number(many), f"{high:.1f}", ratio, str(queries)]
        yield _line([database, name, *cells])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
