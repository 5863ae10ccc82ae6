"""Whole files that are run beside SQLite alone, for no answer in them is another beside another database.

They ask what is made in Python of rows and documents: the HTML of a page, the words of a form, a file.
That either database gives these rows is asked on both: of the site by its budget, its filters, its search,
the oracle and the walls, of the desk by its matrix, by what is hostile and what is forged, and of every verb
in events/editorial, where its rules are tried. Whatever asks for constraints, triggers, locks, lists or the
record is on both, and has no place here.
"""

from pathlib import Path

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


def names(path: Path) -> bool:
    """Whether the tests of that file are run beside SQLite alone."""
    return path in FILES
