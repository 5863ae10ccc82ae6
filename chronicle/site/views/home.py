from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronicle.site import heads, strip

MOST = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only chronicle there is, or a list of them."""
    chronicles = list(strip.chronicles().order_by("title")[:MOST])
    if len(chronicles) == 1:
        return redirect(chronicles[0])
    lately = strip.lately(chronicles)
    rows = [(chronicle, lately[chronicle.pk]) for chronicle in chronicles]
    return render(request, "chronicle/home.html", {"head": heads.of_home(request), "chronicles": rows})
