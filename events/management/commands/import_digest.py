import sys
from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from chronicle.wording import day_words, zone_words_of_day
from events.editorial.moves import IMPORT
from events.editorial.reach import who_may
from events.editorial.refused import Refused
from events.importers import digest as reader
from events.importers import preview
from events.importers.articles import Article, known_source
from events.importers.digest import LARGEST, Digest, NotProse, Undecided, decoded
from events.importers.drafts import import_digest
from events.models import Kind, Outlet, Story


class Command(BaseCommand):
    help = "Read a daily digest in plain prose and make one draft of each happening it tells."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="The article as UTF-8 text; - is standard input.")
        parser.add_argument("--chronicle", required=True, metavar="SLUG")
        parser.add_argument(
            "--date",
            type=date_given,
            metavar="YYYY-MM-DD",
            help="The day it tells, where its words do not say or do not agree.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Show what was read; write nothing.")
        parser.add_argument(
            "--by", metavar="USERNAME", help="Whose drafts they are; needed where several may import."
        )
        parser.add_argument("--outlet", metavar="NAME", help="Who published the article.")
        parser.add_argument("--title", help="The article's title; without it, the one the text begins with.")
        parser.add_argument("--url", default="", metavar="ADDRESS", help="Where the article is.")
        parser.add_argument("--kind", metavar="NAME", help="The kind of the drafts (Unsorted).")

    def handle(self, *, file, chronicle, dry_run, by, kind, url, **options):
        story = story_with(chronicle)
        digest = digest_in(file, story, options["date"])
        guess = Article(options["outlet"] or "", options["title"] or digest.title, url, digest.head_date)
        self.preview(digest, story, guess)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
            return
        person, chosen_kind = who(by, story), kind_named(story, kind)
        article = self.article(digest, story, guess, asks=file != "-" and sys.stdin.isatty())
        wanted = sum(passage.is_event for passage in digest.passages)
        with tqdm(total=wanted, unit="draft", desc="Importing", file=self.stderr, disable=None) as bar:
            try:
                imported = import_digest(
                    digest, story, article, by=person, kind=chosen_kind, progress=bar.update
                )
            except Refused as refusal:
                raise CommandError(f"{refusal} Nothing was written.") from refusal
        self.stdout.write(imported.in_words())

    def preview(self, digest: Digest, story: Story, article: Article) -> None:
        """Print what was read: the day and what says so, then a line a passage."""
        self.stdout.write(f"Day {digest.day_number} of {story}: {day_words(digest.day)}")
        self.stdout.write(f"Read from: “{digest.evidence}”")
        if digest.announcement:
            self.stdout.write(digest.announcement)
        self.stdout.write(
            row("", "When", f"Read as, {zone_words_of_day(story.clock, digest.day)}", "What", "Headline")
        )
        for line in preview.lines(digest, story, article):
            passage = line.passage
            what = "event" if passage.is_event else f"not an event: {passage.why_not}"
            when = f"{passage.phrase or '–'}{' (carried on)' if passage.carried else ''}"
            there = " (there already)" if line.is_there else ""
            self.stdout.write(row(passage.number, when, line.reading.bounds, what + there, passage.headline))
        events = sum(passage.is_event for passage in digest.passages)
        self.stdout.write(f"{len(digest.passages)} passages, {events} of them events.")

    def article(self, digest: Digest, story: Story, guess: Article, *, asks: bool) -> Article:
        """The article as the desk knows it, else as given, asking for what is missing where one may ask."""
        if known_source(digest.fingerprint, story, guess):
            return guess
        outlet = guess.outlet or answer("Which outlet published it? ", "--outlet", asks=asks)
        title = guess.title or answer("What is its title? ", "--title", asks=asks)
        if not Outlet.objects.filter(story=story, name__iexact=outlet).exists():
            self.stdout.write(f"“{outlet}” is a new outlet.")
        return replace(guess, outlet=outlet, title=title)


def date_given(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise ArgumentTypeError(f"“{written}” is not a date: write YYYY-MM-DD.") from wrong


def answer(question: str, option: str, *, asks: bool) -> str:
    """What the person types; where nobody can be asked, or nothing is said, the option to give."""
    try:
        said = input(question).strip() if asks else ""
    except EOFError:
        said = ""
    if not said:
        raise CommandError(f"{question}Give {option}. Nothing was written.")
    return said


def story_with(slug: str) -> Story:
    story = Story.objects.filter(slug=slug).first()
    if story is None:
        raise CommandError(
            f"There is no chronicle “{slug}”. {known('chronicle', Story.objects.all(), 'slug')}"
        )
    return story


def digest_in(file: str, story: Story, day: date | None) -> Digest:
    """What ``file`` tells; of ``day``, where one is given."""
    try:
        return reader.read_digest(text_of(file), reader.Story(story.clock, story.calendar), day=day)
    except Undecided as undecided:
        raise CommandError(f"{undecided} Use --date YYYY-MM-DD.") from undecided
    except NotProse as refusal:
        raise CommandError(str(refusal)) from refusal


def text_of(file: str) -> str:
    """The text of ``file`` or of standard input. Raises NotProse."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(LARGEST + 1)
    except OSError as wrong:
        raise CommandError(f"Cannot read {file}: {wrong.strerror}.") from wrong
    return decoded(raw)


def who(username: str | None, story: Story):
    """The account to import into ``story`` as: the one named, else the only one that may."""
    if username:
        person = get_user_model().objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is no account “{username}”.")
        return person
    may = list(who_may(IMPORT, story))
    if not may:
        raise CommandError("No account may import a digest: make one an editor of the story.")
    if len(may) > 1:
        names = ", ".join(sorted(person.get_username() for person in may)[:10])
        raise CommandError(f"Several accounts may import ({names}): say which one with --by.")
    return may[0]


def kind_named(story: Story, name: str | None) -> Kind | None:
    kind = Kind.objects.filter(story=story, name__iexact=name).first() if name else None
    if name and kind is None:
        raise CommandError(f"There is no kind “{name}”. {known('kind', story.kinds.all(), 'name')}")
    return kind


def known(what: str, rows: Any, column: str) -> str:
    names = list(rows.order_by(column).values_list(column, flat=True)[:20])
    return f"There are: {', '.join(names)}." if names else f"There is no {what} yet."


def row(number: object, when: str, bounds: str, what: str, headline: str) -> str:
    return f"{number:>3}  {when:<34.34}  {bounds:<27}  {what:<23}  {headline}".rstrip()
