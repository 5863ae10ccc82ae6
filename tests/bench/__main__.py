"""What it costs to serve a chronicle, by what Django's hello world costs in the same run, and how long
readers wait while hostile files are uploaded; and what a publication costs.

    python -m tests.bench site --entries 10000,100000
    python -m tests.bench press --entries 100,100000 --former HEAD~20
    AUTOVACUUM=on bash .ci/with-postgres .venv/bin/python -m tests.bench site --database sqlite,postgresql
    python -m tests.bench desk --entries 10000,100000
    python -m tests.bench day --former HEAD~20
    python -m tests.bench saves
    python -m tests.bench uploads

Databases are built once and kept in var/bench; a table in Markdown is printed, and the same written there as
JSON. Only ratios of one run mean anything.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import databases, day, press, saves, site, table, uploads
from tests.bench.databases import Shape
from tests.support.starting import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    found = {
        "began": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": seed,
        "cores": os.cpu_count(),
        "python": sys.version.split()[0],
        **options.measure(options, seed),
    }
    options.show(found)
    file = options.folder / f"{options.what}-{found['began'].replace(':', '')}.json"
    file.write_text(json.dumps(found, indent=1))
    print(f"\nThe same as JSON, with every sample: {file}")
    return 0


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    what = whole.add_subparsers(required=True, metavar="WHAT", dest="what")
    of_site = what.add_parser("site", help="what each public page costs")
    of_site.set_defaults(measure=of_pages, show=show)
    of_desk = what.add_parser("desk", help="what each list, search and filter of the desk costs, by role")
    of_desk.set_defaults(measure=of_lists, show=show_lists)
    for each in (of_site, of_desk):
        each.add_argument("--entries", type=numbers, default=[10_000], metavar="N,…", help="sizes (10000)")
    of_day = what.add_parser(
        "day", help="what the page of a day costs, by its size and by what lies around it"
    )
    of_day.set_defaults(measure=of_days, show=show_days)
    of_day.add_argument(
        "--shapes", type=shapes, default=[Shape(*each) for each in day.SHAPES], metavar="NxD,…", help="(all)"
    )
    of_day.add_argument(
        "--former", default="", metavar="COMMIT", help="measured beside, on the same databases"
    )
    of_saves = what.add_parser("saves", help="what becomes of what many save at once")
    of_saves.set_defaults(measure=of_writers, show=show_saves)
    of_saves.add_argument("--people", type=int, default=16, metavar="N", help="who save at once (16)")
    of_saves.add_argument("--each", type=int, default=50, metavar="N", help="how often each of them (50)")
    of_press = what.add_parser("press", help="what a publication costs")
    of_press.set_defaults(measure=of_publications, show=show_press)
    of_press.add_argument("--entries", type=numbers, default=[100, 10_000], metavar="N,…", help="(100,10000)")
    of_press.add_argument("--former", default="", metavar="COMMIT", help="measured beside, on the same")
    of_press.add_argument("--times", type=int, default=20, metavar="N", help="of each publication (20)")
    of_press.add_argument("--bulk", type=int, default=1000, metavar="N", help="published at once (1000)")
    of_press.add_argument("--each", type=int, default=50, metavar="N", help="that each of 8 publishes (50)")
    of_uploads = what.add_parser("uploads", help="how long readers wait meanwhile")
    of_uploads.set_defaults(measure=of_files, show=show_files)
    of_uploads.add_argument("--entries", type=int, default=1_000, metavar="N", help="size (1000)")
    of_uploads.add_argument("--files", type=int, default=20, metavar="N", help="sent at once (20)")
    of_uploads.add_argument(
        "--seconds", type=float, default=15, help="for which readers are watched before (15)"
    )
    for each in (of_site, of_desk, of_day, of_press, of_saves):
        each.add_argument(
            "--database", type=kinds, default=kind_here(), metavar="KIND,…", help="sqlite, postgresql"
        )
    for each in (of_site, of_desk, of_day):
        each.add_argument("--rounds", type=int, default=5, metavar="R", help="samples of each address (5)")
        each.add_argument(
            "--cpu", type=float, default=0.3, metavar="SECONDS", help="of CPU that each sample takes (0.3)"
        )
    for each in (of_site, of_desk, of_day, of_press, of_saves, of_uploads):
        each.add_argument("--seed", type=int, metavar="S", help="what the order begins from")
        each.add_argument(
            "--folder", type=Path, default=ROOT / "var" / "bench", help="where databases are kept"
        )
    return whole


def of_pages(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    plan = site.Plan(options.rounds, options.cpu, seed, options.folder)
    return {
        "rounds": plan.rounds,
        "rows": table.rows(site.run(options.database, options.entries, plan)),
    }


def of_lists(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    plan = site.Plan(options.rounds, options.cpu, seed, options.folder)
    rows = table.rows(site.run_desk(options.database, options.entries, plan))
    # Who was signed in is nobody's but the run's.
    return {"rounds": plan.rounds, "rows": [{**row, "cookie": None} for row in rows]}


def of_days(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    plan = day.Plan(options.rounds, options.cpu, seed, options.folder, options.former)
    rows = table.rows(day.run(options.database, options.shapes, plan))
    return {"rounds": plan.rounds, "rows": rows}


def of_writers(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    return {"rows": saves.run(options.database, saves.Plan(options.people, options.each, options.folder))}


def of_publications(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    told = ("--times", options.times, "--bulk", options.bulk, "--each", options.each, "--seed", seed)
    plan = press.Plan(tuple(map(str, told)), options.former, options.folder)
    return {"rows": press.run(options.database, options.entries, plan)}


def of_files(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    plan = uploads.Plan(options.entries, options.files, options.seconds, seed, options.folder)
    return {"rows": uploads.run(plan)}


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def shapes(text: str) -> list[Shape]:
    return [Shape(*map(int, shape.split("x"))) for shape in text.split(",")]


def kinds(text: str) -> list[str]:
    found = text.split(",")
    if unknown := set(found) - set(databases.KINDS):
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))} here")
    return found


def kind_here() -> list[str]:
    """The kind of database that DATABASE_URL names."""
    return ["postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"]


def show(found: dict[str, Any]) -> None:
    loads = [sample["load"] for row in found["rows"] for sample in row.get("samples", [])]
    print("\n".join(table.markdown(found["rows"])))
    ran = f"{found['rounds']} rounds, {found['cores']} cores, Python {found['python']}"
    print(f"\nSeed {found['seed']}, {ran}, load {min(loads):.1f} to {max(loads):.1f}.")


def show_lists(found: dict[str, Any]) -> None:
    show(found)
    print()
    print("\n".join(table.growth(found["rows"])))


def show_days(found: dict[str, Any]) -> None:
    print("\n".join(day.markdown(found["rows"])))
    [hello] = [row for row in found["rows"] if row["name"] == site.HELLO]
    print(f"\nSeed {found['seed']}, {found['rounds']} rounds, hello {hello['cpu']:.2f} ms.")


def show_saves(found: dict[str, Any]) -> None:
    print("\n".join(saves.markdown(found["rows"])))
    print(f"\n{found['cores']} cores, Python {found['python']}.")


def show_files(found: dict[str, Any]) -> None:
    print("\n".join(uploads.markdown(found["rows"])))
    print(f"\nSeed {found['seed']}, {found['cores']} cores, Python {found['python']}.")


def show_press(found: dict[str, Any]) -> None:
    print("\n".join(press.markdown(found["rows"])))
    print(f"\nSeed {found['seed']}, {found['cores']} cores, Python {found['python']}.")


if __name__ == "__main__":
    sys.exit(main())
