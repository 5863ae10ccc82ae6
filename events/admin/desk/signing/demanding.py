"""What every page of the desk asks of who is signed in, besides being signed in."""

from functools import wraps
from typing import Any

from django.shortcuts import redirect

from events.admin.desk.signing.onward import with_next
from events.signing import sessions, stages


def with_second_factor(view: Any) -> Any:
    """``view``, to which nobody comes who must set up a second factor first."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
        if stages.must_set_up(request):
            further = request.get_full_path() if request.method in ("GET", "HEAD") else ""
            return redirect(with_next("account", further))
        return view(request, *args, **kwargs)

    return asked


def seen(view: Any) -> Any:
    """``view``, which keeps the session of who asks from ending as idle."""

    @wraps(view)
    def noted(request: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_of_a_page_alone(request):
            sessions.note_seen(request)
        return view(request, *args, **kwargs)

    return noted


def is_of_a_page_alone(request: Any) -> bool:
    """Whether a page says that it is open, and nobody does anything: a desk may be left with pages open."""
    return request.resolver_match.url_name == "unsaved" and not request.POST.get("typed")
