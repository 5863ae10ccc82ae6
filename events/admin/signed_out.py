"""What somebody sends whose session has ended is not lost: it waits in the session that begins there.

Once they have signed in, it is in its form again; nobody else is shown it, whoever signs in there.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from events.admin.once import APART, WHOSE
from events.erasing.job import TYPED

MOST = 400_000
"""How many characters of it are kept: somebody who is not signed in could send any number of them."""
SIGN_IN = "You were signed out. What you typed is kept: sign in, and it is in its form again."

OF_ANOTHER = "This page was opened by somebody else than who is signed in now. Nothing of it was done."
NOT_SAVED = (
    "You were signed out, and nothing of this is saved. What you typed or ticked is in its place again."
)
NOT_DONE = "You were signed out, and this was not done."
NOT_TAKEN = "Nothing of this is saved. What you typed or ticked is in its place again."
NOT_TAKEN_AT_ALL = "This was not done."
"""Likewise, to who was signed in all along."""
BY_SCRIPT = "You are signed out. Sign in beside this page: what you typed is still in it."
NO_METHOD = HTTPStatus.METHOD_NOT_ALLOWED
SECRET = "password"  # noqa: S105 - a word in the names of fields
"""What is in the name of each field that is kept nowhere."""


def keeping_what_was_typed(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view`` of the desk, before anybody is asked to sign in."""

    @wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> Any:
        if refusal := refusal_of_another(request):
            return refusal
        if request.user.is_authenticated:
            _drop_of_another(request)
            try:
                response = view(request, *args, **kwargs)
            finally:
                # What a form has to do that is refused, once the transaction of it is taken back.
                getattr(request, "when_refused", lambda: None)()
            was_sent = _tell(request)
            # An address to which one only sends leads nowhere.
            return redirect("admin:index") if was_sent and response.status_code == NO_METHOD else response
        if is_by_script(request):
            return JsonResponse({"refused": BY_SCRIPT}, status=403)
        response = view(request, *args, **kwargs)
        # What another site had the browser send was refused by now, and is not led to sign-in.
        is_led = request.method == "POST" and response.get("Location", "").startswith(reverse("admin:login"))
        if is_led and not is_beside(request) and keep(request):
            messages.warning(request, SIGN_IN)
        return response

    return kept


def refusal_of_another(request: Any) -> Any:
    """What is answered to a form that was made for somebody else, as another may sign in in another tab
    meanwhile; None where it was not."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    if request.POST.get(WHOSE, "") in ("", str(request.user.pk)):
        return None
    if is_by_script(request):
        return JsonResponse({"refused": OF_ANOTHER}, status=403)
    return render(request, "admin/events/of_another.html", {"sentence": OF_ANOTHER}, status=403)


def is_by_script(request: Any) -> bool:
    """Whether a page asks that stays as it is: what was typed is still in it."""
    return "HX-Request" in request.headers or request.headers.get("Accept", "").startswith("application/json")


def is_beside(request: Any) -> bool:
    """Whether a script sends, while its page is open or being left: as a browser says of itself. That would
    take the place of what a person sent from there."""
    return request.headers.get("Sec-Fetch-Dest") == "empty"


def waiting(request: Any) -> QueryDict | None:
    """What waits for this address since its sender was signed out; None where nothing does."""
    kept = request.session.get(TYPED) if request.method == "GET" else None
    if kept is None or kept["address"] != request.path:
        return None
    return QueryDict(kept["typed"], mutable=True)


def taken_up(request: Any) -> QueryDict | None:
    """Likewise, for the form at this address, which is shown with it once."""
    typed = waiting(request)
    if typed is not None:
        del request.session[TYPED]
    return typed


def shown_again(request: Any) -> QueryDict | None:
    """Likewise, and says above the page that it is not saved."""
    typed = taken_up(request)
    if typed is not None:
        messages.warning(request, sentence(typed))
    return typed


def sent_to(request: Any) -> QueryDict | None:
    """What the forms of a page hold: what is sent, or else what waits."""
    return request.POST if request.method == "POST" else shown_again(request)


def sentence(typed: QueryDict) -> str:
    """What is said above a form that is shown again with what was ``typed``."""
    files = typed.getlist(FILES)
    again = f" Choose again: {', '.join(files)}." if files else ""
    return f"{NOT_TAKEN if STAYED in typed else NOT_SAVED}{again}"


FILES = "files-that-were-chosen"
"""The names of files, which a form does not give back."""
STAYED = "sender-stayed-signed-in"
"""That whoever sent it was signed in, and their page was refused for another reason."""


def keep(request: Any, *, is_signed_in: bool = False) -> bool:
    """Keeps what was sent for its address, and whether by who ``is_signed_in``; whether it could be."""
    typed = request.POST.copy()
    for name in [name for name in typed if name in APART or SECRET in name]:
        del typed[name]
    typed.setlist(FILES, [file.name for file in request.FILES.values()])
    typed.pop(STAYED, None)
    if is_signed_in:
        typed[STAYED] = "1"
    said = typed.urlencode()
    if len(said) > MOST:
        return False
    whose = request.POST.get(WHOSE, "")
    request.session[TYPED] = {"address": request.path, "typed": said, "whose": whose}
    return True


def _drop_of_another(request: Any) -> None:
    """Who signs in may be another than who was signed out."""
    kept = request.session.get(TYPED)
    if kept and kept.get("whose", "") not in ("", str(request.user.pk)):
        del request.session[TYPED]


def _tell(request: Any) -> bool:
    """Where no form took up what waits for this address, say it in words; whether there was any."""
    typed = taken_up(request)
    if typed is not None:
        messages.warning(request, with_words(not_done(typed), typed))
    return typed is not None


def not_done(typed: QueryDict) -> str:
    """That a deed with what was ``typed`` was not done, in a sentence."""
    return NOT_TAKEN_AT_ALL if STAYED in typed else NOT_DONE


def with_words(sentence: str, typed: QueryDict) -> str:
    """``sentence``, and behind it the words that were ``typed``."""
    words = [value for name, values in typed.lists() if name not in (FILES, STAYED) for value in values]
    said = "; ".join(value.strip() for value in words if any(map(str.isalpha, value)))
    return f"{sentence} What you typed: {said}." if said else sentence
