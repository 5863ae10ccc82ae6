from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chronicle.models import Chronicle, Page
from chronicle.site import strip

LATEST = 10


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """One chronicle: what it is about, the strip of its days, and its latest pages."""
    chronicle = get_object_or_404(Chronicle, slug=slug)
    cells = strip.days_of(chronicle)
    told = {cell.date: cell for cell in cells if cell.count}
    latest = Page.objects.filter(chronicle=chronicle, date__in=sorted(told)[-LATEST:]).order_by("-date")
    return render(
        request,
        "chronicle/overview.html",
        {
            "chronicle": chronicle,
            "cells": cells,
            "pages": [(page, told[page.date]) for page in latest],
            "days": len(told),
        },
    )
