"""Whole files that are run beside SQLite alone, for no answer in them is another beside another database; and
those of which a third is run beside another, drawn by the seed, and the whole in a soak.

They ask what is made in Python of rows and documents: the HTML of a page, the words of a form, a file.
That either database gives these rows is asked on both: of the site by its budget, its filters, its search,
the oracle and the walls, of the desk by its matrix, by what is hostile and what is forged, and of every verb
in events/editorial, where its rules are tried. Whatever asks for constraints, triggers, locks, lists or the
record is on both, and has no place here.
"""

import os
import random
from pathlib import Path

from tests.support import chance

DRAWING = "CHRONICLE_DRAWN"
TESTS = Path(__file__).resolve().parents[1]

PAGES = (
    "addresses cards documents embargo entry errors files heads linked_data media media_host methods outward "
    "parts pictures rail strip texts"
)
"""How the public pages are set, what they tell machines, the files that they name, and that none is another
while something waits: whether rows that wait are found is asked on both by the walls."""

DESK = (
    "belonging citation day event held_back keeping material media_review proposal publication "
    "refused_verbs repeating site stale story text"
)
"""What the forms of the desk say, and give back."""

SCREENS = "importing invitation opening people policy sent_back"
"""The same of its screens that are no model's."""

FILES = frozenset(
    TESTS / folder / f"test_{name}.py"
    for folder, names in (
        ("", "repository"),
        ("chronicle", "csp tokens"),
        ("chronicle/site", PAGES),
        ("events/admin", DESK),
        ("events/admin/desk", SCREENS),
        # What people do at random, judged by what pages say: the verbs that they do it by are tried on both.
        ("events/editorial", "approving"),
        # What is done to the bytes of a file, whatever table names it.
        ("media", "canaries metadata receiving redaction samples"),
        # Servers that people start while they develop.
        ("bench", "uploads"),
        # What is told, in which words: that it is built is asked on both by whatever reads it.
        ("events/demo", "demo sample"),
        ("events/demo/made", "building"),
        ("events/management/commands", "runserver"),
    )
    for name in names.split()
)

ROOMS = (TESTS / "chronicle" / "site", TESTS / "events" / "admin")
"""Whose tests ask pages. That their rows are found on either database is asked by those that run ALWAYS, of
the same functions: see docs/decisions/0059-pages-are-drawn.md."""

ALWAYS = frozenset(
    TESTS / folder / f"test_{name}.py"
    for folder, names in (
        ("chronicle/site", "as_known_then budget budget_of_many budget_of_then corrections every_moment"),
        ("chronicle/site", "facets filtering oracle paging remembered since ten_thousand_days walls"),
        ("chronicle/site/search", "matching"),
        ("events/admin", "any_form any_order busy forged hostile killed listing matrix once one_alone plans"),
        ("events/admin", "questions searching sent_beside taken_down threeway"),
        ("events/admin/desk", "find waiting"),
    )
    for name in names.split()
)


def names(path: Path) -> bool:
    """Whether the tests of that file are run beside SQLite alone."""
    return path in FILES or (is_drawing() and may_wait(path) and not drawn(path, chance.SEED))


def is_drawing() -> bool:
    """Whether this run, which its first process has said to the others, tries a part of the pages alone."""
    return os.environ.get(DRAWING) == "1" and not chance.SOAK


def may_wait(path: Path) -> bool:
    return path not in ALWAYS and any(room in path.parents for room in ROOMS)


def drawn(path: Path, seed: int) -> bool:
    """Whether the file is of the third that the seed draws."""
    return random.Random(f"{seed} {path.relative_to(TESTS)}").randrange(3) == 0
