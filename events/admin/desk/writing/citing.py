"""The source of a citation by its address: one that is there is found, another is made as the event is saved.

What is asked of a new one stands in the row of its citation. Nothing is fetched from anywhere: title and date
are typed, or read out of the text of a page that somebody pastes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from chronicle import wording
from events.admin.belonging import stories_at_hand
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial import hosts, remembering, writing
from events.editorial.holding import may_at_all, verb_on
from events.importers.digest.dates import DATE, written
from events.importers.digest.heads import head_of
from events.models import Citation, Day, Outlet, Source, Story
from events.models.addresses import addresses_in, canonical, host_of
from events.models.outlet import web_address
from events.models.source import edtf_date

NAME = "events_event_sources"
MOST = 20
"""How many addresses are looked at."""
LONGEST = 100_000
"""Characters of a page that is pasted to be read."""
NEW = ("address", "title", "published_on", "outlet_name")
"""The fields of a row that tell of its source."""


class SourceFields(forms.Form):
    """What a row asks of its source besides; ``source`` itself is chosen from those of the story."""

    address = forms.CharField(
        label="or its address",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 1, "class": "address", "spellcheck": "false"}),
        help_text="Paste one, or several: each is a source.",
    )
    title = forms.CharField(label="Title, as it stands there", required=False, max_length=300)
    published_on = forms.CharField(
        label="Date",
        required=False,
        max_length=40,
        help_text="4 March 2021; or 2021-03, or 2021.",
    )
    outlet_name = forms.CharField(label="Outlet", required=False, max_length=120)

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"].strip()
        if not typed:
            return ""
        found = addresses_in(typed)
        if len(found) > 1:
            raise ValidationError("Write one address here, and add a citation for each of the others.")
        if not found:
            raise ValidationError("Write an address that begins with http:// or https://.")
        web_address(found[0])
        if len(found[0]) > Source._meta.get_field("url").max_length:
            raise ValidationError("This address is too long to be kept: 500 characters at most.")
        return found[0]

    def clean_published_on(self) -> str:
        return edtf_of(self.cleaned_data["published_on"])


def edtf_of(typed: str) -> str:
    """A date as sources keep it. Raises ValidationError for what is none."""
    typed = " ".join(typed.split())
    try:
        edtf_date(typed)
    except ValidationError:
        told = written(typed) if re.fullmatch(f"(?i)(?:{DATE})", typed) else None
        if told and told.year:
            return f"{told.year:04}-{told.month:02}-{told.day:02}"
        if typed:
            raise
    return typed


def with_address(story: Story, address: str) -> Source | None:
    """The source of ``story`` at ``address``, if it has one."""
    found = Source.objects.filter(story=story, canonical_url=canonical(address), erased_at=None)
    return found.select_related("outlet", "story").first()


@dataclass
class NewSource:
    """A source that is to be made, with its outlet where that is not there either."""

    story: Story
    address: str
    title: str
    published_on: str
    outlet_name: str

    def wrong(self) -> dict[str, str]:
        """What is still to be said, by its field."""
        found = {}
        if not self.title.strip():
            found["title"] = "This address is new here: say what its title is."
        if not self.outlet():
            found["outlet_name"] = "Nobody knows yet who publishes there: name the outlet."
        return found

    def outlet(self) -> Outlet | None:
        """Who publishes it: by the name that was typed, else by its host; not saved yet where it is new."""
        name = " ".join(self.outlet_name.split())
        if name:
            known = Outlet.objects.filter(story=self.story, name__iexact=name, erased_at=None).first()
            return known or Outlet(story=self.story, name=name)
        host = host_of(self.address)
        return hosts.outlets_on(self.story, [host]).get(host)

    def make(self, *, by: Any) -> Source:
        """It, saved; another row of the same form may have made it already."""
        known = with_address(self.story, self.address)
        return known or _saved(Source(**self._columns(by)), by)

    def _columns(self, by: Any) -> dict[str, Any]:
        outlet = self.outlet() or Outlet(story=self.story, name=host_of(self.address))
        outlet = outlet if outlet.pk else _saved(outlet, by)
        told = {"title": self.title.strip(), "published_on": self.published_on, "url": self.address}
        return {"story": self.story, "outlet": outlet, **told}


def source_by_address(form: Any, story: Story | None) -> NewSource | None:
    """Have ``form``, of a new citation, cite the source of the address in it.

    One that is not there yet is returned, to be made; what lacks is said beside its field.
    """
    given = form.cleaned_data
    if "address" not in given or story is None or "source" in form.errors:
        return None
    if given.get("source"):
        _refuse_another(form, story)
        return None
    if not given["address"]:
        form.add_error("source", "Choose a source, or give its address.")
        return None
    given["source"] = with_address(story, given["address"])
    return None if given["source"] else _new_source(form, story)


def _refuse_another(form: Any, story: Story) -> None:
    """Refuses an address beside a source that is chosen, where it is not that one's."""
    address = form.cleaned_data["address"]
    if address and form.cleaned_data["source"] != with_address(story, address):
        form.add_error("address", "This is not the address of the source that is chosen: clear one of both.")


