"""What the database refuses to whoever decides on words of their own: triggers of the table of decisions."""

from chronicle.triggers import Refusal

HMACS_READ_BESIDE = (
    "SELECT e.hmac FROM events_citation c JOIN events_event e ON e.id = c.event_id "
    "WHERE c.id = NEW.citation_id",
    "SELECT s.hmac FROM events_citation c JOIN events_source s ON s.id = c.source_id "
    "WHERE c.id = NEW.citation_id",
    "SELECT o.hmac FROM events_citation c JOIN events_source s ON s.id = c.source_id "
    "JOIN events_outlet o ON o.id = s.outlet_id WHERE c.id = NEW.citation_id",
)
"""The words of the event, the source and the outlet that a citation is decided on with."""

APPROVED_BY_SOMEBODY = (
    "EXISTS (SELECT 1 FROM events_words w JOIN events_decision d ON d.id = w.decision_id "
    "WHERE w.hmac = a.hmac AND w.about <> 'subject' AND d.verb IN ('approve', 'confirm', 'accept'))"
)


def _wrote_one_of(hmacs: tuple[str, ...]) -> str:
    """The authorship of whoever decides of any of the words that ``hmacs`` select, which are few.

    CROSS JOIN has SQLite begin with these, and not with all that a person ever wrote.
    """
    words = " UNION ALL ".join(hmacs)
    return (
        f"SELECT 1 FROM ({words}) r CROSS JOIN events_author a "  # noqa: S608 - SQL of this module
        "WHERE a.hmac = r.hmac AND a.person_id = NEW.by_id"
    )


def nobody_decides_on_their_own() -> list[Refusal]:
    """That no author of words decides on them, whoever they are: see design/approval.md.

    Who wrote what is read beside a citation counts until somebody else approved those words.
    """
    own = (
        "SELECT hmac FROM events_citation WHERE id = NEW.citation_id",
        "SELECT hmac FROM events_material WHERE id = NEW.material_id",
        "SELECT hmac FROM events_proposal WHERE id = NEW.proposal_id",
    )
    decided = "NEW.verb NOT IN ('approve', 'confirm', 'reject', 'accept')"
    theirs, beside = _wrote_one_of(own), _wrote_one_of(HMACS_READ_BESIDE)
    asked = (
        "SELECT 1 FROM events_author a JOIN events_event e ON e.hmac = a.hmac "
        "JOIN events_day d ON d.id = e.day_id JOIN events_story s ON s.id = d.story_id "
        "WHERE e.id = NEW.event_id AND a.person_id = NEW.by_id AND s.second_person"
    )
    return [
        Refusal(
            "events_decision",
            "INSERT",
            "Nobody decides on their own words.",
            unless=f"{decided} OR NOT (EXISTS ({theirs}) "
            f"OR EXISTS ({beside} AND NOT {APPROVED_BY_SOMEBODY}))",
            about="own",
        ),
        Refusal(
            "events_decision",
            "INSERT",
            "In this story a second person publishes.",
            unless=f"NEW.verb <> 'publish' OR NOT EXISTS ({asked})",
            about="alone",
        ),
    ]
