"""What somebody sends whose session has ended is not lost: it waits in the session that begins there.

Once they have signed in, it is in its form again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import QueryDict

from events.admin.once import APART
from events.erasing.job import TYPED

MOST = 400_000
"""How many characters of it are kept: somebody who is not signed in could send any number of them."""
SIGN_IN = "You were signed out. What you typed is kept: sign in, and it is in its form again."
NOT_SAVED = "You were signed out, and nothing of this is saved. What you typed is in the fields again."
NOT_DONE = "You were signed out, and this was not done. What you typed: "
IN_FORMS = ("_add", "_change", "_verb")
"""How the names of addresses end whose forms are shown again with what was typed."""


def keeping_what_was_typed(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view`` of the desk, before anybody is asked to sign in."""

    @wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            _tell(request)
        elif request.method == "POST":
            _keep(request)
        return view(request, *args, **kwargs)

    return kept


def taken_up(request: Any) -> QueryDict | None:
    """What waits for the form at this address, which is shown with it once; None where nothing does."""
    waiting = request.session.get(TYPED) if request.method == "GET" else None
    if waiting is None or waiting["address"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(waiting["typed"], mutable=True)


def sentence(typed: QueryDict) -> str:
    """What is said above a form that is shown again with what was ``typed``."""
    files = typed.getlist(FILES)
    again = f" Choose again: {', '.join(files)}." if files else ""
    return f"{NOT_SAVED}{again}"


FILES = "files-that-were-chosen"
"""The names of files, which a form does not give back."""


def _keep(request: Any) -> None:
    typed = request.POST.copy()
    for name in APART:
        typed.pop(name, None)
    typed.setlist(FILES, [file.name for file in request.FILES.values()])
    said = typed.urlencode()
    if len(said) <= MOST:
        request.session[TYPED] = {"address": request.path, "typed": said}
        messages.warning(request, SIGN_IN)


def _tell(request: Any) -> None:
    """Where no form takes up what waits for this address, say it in words."""
    if (request.resolver_match.url_name or "").endswith(IN_FORMS):
        return
    typed = taken_up(request)
    if typed is not None:
        words = [value for name, values in typed.lists() if name != FILES for value in values]
        said = [value.strip() for value in words if any(map(str.isalpha, value))]
        messages.warning(request, f"{NOT_DONE}{'; '.join(said) or 'nothing in words'}.")