def _new_source(form: Any, story: Story) -> NewSource:
    new = NewSource(story, *(form.cleaned_data.get(name, "") for name in NEW))
    for name, sentence in new.wrong().items():
        form.add_error(name, sentence)
    return new


def _saved(row: Any, by: Any) -> Any:
    saved = writing.save_named(row, by=by)
    remembering.remember(saved, by=by, before={}, why="Cited by its address.")
    return saved


def urls(site: Any, path: Any) -> list[Any]:
    return [path("sources/", site.admin_view(found_view), name=NAME)]


@require_POST
def found_view(request: HttpRequest) -> HttpResponse:
    """What the desk knows of the addresses that are sent; or of a page that is sent its title and date."""
    if not may_at_all(request.user, verb_on("add", Citation), held=held(request)):
        raise Http404
    if "text" in request.POST:
        return JsonResponse(told_by(request.POST["text"][:LONGEST]))
    story = story_asked(request)
    addresses = addresses_in(request.POST.get("addresses", ""))[:MOST]
    found = look_up(story, addresses) if story else []
    return JsonResponse({"found": [one.told() for one in found]})


def story_asked(request: HttpRequest) -> Story | None:
    """That of the day in the form; else the only one of who asks."""
    stories = stories_at_hand(request.user)
    key = key_in(request.POST.get("day", "") or request.GET.get("day", ""))
    day = Day.objects.select_related("story").filter(pk=key, story__in=stories).first() if key else None
    if day is not None:
        return day.story
    return stories[0] if len(stories) == 1 else None


@dataclass(frozen=True)
class Found:
    """What is known of an address: its source and by how many events that is cited, else its outlet."""

    address: str
    source: Source | None = None
    cited: int = 0
    outlet: Outlet | None = None

    def told(self) -> dict[str, Any]:
        """As the page of an event hears of it."""
        outlet = self.source.outlet if self.source else self.outlet
        return {
            "address": self.address,
            "known": self.source is not None,
            "outlet": str(outlet or ""),
            "sentence": self.sentence(),
        }

    def sentence(self) -> str:
        if self.source:
            cited = (
                f"cited by {wording.counted(self.cited, 'event', 'events')}"
                if self.cited
                else "not cited yet"
            )
            told = [f"“{self.source.title}”", str(self.source.outlet), self.source.published_words, cited]
            return f"Known here: {' · '.join(filter(None, told))}."
        if self.outlet:
            return f"New here. {self.outlet} publishes there: give its title and date."
        return "New here, and so is its host: say who publishes it, its title and date."


def look_up(story: Story, addresses: Iterable[str]) -> list[Found]:
    """``addresses`` in their order, in three questions."""
    forms_of = {address: canonical(address) for address in addresses}
    rows = Source.objects.filter(story=story, canonical_url__in=forms_of.values(), erased_at=None)
    cited = Count("citations__event", distinct=True)
    sources = {row.canonical_url: row for row in rows.select_related("outlet").annotate(cited_total=cited)}
    known = hosts.outlets_on(story, map(host_of, forms_of))
    return [
        Found(address, source, source.cited_total if source else 0, known.get(host_of(address)))
        for address, form in forms_of.items()
        for source in [sources.get(form)]
    ]


def told_by(text: str) -> dict[str, str]:
    """What the text of a page tells of itself: the title above it, and the first date that it writes."""
    head = head_of(text)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    title = head.title or (first if len(first) <= Source._meta.get_field("title").max_length else "")
    return {"title": title, "published_on": head.day.isoformat() if head.day else _first_date(text)}


def _first_date(text: str) -> str:
    for match in re.finditer(f"(?i){DATE}", text):
        told = written(match[0])
        if told and told.year:
            return f"{told.year:04}-{told.month:02}-{told.day:02}"
    return ""
