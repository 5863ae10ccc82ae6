"""What becomes of each column of text, JSON or bytes of every app when words are taken down, Django's too.

A test walks all models, and fails on a column without a line and on a line without a column.
"""

# How words go.
IN_PLACE = "Emptied with its row, which stays: events.erasing.emptying."
WITH_ITS_ROW = "Deleted with its row, which holds nothing else: events.erasing.emptying."
OF_WHAT_IS_FOUND = "Deleted with the words of its row, or made anew of what is left: events.finding.keeping."
OF_DECISIONS = "Deleted, or emptied where the decision is on something else: events.erasing.wording."
BY_THE_PRESS = "Deleted with the sheet, or emptied with the row that shows it: events.press.taking."
WITH_THE_FILE = "Emptied with the row of its file: media.erasing."
FROM_SESSIONS = "Messages, and what was typed, are dropped by the worker: events.erasing.job."
AS_IT_MOVES = "Deleted by the database as soon as what it is about is decided on, or erased: events.upkeep."
BY_ITSELF = "Erased by a verb of its own: events.editorial.takedowns.erase_reason."
SAID_OTHERWISE = "Of the story itself, which no takedown takes: whoever saves it otherwise says it otherwise."

OF_A_PERSON = "How somebody looks at a list, kept for themselves alone: they take it out."

# Why there are none.
CODE = "A code out of a list in the program."
LANGUAGE = "A language tag, deleted or emptied beside its words."
FINGERPRINT = "A fingerprint under the key of this desk: nobody reads words out of it."
HASH = "A hash, a salt or a token: nobody reads words out of it."
NUMBERS = "Numbers, or what is made of numbers and codes."
MACHINE = "The name of a machine or of a place on Earth that a clock goes by."
ACCOUNT = "Who has an account: no takedown is about that. An account is closed and renamed by itself."
DEVICE = "From which browser somebody signs in, or tries to: no words of the chronicle."
PSEUDONYM = "Random, or “system”."
OF_THE_PROGRAM = "Words of the program itself."
WHICH_ROW = "Which row it was, by model and key, and what was done: events.admin.wordless."

