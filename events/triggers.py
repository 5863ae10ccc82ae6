"""What the database refuses of the desk's own tables, besides the record's: see chronicle.triggers."""

from chronicle.documents import TERM_FACETS
from chronicle.triggers import Refusal, append_only
from events.own_words import nobody_decides_on_their_own

NEVER_CHANGED = "Which number a row is printed under never changes."


def of_one_story(table: str, column: str, *, ours: str, theirs: str) -> list[Refusal]:
    """That ``column`` of a row leads to a row of the same story; both sides are SQL for a story's id."""
    return [
        Refusal(
            table,
            event,
            f"What is in {column} belongs to another story.",
            unless=f"NEW.{column} IS NULL OR ({ours}) = ({theirs})",
            about=column,
        )
        for event in ("INSERT", "UPDATE")
    ]


def story_of(table: str, key: str) -> str:
    return f"SELECT s.story_id FROM {table} s WHERE s.id = {key}"  # noqa: S608 - names of the table above


def stays_in_its_story(table: str) -> Refusal:
    """That a row never moves to another story: what names it would be left behind."""
    return Refusal(
        table,
        "UPDATE",
        "This cannot move to another story.",
        unless="NEW.story_id = OLD.story_id",
        about="story_id",
    )


def printed_in_its_story(facet: str, theirs: str) -> list[Refusal]:
    """That what is printed under ``facet`` is of the story in whose record it stands; it never changes."""
    new, _ = of_one_story("events_printed", f"{facet}_id", ours="NEW.story_id", theirs=theirs)
    return [new]


def files_of_its_own() -> list[Refusal]:
    """That a medium stays with a file uploaded into its story, and shows that or what is made of it."""
    uploaded = (
        "(SELECT a.collection FROM media_asset a WHERE a.id = NEW.asset_id) = "
        "(SELECT s.key FROM events_story s WHERE s.id = NEW.story_id)"
    )
    # A backup brings media before their files: what is not there yet is left to the foreign key.
    covered = (
        "NEW.shown_id IS NULL OR NOT EXISTS (SELECT 1 FROM media_asset a WHERE a.id = NEW.shown_id "
        "AND COALESCE(a.made_from_id, 0) <> NEW.asset_id)"
    )
    table, sentence = "events_material", "What is shown is not made of the file of this medium."
    return [
        Refusal(table, "INSERT", "This file was uploaded into another story.", uploaded, "asset_id"),
        Refusal(table, "UPDATE", "A medium stays with its file.", "NEW.asset_id = OLD.asset_id", "asset_id"),
        *(Refusal(table, event, sentence, covered, "shown_id") for event in ("INSERT", "UPDATE")),
    ]


def ends_once(
    table: str, *, fixed: tuple[str, ...], open_while: str = "OLD.ended_at IS NULL"
) -> list[Refusal]:
    """That a row changes once, when it ends, and in nothing that is ``fixed``; and that it is kept."""
    same = " AND ".join(f"NEW.{column} = OLD.{column}" for column in fixed)
    kept = "Who had which role is kept: it ends, and is not removed."
    return [
        Refusal(table, "UPDATE", "It ends once, and nothing else of it changes.", f"{open_while} AND {same}"),
        Refusal(table, "DELETE", kept),
        Refusal(table, "TRUNCATE", kept),
    ]


def decided_for_good() -> list[Refusal]:
    """That what was proposed is kept, and so is who proposed it, and what was decided of it by whom: until
    that is undone, and it waits again."""
    kept = "Proposals are kept: none is removed."
    undone = "OLD.state IN ('accepted', 'rejected') AND NEW.state = 'open'"
    same = "NEW.state = OLD.state AND NEW.decided_by_id = OLD.decided_by_id"
    decided = f"OLD.state = 'open' OR ({undone}) OR ({same})"
    return [
        Refusal("events_proposal", "DELETE", kept),
        Refusal("events_proposal", "TRUNCATE", kept),
        Refusal("events_proposal", "UPDATE", "What was decided of a proposal stands.", decided, "decided"),
        Refusal(
            "events_proposal",
            "UPDATE",
            "Who proposed it stays.",
            "NEW.proposed_by_id = OLD.proposed_by_id",
            "proposed_by_id",
        ),
    ]


