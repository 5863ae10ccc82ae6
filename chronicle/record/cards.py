"""The card of an entry: what a reader sees of it in every list, printed once and kept with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string
from django.urls import reverse

from chronicle import prose, wording
from chronicle.fields import WORDLESS
from chronicle.models import Among, Chronicle, Standing, Term
from chronicle.models.statements import Statement, statement_of
from chronicle.record.figures import figure_of

STANCES = {"supports": "supports this", "disputes": "disputes this", "mentions": "mentions this"}
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Admiralty grades of an outlet, in words (NATO AJP-2.1). F is not the worst of them."""

CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Admiralty grades of information, in words (NATO AJP-2.1)."""

GENRES = {
    "article-newspaper": "news article",
    "statement": "official statement",
    "broadcast": "broadcast",
    "post": "post",
    "document": "document",
    "interview": "interview",
}
"""What a source is, by its CSL type."""


Terms = Mapping[str, Term]
"""The terms that a document names, by subject, each with its document and its chronicle."""


@dataclass(frozen=True)
class TermLink:
    """What a term is called, and the address of its page; what was taken down is called just that."""

    words: str
    url: str
    is_taken: bool = False


@dataclass(frozen=True)
class Fact:
    """Something known of a source, in words; of a grade with where that is explained."""

    words: str
    url: str = ""


@lru_cache(maxsize=256)
def codebook_of(slug: str) -> str:
    """The page that says what is meant by the marks of a chronicle."""
    return reverse("codebook", args=[slug])


def link(term: Term) -> TermLink:
    return TermLink(term.called, term.get_absolute_url(), is_taken=term.taken_at is not None)


def terms_of(chronicle: Chronicle, subjects: Iterable[str]) -> dict[str, Term]:
    """The terms of the record with ``subjects``, with their documents, in one query."""
    subjects = list(subjects)
    if not subjects:
        return {}
    given = {"chronicle": chronicle.pk, "subjects": Among.value_of(subjects)}
    return by_subject(chronicle, _named().rows(given))


NAMED = {
    # The database is to look up each of them, and not to look at each term: SQLite would do that of its own.
    "sqlite": "SELECT term.id FROM json_each(%s) CROSS JOIN chronicle_term AS term "
    "WHERE term.chronicle_id = %s "
    "AND term.facet = substr(json_each.value, 1, instr(json_each.value, '/') - 1) "
    "AND term.number = CAST(substr(json_each.value, instr(json_each.value, '/') + 1) AS integer)",
    "postgresql": "SELECT term.id FROM unnest(%s::text[]) AS asked CROSS JOIN chronicle_term AS term "
    "WHERE term.chronicle_id = %s AND term.facet = split_part(asked, '/', 1) "
    "AND term.number = split_part(asked, '/', 2)::integer",
}
"""The row ids of the terms of a chronicle with one of many subjects."""

HOLES: dict[str, Any] = {"subjects": ["-subjects-"], "chronicle": -1}


@cache
def _named() -> Statement:
    vendor = connection.vendor
    values = [Among.value_of(HOLES["subjects"]), HOLES["chronicle"]]
    found = RawSQL(NAMED[vendor], values)  # noqa: S611 - a statement of ours
    return statement_of(Term.objects.filter(pk__in=found).with_document(), HOLES)


def by_subject(chronicle: Chronicle, terms: Iterable[Term]) -> dict[str, Term]:
    """``terms`` of ``chronicle`` by subject, none of which is asked for it again."""
    found = {term.subject: term for term in terms}
    for term in found.values():
        term.chronicle = chronicle
    return found


def print_card(document: Any, terms: Terms, *, url: str) -> str:
    """The card of an entry as HTML: nothing in it depends on who reads it, or on which page."""
    return render_to_string("chronicle/card.html", {"entry": card_context(document, terms, url=url)}).strip()


def card_context(document: Any, terms: Terms, *, url: str, host: str = "") -> dict[str, Any]:
    """What the card and the entry's own page show of ``document``. ``terms`` must hold those it names.

    ``host`` serves the files of its media, where it is another than this.
    """
    citations = [citation_context(citation, terms) for citation in document["citations"]]
    return {
        "url": url,
        "codebook": codebook_of(terms[document["kind"]].chronicle.slug),
        "headline": document["headline"],
        "language": wording.other_language(document["language"]),
        "text": prose.printed(document["text"]),
        "when": document["moment"]["wording"] or "Some time that day",
        "key": document["key"],
        "kind": link(terms[document["kind"]]),
        "places": links(document["places"], terms),
        "actors": links(document["actors"], terms),
        "standing": document["standing"],
        "standing_words": standing_words(document),
        "citations": citations,
        "citations_words": citations_words(citations),
        "figures": [
            figure_of(
                terms[each["subject"]].document,
                each["caption"],
                url=terms[each["subject"]].get_absolute_url(),
                host=host,
            )
            for each in document.get("media", ())
        ],
    }


def citations_words(citations: list[dict[str, Any]]) -> str:
    """How many there are, and how many of them dispute the entry: “3 citations, 1 disputes”."""
    disputes = sum(citation["stance"] == "disputes" for citation in citations)
    words = wording.counted(len(citations), "citation", "citations")
    return f"{words}, {wording.counted(disputes, 'disputes', 'dispute')}" if disputes else words


def links(members: list[Any], terms: Terms) -> list[TermLink]:
    """The terms in a list of a document, in alphabetical order."""
    named = (terms[member["subject"]] for member in members)
    return [link(term) for term in sorted(named, key=lambda term: (term.label, term.number))]


def standing_words(document: Any) -> str:
    """The standing in words; of a corroborated entry with the number of independent origins."""
    if document["standing"] != Standing.CORROBORATED:
        return str(Standing(document["standing"]).label)
    live = (c for c in document["citations"] if c["stance"] == "supports" and not c["retracted"])
    return f"Corroborated by {len({citation['origin'] for citation in live})} outlets"


def citation_context(citation: Any, terms: Terms) -> dict[str, Any]:
    """What is shown of one citation: the words, and all that tells where they stand.

    Of a source or an outlet that was taken down nothing is told but that.
    """
    source, outlet = terms[citation["source"]], terms[citation["outlet"]]
    return {
        "quote": citation["quote"],
        "language": citation["language"] or source.document["language"],
        "translation": citation["translation"],
        "stance": citation["stance"],
        "stance_words": STANCES[citation["stance"]],
        "retracted": retracted_words(citation["retracted"]),
        "recheck": citation.get("recheck", False),
        "outlet": link(outlet),
        "side": outlet.document.get("side", ""),
        "source": link(source),
        "published": published_words(source.document.get("published_on", "")),
        "facts": source_facts(citation, source, outlet),
        "url": source.document.get("url", ""),
        "archived_url": source.document.get("archived_url", ""),
    }


def retracted_words(why: str) -> str:
    """That its source was taken back, and why, unless that was taken down; empty where it was not."""
    if why == WORDLESS:
        return "Source retracted. Why was taken down."
    return f"Source retracted: {why}" if why else ""


def source_facts(citation: Any, source: Any, outlet: Any) -> list[Fact]:
    """What is known of a source and its outlet: “news article · outlet: usually reliable (B) · p. 2”."""
    codebook = codebook_of(source.chronicle.slug)
    facts = [
        Fact(GENRES.get(source.document.get("genre", ""), "")),
        Fact(
            grade_words("outlet", outlet.document.get("reliability", ""), RELIABILITY), f"{codebook}#outlets"
        ),
        Fact(grade_words("information", citation["credibility"], CREDIBILITY), f"{codebook}#information"),
        Fact(citation["locator"]),
    ]
    return [fact for fact in facts if fact.words]


def grade_words(graded: str, grade: Any, scale: dict[Any, str]) -> str:
    """A grade with its meaning: “outlet: usually reliable (B)”. Empty where none was given."""
    return f"{graded}: {scale[grade]} ({grade})" if grade in scale else ""


def published_words(edtf: str) -> str:
    """The date of a source as it is read: 8 November 2021, November 2021, 2021. Empty stays empty."""
    if not edtf:
        return ""
    year, *rest = edtf.split("-")
    if not rest:
        return year
    if len(rest) == 1:
        return f"{wording.MONTHS[int(rest[0]) - 1]} {int(year)}"
    return wording.day_words(date.fromisoformat(edtf))
