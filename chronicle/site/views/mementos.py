"""The TimeGate and the TimeMap of each page that can be asked what was known at a moment (RFC 7089)."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import parse_http_date_safe
from django.views.decorators.http import require_safe

from chronicle.site import bounds, strip
from chronicle.site.caching import NEVER
from chronicle.site.sections import DayLink
from chronicle.site.then import changing
from chronicle.site.then.mementos import TYPE, link, memento_at, ways_of
from chronicle.site.views.errors import NoSuchPage

MOST = 1_000
"""How many mementos one TimeMap lists; it leads to that of what came before."""

LONGEST = 18
"""Figures of a size of the log."""

SIDES = {"before": ("seq__lt", "-seq"), "after": ("seq__gt", "seq")}


@require_safe
def timegate(request: HttpRequest, slug: str, of: str) -> HttpResponse:
    """To a page as it was at ``Accept-Datetime``, or at its change before or after a size of the log, or at
    one of its changes by their number."""
    chronicle, path = strip.chronicle_called(slug), f"/{slug}/{of}"
    changes = changes_of(chronicle, path)
    query = request.GET.copy()
    sided = {name: query.pop(name)[-1] for name in (*SIDES, "change") if name in query}
    ways = ways_of(request, slug, path, query.urlencode())
    if sided:
        found = _beside(changes, sided, ways.original)
    else:
        written = request.headers.get("Accept-Datetime", "")
        at = parse_http_date_safe(written) if written else None
        if written and at is None:
            return HttpResponseBadRequest("Accept-Datetime is no date of HTTP.", content_type="text/plain")
        found = _at(changing.changes(chronicle), at)
    if found is None:
        raise Http404
    response = HttpResponseRedirect(memento_at(ways, found), headers={"Cache-Control": NEVER})
    response["Vary"] = "Accept-Datetime"
    response["Link"] = ", ".join([link(ways.original, "original"), link(ways.timemap, "timemap", type=TYPE)])
    return response


def _beside(changes: Any, sided: dict[str, str], original: str) -> int | None:
    [(side, written)] = list(sided.items())[:1]
    size = bounds.whole_number(written, LONGEST)
    if size is None:
        raise Http404
    if side == "change":
        return _called(changes, size, original)
    which, order = SIDES[side]
    found = changes.filter(**{which: size}).order_by(order).values_list("seq", flat=True).first()
    if found is None:
        raise NoSuchPage(f"Nothing here changed {side} that.", DayLink("As it is known now", original))
    return int(found)


def _called(changes: Any, number: int, original: str) -> int:
    """The size of the log at the change with that number, the first being 1."""
    found = changes.order_by("seq").values_list("seq", flat=True)[number - 1 : number] if number else []
    if not found:
        raise NoSuchPage(f"There is no change {number} here.", DayLink("As it is known now", original))
    return int(found[0])


def _at(changes: Any, at: int | None) -> int | None:
    """The size of the log at an instant, or of now; of before the first, that of the first."""
    sizes = changes.values_list("seq", flat=True)
    if at is None:
        return sizes.order_by("-seq").first()
    # Up to the end of that second, which may be the last there is.
    until = datetime.fromtimestamp(at, UTC).replace(microsecond=999_999)
    then = sizes.filter(at__lte=until).order_by("-at", "-seq").first()
    return then or sizes.order_by("seq").first()


@require_safe
def timemap(request: HttpRequest, slug: str, of: str) -> HttpResponse:
    """The times at which a page changed, each with the address of the page as it was then."""
    chronicle, path = strip.chronicle_called(slug), f"/{slug}/{of}"
    query = request.GET.copy()
    before = bounds.whole_number(query.pop("before", [""])[-1], LONGEST)
    changes = changes_of(chronicle, path)
    if before is not None:
        changes = changes.filter(seq__lt=before)
    found = list(changes.order_by("-seq").values_list("seq", "at")[: MOST + 1])
    ways = ways_of(request, slug, path, query.urlencode())
    shown = found[:MOST][::-1]
    lines = [
        link(ways.original, "original"),
        link(ways.timegate, "timegate"),
        link(request.build_absolute_uri(), "self", type=TYPE),
    ]
    if len(found) > MOST:
        earlier = f"{ways.timemap}{'&' if '?' in ways.timemap else '?'}before={shown[0][0]}"
        lines.append(link(earlier, "timemap", type=TYPE))
    lines += [link(memento_at(ways, size), _rel(n, len(shown)), at) for n, (size, at) in enumerate(shown)]
    response = HttpResponse(",\n".join(lines) + "\n", content_type=TYPE)
    response["Surrogate-Key"] = chronicle.slug
    response["X-Robots-Tag"] = "noindex"
    return response


def _rel(place: int, of: int) -> str:
    ends = [name for name, at in (("first", 0), ("last", of - 1)) if place == at]
    return " ".join([*ends, "memento"])


def changes_of(chronicle: Any, path: str) -> Any:
    """The editions with which the page at ``path`` changed. Raises Http404 where none can be asked for."""
    try:
        found = resolve(path)
    except Resolver404 as nowhere:
        raise Http404 from nowhere
    named = found.kwargs
    if found.url_name in ("overview", "timeline"):
        return changing.changes(chronicle)
    if found.url_name == "entry":
        return changing.of_entry(chronicle, named["number"])
    if found.url_name in ("term", "term_by_number"):
        return changing.of_term(chronicle, named["facet"], named["number"])
    day = strip.calendar_of(chronicle).date_of(named["number"]) if found.url_name == "page" else None
    if day is None:
        raise Http404
    return changing.of_day(chronicle, day)
