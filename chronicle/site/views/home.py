from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronicle.models import Chronicle
from chronicle.site import heads


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only chronicle there is, or a list of them."""
    chronicles = list(Chronicle.objects.order_by("title")[:200])
    if len(chronicles) == 1:
        return redirect(chronicles[0])
    return render(request, "chronicle/home.html", {"head": heads.of_home(request), "chronicles": chronicles})
