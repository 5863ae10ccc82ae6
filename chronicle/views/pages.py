from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from chronicle import sections, strip
from chronicle.facets import facets_of
from chronicle.filters import EntryFilter
from chronicle.models import Chronicle, Entry, Page
from chronicle.views.errors import NoSuchPage

PER_PAGE = 100


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One day: what it tells and what happened on it, narrowed by what the reader chose."""
    chronicle = get_object_or_404(Chronicle, slug=slug)
    cells = strip.days_of(chronicle)
    cell = next((cell for cell in cells if cell.number == number), None)
    if cell is None:
        raise NoSuchPage(
            f"“{chronicle}” has no day {number}: its days are {cells[0].number} to {cells[-1].number}."
        )
    printed = Page.objects.filter(chronicle=chronicle, date=cell.date).first()
    entry_filter = EntryFilter(request.GET, queryset=Entry.objects.public().on_day(chronicle, cell.date))
    facets = facets_of(entry_filter, request.GET, chronicle=chronicle)
    entries, following = one_page(entry_filter.narrowed(), request.GET.get("after", ""))
    before, after = strip.neighbours(cells, cell.date)
    return render(
        request,
        "chronicle/page.html",
        {
            "chronicle": chronicle,
            "cells": cells,
            "cell": cell,
            "page": printed,
            "filter": entry_filter,
            "facets": facets,
            "sections": sections.of_day(entries, chronicle, cell.date),
            "before": before,
            "after": after,
            "next_query": with_after(request, following),
            "first_query": with_after(request, None) if request.GET.get("after") else "",
            "time_zone": sections.zone_words(chronicle, cell.date),
        },
    )


def one_page(entries, after: str) -> tuple[list[Entry], int | None]:
    """The entries after the place ``after``, and the place that the next page begins after."""
    entries = entries.for_listing()
    if after.removeprefix("-").isdecimal() and len(after) < 19:
        entries = entries.filter(sk__gt=int(after))
    found = list(entries[: PER_PAGE + 1])
    return found[:PER_PAGE], found[PER_PAGE - 1].sk if len(found) > PER_PAGE else None


def with_after(request: HttpRequest, place: int | None) -> str:
    """The query string of another page of the same list."""
    query = request.GET.copy()
    query.pop("after", None)
    if place is not None:
        query["after"] = str(place)
    elif "after" not in request.GET:
        return ""
    return f"?{query.urlencode()}"


def by_date(request: HttpRequest, slug: str, day: date) -> HttpResponse:
    """The address of a day by its date leads to its one address by its number."""
    chronicle = get_object_or_404(Chronicle, slug=slug)
    if not chronicle.tells(day):
        raise NoSuchPage(f"{day:%-d %B %Y} is not a day of “{chronicle}”.")
    query = request.GET.urlencode()
    address = Page(chronicle=chronicle, number=chronicle.number_of(day)).get_absolute_url()
    return redirect(f"{address}?{query}" if query else address, permanent=True)
