from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from chronicle import wording
from chronicle.models import Page
from chronicle.site import heads, pictures, strip
from chronicle.site.conditions import answered_by
from chronicle.site.pictures import Picture

A_DAY = 24 * 60 * 60


@cache_control(public=True, max_age=A_DAY)
@require_safe
def of_chronicle(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a whole chronicle: how many days it has, and the last of them."""
    chronicle = strip.chronicle_called(slug)
    calendar = strip.calendar_of(chronicle)
    last = calendar.last or calendar.first
    days = (last - calendar.first).days + 1
    around = strip.read(chronicle, calendar, min(chronicle.last_page or calendar.first, last))
    picture = Picture(
        title=heads.NAME,
        label="Day" if days == 1 else "Days",
        number=days,
        date=wording.first_to_last(chronicle.calendar),
        headline=chronicle.title,
        shades=tuple(cell.shade for cell in around.cells),
    )
    return answer(request, picture)


@cache_control(public=True, max_age=A_DAY)
@require_safe
def of_day(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The picture of one day: its number, its headline, and the days about it."""
    chronicle = strip.chronicle_called(slug)
    calendar = strip.calendar_of(chronicle)
    day = calendar.date_of(number)
    if day is None:
        raise Http404
    address = reverse("page_picture", args=[slug, number])
    if request.path != address:
        return redirect(address, permanent=True)
    page = Page.objects.filter(chronicle=chronicle, date=day).first()
    around = strip.read(chronicle, calendar, day)
    picture = Picture(
        title=chronicle.title,
        label="Day",
        number=number,
        date=wording.day_words(day),
        headline=page.headline if page else "",
        shades=tuple(cell.shade for cell in around.cells),
        now=around.cells.index(around.cell),
    )
    return answer(request, picture)


def answer(request: HttpRequest, picture: Picture) -> HttpResponse:
    """``picture``, or that the browser has it already. It is drawn only where it is asked for."""
    tag = f'"{picture.tag}"'
    known = answered_by(request, tag)
    response = known or HttpResponse(pictures.png(picture), content_type="image/png")
    response["ETag"] = tag
    return response
