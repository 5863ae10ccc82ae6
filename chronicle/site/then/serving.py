"""Pages that are served as they are, and as they were known at a moment that their address asks for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from chronicle.documents import TERM_FACETS
from chronicle.site import bounds, naming, strip
from chronicle.site.caching import NEVER, answered, of_chronicle, tag_of_page, tidied
from chronicle.site.sections import DayLink
from chronicle.site.then import asking, mementos
from chronicle.site.then.moment import moment_of
from chronicle.site.then.past import Past
from chronicle.site.then.snapshot import snapshot
from chronicle.site.then.telling import banner_of
from chronicle.site.views.errors import NoSuchPage

AS_OF = "as_of"
KEPT = "public, max-age=0, s-maxage=86400, stale-while-revalidate=60, stale-if-error=86400"
"""What was known then stays as it is. A cache in front is told of a takedown by ``Surrogate-Key``."""

View = Callable[..., HttpResponse]


def at_any_time(*known: str) -> Callable[[View], View]:
    """As ``caching.of_chronicle``, of a view that can be asked what was known at a moment, by ``as_of``."""

    def decorator(view: View) -> View:
        now = of_chronicle(*known)(view)

        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            return at_its_time(
                request,
                slug,
                known,
                now=lambda: now(request, slug=slug, **rest),
                then=lambda chronicle: view(request, chronicle, **rest),
            )

        return answer

    return decorator


def at_its_time(
    request: Any,
    slug: str,
    known: Iterable[str],
    *,
    now: Callable[[], HttpResponse],
    then: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """What a page is ``now``; or what is made of its chronicle as it was ``then``, where that is asked for.

    ``known`` are the names that the address may ask with besides.
    """
    if AS_OF not in request.GET:
        return mementos.original(now(), request, slug)
    if (tidy := tidied(request, (*known, AS_OF))) is not None:
        return tidy
    if request.GET[AS_OF].isdigit():
        return _by_size(request)
    with snapshot():
        clocks = Clocks(slug, _besides(request))
        chronicle = request.chronicle = chronicle_as_of(slug, request.GET[AS_OF], clocks.zone)
        chronicle.then.called = clocks.called
        return _then(request, chronicle, lambda: then(chronicle))


@dataclass
class Clocks:
    """Those of the chronicle with a ``slug``. When they are asked for, ``called`` is read in the same query:
    what the names of terms mean that a page is asked with."""

    slug: str
    query: QueryDict
    called: naming.Numbers | None = None

    def zone(self) -> ZoneInfo:
        zone, self.called = naming.with_zone(self.slug, bounds.within(self.query)[0])
        return zone


def _besides(request: HttpRequest) -> QueryDict:
    """What is asked for besides the moment."""
    asked = request.GET.copy()
    del asked[AS_OF]
    return asked


def _by_size(request: HttpRequest) -> HttpResponse:
    """The way to the one address of a size of the log, as the slider asks for it by its number."""
    query = request.GET.copy()
    query[AS_OF] = f"log:{query[AS_OF]}"
    return HttpResponseRedirect(
        f"{request.path}?{query.urlencode(safe=':')}", headers={"Cache-Control": NEVER}
    )


def chronicle_as_of(slug: str, written: str, zone: Callable[[], ZoneInfo]) -> Any:
    """The chronicle with that slug as it was known at the moment that is ``written``. Raises NoSuchPage.

    A time without an offset is by the clocks of a ``zone``, that of the chronicle of now.
    """
    try:
        asked = asking.asked_of(written, zone)
    except asking.Unreadable as unreadable:
        raise _no_moment(slug, str(unreadable)) from unreadable
    found = None if asked.at and asked.at > timezone.now() else moment_of(slug, asked)
    if found is None:
        raise _no_moment(slug, asking.nothing_words(asked))
    moment, chronicle = found
    chronicle.then = Past(chronicle, moment)
    return chronicle


def _no_moment(slug: str, sentence: str) -> NoSuchPage:
    now = strip.chronicle_called(slug)
    return NoSuchPage(sentence, DayLink("As it is known now", now.get_absolute_url()))


def _then(request: Any, chronicle: Any, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of a view to what is asked besides the moment, its links leading to what was known then."""
    tag = tag_of_page(request, chronicle)
    request.GET = _besides(request)
    chronicle.then.banner = banner_of(request, chronicle)
    response = answered(request, tag, lambda: carried(page(), chronicle))
    response.setdefault("Surrogate-Key", chronicle.slug)
    if _lies_behind(response, chronicle):
        response.setdefault("Cache-Control", KEPT)
    response["X-Robots-Tag"] = "noindex"
    return mementos.memento(response, request, chronicle)


def _lies_behind(response: HttpResponse, chronicle: Any) -> bool:
    """Whether a page stays as it is, and names what it shows: a cache can be told to drop it."""
    is_over = chronicle.then.moment.size < chronicle.then.moment.whole
    return is_over and f"{chronicle.slug}/entry/" in response["Surrogate-Key"]


LINK = re.compile(r'(?<= href=")(?P<path>[^"?#]*)(?P<query>\?[^"#]*)?(?P<place>#[^"]*)?(?=")')
FORM = re.compile(r'<form [^>]*method="get" action="(?P<path>[^"?#]*)[^>]*>')


def carried(response: HttpResponse, chronicle: Any) -> HttpResponse:
    """``response`` with its ways to pages that can be asked for a moment leading to the same."""
    at = f"{AS_OF}=log:{chronicle.then.moment.size}"
    leads = re.compile(rf"(/{re.escape(chronicle.slug)}/({PAGES}))?").fullmatch

    def link(found: re.Match[str]) -> str:
        path, query, place = found["path"], found["query"] or "", found["place"] or ""
        if not leads(path) or not (path or query):
            return found[0]
        return f"{path}{query}&amp;{at}{place}" if query else f"{path}?{at}{place}"

    if "Location" in response:
        path, _, query = response["Location"].partition("?")
        response["Location"] = f"{path}?{query}&{at}" if query else f"{path}?{at}"
        response["Cache-Control"] = NEVER
        return response
    hidden = f'<input type="hidden" name="{AS_OF}" value="log:{chronicle.then.moment.size}">'

    def form(found: re.Match[str]) -> str:
        return found[0] + hidden if leads(found["path"]) and OWN not in found[0] else found[0]

    before, bar, rest = response.content.decode().partition(BAR)
    # The ways of the bar lead to other moments.
    bar, end, after = f"{bar}{rest}".partition("</aside>") if bar else ("", "", "")
    before, after = (FORM.sub(form, LINK.sub(link, part)) for part in (before, after))
    response.content = f"{before}{bar}{end}{after}".encode()
    return response


BAR = '<aside class="asof"'
OWN = 'class="as-known'
"""Of a form that asks for a moment itself."""

PAGES = rf"|(?:timeline|day-[0-9]+|entry/[0-9]+|(?:{'|'.join(TERM_FACETS)})/[0-9]+(?:-[^/]*)?)/"
"""The pages that can be asked for a moment, under the address of their chronicle."""
