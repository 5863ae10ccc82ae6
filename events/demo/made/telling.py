"""The events of the made chronicle: what each tells, when, where, of whom, and what it rests on."""

import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from chronicle import prose
from chronicle.record.columns import MOST_POSITIONS
from events.demo.made.index import Index
from events.demo.made.letters import LANGUAGES, Zipf, made_word, unlike, written
from events.models import Actor, Citation, Day, Event, Place, Source
from events.models.addresses import canonical

WORDS = 20_000
PLAIN = (
    "the of and in to a was on for at by from with that it as were had no their after two near all before "
    "some this over three could many until water north south harbour market road bridge council people "
    "morning boats ferry grain rain wind report office list count school evening line price bread salt "
    "stone roof lamp storm tide shore quay crew pilot mail debt letter vote order permit repair fog R&D"
).split()
"""What a made text has of English; most of its words mean nothing."""
DEEDS = (
    "opens closes repairs inspects counts delays restores denies announces reports sells moves".split(),
    (
        "the lower lock;the ferry line;the grain store;the north quay;the tide tables;the salt market;"
        "the night boats;the signal lamp;a list of debts;the sea wall;the winter fares;the bell tower"
    ).split(";"),
)
RECENT = 200
"""How many sources are remembered, to be cited or relayed again."""
TAKEN_BACK = "The outlet took the report back and said that it had confused two islands."
TRANSLATOR = "the desk"

WHEN = {
    "{hour}:{minute:02}": 40,
    "": 12,
    "about {hour}:{minute:02}": 7,
    "{hour}:{minute:02}–{later}:50": 6,
    "in the morning": 5,
    "in the afternoon": 5,
    "in the evening": 5,
    "overnight": 3,
    "at dawn": 2,
    "after {hour}:{minute:02}": 6,
    "since {hour}:{minute:02}": 3,
    "before {later}:00": 4,
    "until noon": 2,
    "all day": 2,
    "the day before at {hour}:{minute:02}": 5,
    "the day before in the evening": 2,
    "{three_days}": 3,
}
"""How editors say when, and how often of a hundred or so."""
BACK = {"the day before at {hour}:{minute:02}", "the day before in the evening", "{three_days}", "overnight"}
"""Those that reach back before the day that tells."""

STANDINGS = {"single": 62, "corroborated": 18, "disputed": 8, "unsupported": 7, "retracted": 5}


@dataclass
class Told:
    """An event that no row is saved of yet, with what it is linked to."""

    event: Event
    places: list[Place]
    actors: list[Actor]
    sources: list[Source] = field(default_factory=list)
    """Those that are new with it."""
    citations: list[Citation] = field(default_factory=list)