LINES: dict[str, dict[str, str]] = {
    "events.Story": {
        SAID_OTHERWISE: "title slug description open_origin open_refusal",
        LANGUAGE: "language",
        MACHINE: "zone",
        CODE: "name_style recheck",
    },
    "events.Day": {IN_PLACE: "headline sentence summary occasion awaits_refusal"},
    "events.Event": {
        IN_PLACE: "headline text wording edtf schedule_note schedule_refusal withdrawal_reason",
        FINGERPRINT: "hmac published_hmac imported_headline imported_text",
        CODE: "state",
    },
    "events.Citation": {
        IN_PLACE: "quote language translation translation_language translated_by locator",
        FINGERPRINT: "hmac event_hmac",
        CODE: "stance state",
    },
    "events.Source": {
        IN_PLACE: "title published_on url canonical_url archived_url language retraction_reason",
        FINGERPRINT: "hmac",
        HASH: "fingerprint",
        CODE: "genre",
    },
    "events.Outlet": {
        IN_PLACE: "name country side reliability reliability_reason url",
        FINGERPRINT: "hmac",
        CODE: "nature",
    },
    "events.Host": {WITH_ITS_ROW: "host"},
    "events.Kind": {IN_PLACE: "name description"},
    "events.Place": {IN_PLACE: "note"},
    "events.PlaceName": {WITH_ITS_ROW: "name used_by", LANGUAGE: "language"},
    "events.Actor": {IN_PLACE: "note", CODE: "nature"},
    "events.ActorName": {WITH_ITS_ROW: "name used_by", LANGUAGE: "language"},
    "events.Text": {IN_PLACE: "title text awaits_refusal", CODE: "name"},
    "events.Material": {
        IN_PLACE: "url obtained taken shows caption alt credit rights rights_note people consent_note "
        "source_type taken_down_reason",
        FINGERPRINT: "hmac",
        CODE: "consent graphic state",
    },
    "events.Use": {WITH_ITS_ROW: "caption"},
    "events.Proposal": {IN_PLACE: "fields base note", FINGERPRINT: "hmac", CODE: "state"},
    "events.DeskText": {OF_WHAT_IS_FOUND: "text"},
    "events.Claim": {AS_IT_MOVES: "words"},
    "events.Decision": {CODE: "verb from_state to_state reason_code"},
    "events.Words": {OF_DECISIONS: "text", FINGERPRINT: "hmac", CODE: "about", NUMBERS: "tells_of"},
    "events.Author": {FINGERPRINT: "hmac"},
    "events.Takedown": {BY_ITSELF: "reason order_reference", CODE: "state step"},
    "events.TakedownPart": {NUMBERS: "subject row editions"},
    "events.Printed": {CODE: "facet"},
    "events.Membership": {CODE: "role"},
    "events.Invitation": {CODE: "role", HASH: "token_hash"},
    "events.Pseudonym": {PSEUDONYM: "name"},
    "events.Beat": {MACHINE: "name"},
    "events.Unsaved": {WITH_ITS_ROW: "typed", NUMBERS: "address"},
    "events.Revision": {WITH_ITS_ROW: "before after why", CODE: "model"},
    "events.HouseWord": {SAID_OTHERWISE: "say instead_of because"},
    "events.SavedView": {OF_A_PERSON: "name query", CODE: "model"},
    "events.Sent": {HASH: "fingerprint", NUMBERS: "led_to"},
    "media.Asset": {WITH_THE_FILE: "name imprint", HASH: "sha256", CODE: "kind mime", NUMBERS: "boxes"},
    "media.Custody": {WITH_THE_FILE: "note", CODE: "verb", ACCOUNT: "by_name", HASH: "hashes"},
    "media.Publication": {HASH: "filename"},
    "media.Rendition": {HASH: "sha256", CODE: "format"},
    "chronicle.Chronicle": {
        SAID_OTHERWISE: "origin slug title description",
        LANGUAGE: "language",
        MACHINE: "zone",
        CODE: "name_style",
        HASH: "commitment",
    },
    "chronicle.Sheet": {BY_THE_PRESS: "document", HASH: "commitment salt"},
    "chronicle.Edition": {
        NUMBERS: "subject",
        CODE: "action",
        PSEUDONYM: "by",
        HASH: "commitment leaf",
    },
    "chronicle.Removal": {HASH: "commitment"},
    "chronicle.Log": {HASH: "root frontier digest", NUMBERS: "numbers"},
    "chronicle.Entry": {
        BY_THE_PRESS: "headline card withdrawn_reason",
        CODE: "standing",
        HASH: "commitment",
    },
    "chronicle.EntryTerm": {CODE: "facet"},
    "chronicle.EntryWords": {BY_THE_PRESS: "headline names body"},
    "chronicle.Page": {BY_THE_PRESS: "headline sentence summary occasion", HASH: "commitment"},
    "chronicle.Text": {BY_THE_PRESS: "title text", CODE: "name", HASH: "commitment"},
    "chronicle.Term": {
        BY_THE_PRESS: "label slug dated",
        CODE: "facet",
        NUMBERS: "lineage",
        HASH: "commitment",
    },
    "chronicle.Spelling": {BY_THE_PRESS: "folded name", CODE: "facet"},
    "chronicle.Bitmap": {NUMBERS: "name ids", CODE: "facet"},
    "admin.LogEntry": {WHICH_ROW: "object_repr change_message", NUMBERS: "object_id"},
    "auth.User": {ACCOUNT: "username first_name last_name email", HASH: "password"},
    "auth.Group": {OF_THE_PROGRAM: "name"},
    "auth.Permission": {OF_THE_PROGRAM: "name codename"},
    "contenttypes.ContentType": {OF_THE_PROGRAM: "app_label model"},
    # Django's own, in which nobody has written since sessions have an owner: emptied by events.0021.
    "sessions.Session": {FROM_SESSIONS: "session_data", HASH: "session_key"},
    "events.Session": {FROM_SESSIONS: "session_data", HASH: "session_key", DEVICE: "device prefix"},
    "events.Attempts": {DEVICE: "of"},
    "events.FactorChange": {CODE: "deed"},
    "mfa.Authenticator": {CODE: "type", ACCOUNT: "data"},
    # What allauth has beside; nobody is given an address of it, so that nothing is ever written.
    "account.EmailAddress": {ACCOUNT: "email"},
    "account.EmailConfirmation": {HASH: "key"},
}
"""By model, what becomes of which of its columns."""

TABLES: dict[str, str] = {
    "chronicle_entrywords_fts": "The index of words of SQLite: its parts are merged by the worker.",
    "chronicle_entrywords_fts_config": NUMBERS,
    "chronicle_entrywords_fts_data": "Where it lies: words of deleted rows go as its parts are merged.",
    "chronicle_entrywords_fts_idx": "Beginnings of its parts, made anew as they are merged.",
    "events_desktext_fts": "Likewise of the words that the desk is searched by.",
    "events_desktext_fts_config": NUMBERS,
    "events_desktext_fts_data": "Where it lies: words of deleted rows go as its parts are merged.",
    "events_desktext_fts_idx": "Beginnings of its parts, made anew as they are merged.",
    "django_migrations": OF_THE_PROGRAM,
}
"""Tables that are no model's; PostgreSQL has its index of words in a column beside them."""


def line_of(model: str, column: str) -> str:
    """What becomes of ``column`` of ``model`` (“events.Event”). Raises KeyError where nothing is said."""
    for how, columns in LINES[model].items():
        if column in columns.split():
            return how
    raise KeyError(f"{model}.{column}")
