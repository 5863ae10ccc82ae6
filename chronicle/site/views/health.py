"""For whoever watches over the server: plain text, and nothing in it that a reader may not see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from chronicle.site import health


@cache_control(no_store=True)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """That the process answers at all; the database is not asked."""
    return plain("alive")


@cache_control(no_store=True)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Each check by name, with ok or why not; 503 where one fails."""
    answers = list(health.answers())
    lines = "\n".join(f"{name}: {reason or 'ok'}" for name, reason in answers)
    return plain(lines, status=503 if any(reason for _, reason in answers) else 200)


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