class Teller:
    """Tells events, one after the other; ``people`` are the editor and the moderator."""

    def __init__(self, index: Index, people: tuple[Any, Any], dice: Random, *, now: datetime) -> None:
        self.index, self.dice, self.now = index, dice, now
        self.editor, self.moderator = people
        self.recent: deque[Source] = deque(maxlen=RECENT)
        self.told = 0
        made = unlike(lambda: made_word(dice))
        invented = [next(made) for _ in range(WORDS - len(PLAIN))]
        self.words = {"en": Zipf([*PLAIN, *invented])}
        self.words |= {
            language: Zipf([written(word, language) for word in invented[:5000]])
            for language in LANGUAGES[1:]
        }

    def tell(self, day: Day, position: int) -> Told:
        """An event of ``day``, submitted, whose citations a moderator approved."""
        self.told += 1
        places, actors = (
            self._named(self.index.places, (5, 75, 20)),
            self._named(self.index.actors, (25, 55, 20)),
        )
        deed = " ".join(self.dice.choice(words) for words in DEEDS)
        headline = self._headline(deed, places, actors)
        event = Event(
            day=day,
            kind=self.index.kinds.pick(self.dice)[0],
            headline=headline,
            wording=self._when(day),
            position=position % MOST_POSITIONS,
            is_key=self.dice.random() < 1 / 50,
            state=Event.State.SUBMITTED,
            created_by=self.editor,
        )
        event.read_moment()
        told = Told(event, places, actors)
        self._cite(told)
        event.text = prose.from_plain(self._text(headline, told.citations))
        return told

    def remember(self, sources: list[Source]) -> None:
        """Have ``sources``, which are saved now, be cited or relayed again."""
        self.recent.extend(source for source in sources if not source.retraction_reason)

    def _named(self, known: Zipf, shares: tuple[int, int, int]) -> list:
        """None, one or two of ``known``, in so many of a hundred events."""
        count = self.dice.choices((0, 1, 2), weights=shares)[0]
        return list({row.pk: row for row in known.pick(self.dice, count)}.values())

    def _headline(self, deed: str, places: list[Place], actors: list[Actor]) -> str:
        who = self.index.called[actors[0]] if actors else self.sentence("en", 2)[:-1]
        where = f" at {self.index.called[places[0]]}" if places else ""
        return f"{who} {deed}{where}"

    def _when(self, day: Day) -> str:
        form = self.dice.choices(list(WHEN), weights=list(WHEN.values()))[0]
        first = day.date - timedelta(days=2)
        if form in BACK and first < day.story.first_date:
            form = ""
        hour, minute = self.dice.randrange(1, 22), self.dice.randrange(60)
        three_days = f"{first:%-d %B}–{day.date:%-d %B}"
        return form.format(hour=hour, minute=minute, later=hour + 1, three_days=three_days)

    def _text(self, headline: str, citations: list[Citation]) -> str:
        """20 to 80 words: who says so, then words that mean little, some in another script."""
        by = citations[0].source.outlet.name if citations else "The desk"
        sentences = [f"{by} reports: {headline}."]
        left = self.dice.randrange(20, 81) - len(sentences[0].split())
        if self.dice.random() < 0.15:
            sentences.append(self.sentence(self.dice.choice(LANGUAGES[1:]), 6))
            left -= 6
        while left > 0:
            length = self.dice.randrange(6, 16)
            # No sentence of a word or two is left at the end.
            length = left if left < length + 4 else length
            sentences.append(self.sentence("en", length))
            left -= length
        return " ".join(sentences)

    def sentence(self, language: str, length: int) -> str:
        words = " ".join(self.words[language].pick(self.dice, length))
        return f"{words[:1].upper()}{words[1:]}."

    def _cite(self, told: Told) -> None:
        standing = self.dice.choices(list(STANDINGS), weights=list(STANDINGS.values()))[0]
        if standing == "unsupported":
            for _ in range(self.dice.choice((0, 1))):
                self._add(told, self._source(told), "mentions")
            return
        self._add(told, self._source(told, taken_back=standing == "retracted"), "supports")
        if standing == "corroborated":
            other = self.recent and self.dice.random() < 0.4
            self._add(told, self.dice.choice(self.recent) if other else self._source(told), "supports")
        elif standing == "disputed":
            self._add(told, self._source(told), "disputes")

    def _source(self, told: Told, *, taken_back: bool = False) -> Source:
        """A source of the event's own; one in twenty relays another."""
        outlet = self.index.outlets.pick(self.dice)[0]
        language = self.index.languages[outlet.pk]
        relays = self.dice.choice(self.recent) if self.recent and self.dice.random() < 0.05 else None
        url = f"{outlet.url}{told.event.day.date:%Y/%m}/{self.told}-{len(told.sources) + 1}"
        source = Source(
            story=told.event.story,
            outlet=outlet,
            title=self.sentence(language, self.dice.randrange(3, 9))[:-1],
            genre=self.dice.choice(Source.Genre.values),
            published_on=told.event.day.date.isoformat(),
            url=url,
            canonical_url=canonical(url),
            language=language,
            relays=relays,
            origin=relays.origin if relays else outlet,
            retracted_at=self.now if taken_back else None,
            retraction_reason=TAKEN_BACK if taken_back else "",
        )
        told.sources.append(source)
        return source

    def _add(self, told: Told, source: Source, stance: str) -> None:
        quote = self.sentence(source.language, self.dice.randrange(6, 16))
        translated = source.language != "en" and self.dice.random() < 0.7
        citation = Citation(
            key=uuid.UUID(int=self.dice.getrandbits(128), version=4),
            event=told.event,
            source=source,
            quote=quote,
            translation=self.sentence("en", len(quote.split())) if translated else "",
            translation_language="en" if translated else "",
            translated_by=TRANSLATOR if translated else "",
            locator=f"paragraph {self.dice.randrange(1, 9)}",
            stance=stance,
            credibility=self.dice.choice((None, *Citation.Credibility.values)),
            state=Citation.State.APPROVED,
            submitted_by=self.editor,
            changed_by=self.editor,
            approved_by=self.moderator,
            approved_at=self.now,
            approved_version=1,
        )
        told.citations.append(citation)
