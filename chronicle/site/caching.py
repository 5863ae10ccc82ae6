"""What browsers and caches may keep of a page, and for how long: until the log says that it is another.

The log of a chronicle is read before its page. Its digest is another whenever anything is served otherwise,
so that a page of which a reader has the tag is told to be the same in one query. A tag that is read too early
names later words, and nobody is told that these are the same.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chronicle.site import strip
from chronicle.site.conditions import answered_by
from chronicle.site.filters import pairs_of
from chronicle.site.kept import kept

READERS = "public, max-age=0, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400"
"""A cache in front answers for five seconds, and for a day where the site does not (RFC 9111, RFC 5861)."""

DESK = "private, no-store"
NEVER = "no-store"
KEPT = (200, 301, 304, 410, 451)
"""What caches may keep by its status; what is not found may be there in a moment."""

TAGGED = (200, 304, 410, 451)
MOST_KEYS = 4_000
"""Bytes of the names by which a cache drops a page."""

WORDY = ("text/", "application/json", "application/xml", "application/ld+json")
WORDY += ("application/atom+xml", "application/feed+json")
SHOWN = ("*.py", "*.html", "*.css", "*.js")


class CachingMiddleware:
    """Says of every response that says nothing of it itself who may keep it, and for how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = _said_of(request, response)
        return response


def _said_of(request: HttpRequest, response: HttpResponse) -> str:
    if response.cookies or (settings.DESK and request.path.startswith(reverse("admin:index"))):
        return DESK
    return READERS if response.status_code in KEPT else NEVER


class CompressionMiddleware(GZipMiddleware):
    """Pages, compressed where no proxy does it; pictures are, as they are."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.streaming or not response.get("Content-Type", "").startswith(WORDY):
            return response
        return super().process_response(request, response)


PACK = CompressionMiddleware(lambda request: HttpResponse()).process_response
"""As that middleware does it, for a page before it is kept."""

View = Callable[..., HttpResponse]


def of_chronicle(*known: str) -> Callable[[View], View]:
    """A view of a chronicle, given in place of its slug; in one query where the reader has the page as it is.

    ``known`` are the names that its address may ask with. What has others, or a pair twice, leads to the
    address with just these, in one order: caches keep a page once. 404 where there is no such chronicle.
    """

    def decorator(view: View) -> View:
        @require_safe
        @wraps(view)
        def answer(request: Any, slug: str, **rest: Any) -> HttpResponse:
            if (tidy := tidied(request, known)) is not None:
                return tidy
            # The page for what is not found reads it no second time.
            chronicle = request.chronicle = strip.chronicle_called(slug)
            response = answered(
                request, tag_of_page(request, chronicle), lambda: view(request, chronicle, **rest)
            )
            response.setdefault("Surrogate-Key", chronicle.slug)
            return response

        return answer

    return decorator


def answered(request: HttpRequest, tag: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    """``page``, which is known by ``tag``, or that the reader has it (304). Without a tag it is made anew."""
    response: Any = answered_by(request, tag) if tag else None
    if response is None:
        response = kept(request, tag, page, PACK) if tag else page()
    if tag and response.status_code in TAGGED:
        response["ETag"] = tag
    return response


def tidied(request: HttpRequest, known: Iterable[str]) -> HttpResponse | None:
    """The way to the same page by its one address; None where this is it."""
    pairs = pairs_of(request.GET, without=())
    kept = dict.fromkeys(pair for pair in pairs if pair[0] in known)
    if len(kept) == len(pairs):
        return None
    query = request.GET.copy()
    query.clear()
    for name, value in sorted(kept):
        query.appendlist(name, value)
    return HttpResponseRedirect(
        request.path + (f"?{query.urlencode()}" if kept else ""), headers={"Cache-Control": NEVER}
    )


def tag_of_page(request: HttpRequest, chronicle: Any) -> str:
    """By what a page is known as it stands: its log, the program, its address, and today, which it shows."""
    now = timezone.now()
    today = timezone.localdate(now), chronicle.clock.date_of(now)
    return tag_of(request, chronicle.printed, *today) if chronicle.printed else ""


def tag_of(request: HttpRequest, *said: object) -> str:
    """The weak tag of what is at the address of ``request`` as long as all that is ``said`` stays the same.

    Empty while the program is written: nobody would see what was changed.
    """
    if settings.DEBUG:
        return ""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    told = "\n".join(map(str, (build(), address, *said)))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


@cache
def build() -> str:
    """By what this program is told from another version, and from one that shows files of elsewhere."""
    room = Path(settings.BASE_DIR) / "chronicle"
    files = sorted(path for pattern in SHOWN for path in room.rglob(pattern))
    told = hashlib.sha256(settings.CHRONICLE_MEDIA_HOST.encode())
    for file in files:
        told.update(file.read_bytes())
    return told.hexdigest()


def keyed(
    response: HttpResponse, chronicle: Any, subjects: Iterable[str], *, beyond: Iterable[str] = ()
) -> HttpResponse:
    """``response`` with the names of what it shows, by which a cache is told to drop it (``Surrogate-Key``).

    Where ``subjects`` are too many to be named, those ``beyond`` stand for them; its chronicle always is.
    """
    for some in (subjects, beyond, ()):
        told = " ".join([chronicle.slug, *(f"{chronicle.slug}/{subject}" for subject in dict.fromkeys(some))])
        if len(told) <= MOST_KEYS:
            response["Surrogate-Key"] = told
            break
    return response


def telling(response: HttpResponse, *told: object) -> HttpResponse:
    """``response``, which nobody keeps where it tells a reader of what was written amiss."""
    if any(told):
        response["Cache-Control"] = NEVER
    return response
