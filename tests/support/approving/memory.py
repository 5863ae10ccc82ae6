"""What somebody outside remembers of who wrote and who approved what: the model that judges each page.

It knows nothing of states, versions or fingerprints: only words, and people.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.support.approving.reading import Cited, Seen

Words = tuple[str, str]


def formless(words: Words) -> Words:
    """Words without the one difference of form that these people make."""
    headline, text = words
    return headline.removesuffix("."), text


@dataclass
class Memory:
    """Who wrote which words of what, and which of them somebody else approved together."""

    event_authors: dict[tuple[int, Words], set[str]] = field(default_factory=lambda: defaultdict(set))
    quote_authors: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    named_authors: dict[tuple[int, Words], set[str]] = field(default_factory=lambda: defaultdict(set))
    approved: set[tuple[int, Words, int, str]] = field(default_factory=set)
    """Event, what it said, source (number of the desk), and quotation."""
    approved_events: set[tuple[int, Words]] = field(default_factory=set)
    approved_names: set[tuple[int, Words]] = field(default_factory=set)
    """Source, and how it and its outlet were called."""
    wrong: list[str] = field(default_factory=list)

    def wrote_event(self, event: int, words: Words, before: Words | None, by: str) -> None:
        """``by`` has an event say ``words``: theirs, and of who wrote what it said before."""
        now, was = (event, formless(words)), (event, formless(before)) if before else None
        if now == was:
            return
        self.event_authors[now].add(by)
        if was and was not in self.approved_events:
            self.event_authors[now] |= self.event_authors[was]

    def wrote_quote(self, source: int, quote: str, before: tuple[int, str] | None, by: str) -> None:
        """``by`` has a source say ``quote``; whoever wrote what stood there before wrote it too."""
        self.quote_authors[source, quote] |= {by, *(self.quote_authors[before] if before else ())}

    def approve(self, event: int, words: Words, source: int, named: Words, quote: str, by: str) -> None:
        """``by`` approved, or confirmed, the three as they were shown."""
        told = (event, formless(words))
        if by in self.quote_authors[source, quote]:
            self.wrong.append(f"{by} approved a quotation of their own: {quote}")
        if by in self.event_authors[told] and told not in self.approved_events:
            self.wrong.append(f"{by} approved words of an event of their own: {words[0]}")
        if by in self.named_authors[source, named] and (source, named) not in self.approved_names:
            self.wrong.append(f"{by} approved a source of their own: {named}")
        self.approved.add((event, formless(words), source, quote))
        self.approved_events.add(told)
        self.approved_names.add((source, named))

    def wrote_name(self, source: int, named: Words, before: Words, by: str) -> None:
        """``by`` has a source, or its outlet, called so: theirs, and of who wrote what it was called."""
        self.named_authors[source, named].add(by)
        if (source, before) not in self.approved_names:
            self.named_authors[source, named] |= self.named_authors[source, before]

    def accept(self, source: int, named: Words, author: str, by: str) -> None:
        """``by`` accepted that a source is called so, as ``author`` proposed."""
        if by == author:
            self.wrong.append(f"{by} accepted a change of their own: {named}")
        self.approved_names.add((source, named))

    def faults(self, event: int, seen: Seen, numbers: dict[int, int]) -> Iterator[str]:
        """What the page of ``event`` says that nobody but its authors approved as shown.

        ``numbers`` tells the source of the desk by its number in the record.
        """
        yield from self.wrong
        sound = [cited for cited in seen.cited if not cited.rechecked]
        for cited in sound:
            source = numbers[cited.source]
            if (event, formless(seen.words), source, cited.quote) not in self.approved:
                yield f"{seen.words} and “{cited.quote}” were never approved together"
            if (source, cited.named) not in self.approved_names:
                yield f"nobody approved that a source is called {cited.named}"
        if not sound and not seen.unsupported and not any(_is_marked(cited) for cited in seen.cited):
            yield f"{seen.words} stands without a mark, and nothing that was approved"


def _is_marked(cited: Cited) -> bool:
    return cited.rechecked