ERASABLE = "event citation day source outlet place actor kind text material proposal".split()
"""The tables of rows that are emptied in place."""


def taken_down_for_good() -> list[Refusal]:
    """That no row gets words again once they were taken down."""
    return [
        Refusal(
            f"events_{name}",
            "UPDATE",
            "This was taken down: it has no words again.",
            unless="OLD.erased_at IS NULL OR NEW.erased_at IS NOT NULL",
            about="erased",
        )
        for name in ERASABLE
    ]


STEPS_OF_A_TAKEDOWN = (
    "NEW.state = OLD.state OR (OLD.state = 'asked' AND NEW.state IN ('erasing', 'taken_back')) "
    "OR (OLD.state = 'erasing' AND NEW.state = 'done') OR (OLD.state = 'done' AND NEW.state = 'erasing')"
)


WHOSE = ("story_id", "asked_by_id", "asked_at", "legal", "by_command", "part_count")


def takedowns_are_kept() -> list[Refusal]:
    """That a takedown goes one way, keeps who asked for it and who confirmed it, and what it takes."""
    table, part = "events_takedown", "events_takedownpart"
    fixed = " AND ".join(f"NEW.{name} = OLD.{name}" for name in WHOSE)
    confirmed = "OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id = OLD.confirmed_by_id"
    erased = " AND ".join(f"NEW.{name} IN (OLD.{name}, '')" for name in ("reason", "order_reference"))
    # Not by its state: a backup brings parts after what was confirmed.
    there = "(SELECT COUNT(*) FROM events_takedownpart p WHERE p.takedown_id = NEW.takedown_id)"
    asked = "(SELECT t.part_count FROM events_takedown t WHERE t.id = NEW.takedown_id)"
    return [
        *(Refusal(table, event, "Takedowns are kept: none is removed.") for event in ("DELETE", "TRUNCATE")),
        Refusal(table, "UPDATE", "Who asked for a takedown, how, and of which story, stays.", fixed, "asked"),
        Refusal(table, "UPDATE", "Who confirmed a takedown stays.", confirmed, "confirmed"),
        Refusal(table, "UPDATE", "What was said of a takedown is erased or stays.", erased, "said"),
        Refusal(table, "UPDATE", "A takedown does not go back.", STEPS_OF_A_TAKEDOWN, "state"),
        *append_only(part, "Parts of a takedown"),
        Refusal(part, "INSERT", "What was asked for is not added to.", f"{there} < {asked}"),
    ]


EVENTS_STORY = "SELECT d.story_id FROM events_event e JOIN events_day d ON d.id = e.day_id WHERE e.id = {}"
TABLES = {facet: f"events_{facet}" for facet in TERM_FACETS} | {"asset": "events_material"}
"""Where the rows lie that are printed as terms."""

DAYS_STORY = story_of("events_day", "NEW.day_id")

NAMED_ELSEWHERE = (
    *(
        ("source", "outlet_id", "outlet"),
        ("source", "relays_id", "source"),
        ("source", "origin_id", "outlet"),
    ),
    *(
        ("place", "within_id", "place"),
        ("material", "source_id", "source"),
        ("material", "place_id", "place"),
    ),
    *(("proposal", "source_id", "source"), ("proposal", "outlet_id", "outlet")),
)
"""Rows that name another in a column: of which table, and of which table that one is."""

EVENT_OF_CITATION = "SELECT c.event_id FROM events_citation c WHERE c.id = NEW.citation_id"
OF_ITS_SUBJECT = ", ".join(
    (
        "NEW.story_id",
        f"({DAYS_STORY})",
        f"({EVENTS_STORY.format('NEW.event_id')})",
        f"({EVENTS_STORY.format(f'({EVENT_OF_CITATION})')})",
        *(
            f"({story_of(f'events_{name}', f'NEW.{name}_id')})"
            for name in "source text material proposal takedown".split()
        ),
    )
)
"""The story of what is decided on, of which there is exactly one."""

REFUSALS: list[Refusal] = [
    *append_only("events_decision", "Decisions"),
    *append_only("events_author", "Authors of words"),
    *nobody_decides_on_their_own(),
    Refusal(
        "events_decision",
        "INSERT",
        "A decision is in the story of what was decided on.",
        unless=f"NEW.told_in_id = COALESCE({OF_ITS_SUBJECT})",
        about="story",
    ),
    Refusal(
        "events_story",
        "UPDATE",
        "What was opened to readers stays open.",
        unless="OLD.opened_at IS NULL OR (NEW.opened_at IS NOT NULL AND NEW.opened_at = OLD.opened_at)",
        about="opened_at",
    ),
    Refusal(
        "events_words",
        "UPDATE",
        "Words of a decision are never changed, only taken down.",
        unless="NEW.text = '' AND NEW.hmac = OLD.hmac AND NEW.about = OLD.about "
        "AND NEW.tells_of = OLD.tells_of AND NEW.decision_id = OLD.decision_id",
    ),
    *taken_down_for_good(),
    *takedowns_are_kept(),
    *ends_once("events_membership", fixed=("person_id", "story_id", "role", "added_by_id", "added_at")),
    *ends_once(
        "events_invitation",
        fixed=("story_id", "role", "token_hash", "made_by_id", "made_at", "expires_at"),
        open_while="OLD.ended_at IS NULL AND OLD.accepted_at IS NULL",
    ),
    Refusal("events_printed", "UPDATE", NEVER_CHANGED),
    Refusal("events_printed", "DELETE", NEVER_CHANGED),
    Refusal("events_printed", "TRUNCATE", NEVER_CHANGED),
    *(
        stays_in_its_story(f"events_{name}")
        for name in "day kind place actor outlet source text material proposal".split()
    ),
    Refusal(
        "events_event",
        "UPDATE",
        "This cannot move to another story.",
        unless=f"({story_of('events_day', 'NEW.day_id')}) = ({story_of('events_day', 'OLD.day_id')})",
        about="day_id",
    ),
    *of_one_story("events_event", "kind_id", ours=DAYS_STORY, theirs=story_of("events_kind", "NEW.kind_id")),
    *of_one_story(
        "events_event_places",
        "place_id",
        ours=EVENTS_STORY.format("NEW.event_id"),
        theirs=story_of("events_place", "NEW.place_id"),
    ),
    *of_one_story(
        "events_event_actors",
        "actor_id",
        ours=EVENTS_STORY.format("NEW.event_id"),
        theirs=story_of("events_actor", "NEW.actor_id"),
    ),
    *of_one_story(
        "events_citation",
        "source_id",
        ours=EVENTS_STORY.format("NEW.event_id"),
        theirs=story_of("events_source", "NEW.source_id"),
    ),
    *of_one_story(
        "events_use",
        "material_id",
        ours=EVENTS_STORY.format("NEW.event_id"),
        theirs=story_of("events_material", "NEW.material_id"),
    ),
    *(
        refusal
        for table, column, named in NAMED_ELSEWHERE
        for refusal in of_one_story(
            f"events_{table}",
            column,
            ours="NEW.story_id",
            theirs=story_of(f"events_{named}", f"NEW.{column}"),
        )
    ),
    *files_of_its_own(),
    *decided_for_good(),
    *printed_in_its_story("page", story_of("events_day", "NEW.page_id")),
    *printed_in_its_story("entry", EVENTS_STORY.format("NEW.entry_id")),
    *(
        refusal
        for facet in TERM_FACETS
        for refusal in printed_in_its_story(facet, story_of(TABLES[facet], f"NEW.{facet}_id"))
    ),
]
"""Every refusal of the desk."""
