"""What is typed into a form of the desk is kept before it is saved, and offered again where it was lost.

A script of the page sends it every few seconds, and says every fifteen that the page is open: who else has it
open is told. See events/static/events/unsaved.js. What is sent and refused is kept without a script, too.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.admin import once, signed_out
from events.admin.form_at import IMPORT_PAGE, is_open_to
from events.admin.keys import key_in
from events.admin.once import APART
from events.models import Unsaved
from events.models.emptied import Erasable

TAB = "tab"
"""The field of a form that says of which page it is."""
AFTER = "after"
"""The field of a form that says which page it goes on from."""
SAVED = "saved"
"""The cookie that says of which page what was typed is saved."""
ASKED = "unsaved"
"""In the address of a form: which row it is to be shown with."""
MOST = 400_000
"""How many characters are kept of one form."""
MOST_OF_IMPORT = 8_000_000
"""And of an import, which has the text of its article in it."""
MOST_SAID = 20_000
"""And how many of them are said again in words."""
NOT_YOURS = "Not saved: this is gone, or not yours to change any more."
OPEN_FOR = timedelta(seconds=30)
KEPT_FOR = timedelta(days=30)
TOO_LONG = f"This is too long to be kept before it is saved: {MOST:,} characters at most. Save it."


class KeepsUnsaved:
    """An admin whose forms are kept and offered."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        offered = asked_for(request)
        if offered is not None:
            request.tab, typed = offered.tab, QueryDict(offered.typed, mutable=True)
            return self.shown_with(request, typed, sentence(offered), object_id, extra_context)
        is_sent = request.method == "POST"
        if is_sent or signed_out.waiting(request) is not None:
            request.when_refused = partial(keep_refused, request)
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            self.keep_words(request, object_id)
            raise
        if is_sent and is_saved(response) and not hasattr(request, "leads_nowhere"):
            del request.when_refused
            forget(request)
            tell_browser(request, response)
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Somebody took the row away meanwhile, or the role by which it was seen: nothing is saved."""
        request.leads_nowhere = True
        self.keep_words(request, object_id)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def keep_words(self, request, object_id):
        """Keep and say what was sent to a form that is open to its sender no more, unless its row was taken
        down: these words are to stay nowhere."""
        if request.method == "POST" and is_taken_down(self.model, key_in(object_id or "")):
            del request.when_refused
        elif request.method == "POST":
            say_words(request)

    def render_change_form(self, request, context, *args, **kwargs):
        context["tab"] = tab_of(request) or uuid4()
        if request.method == "GET":
            context["unsaved"] = offers(request)
        return super().render_change_form(request, context, *args, **kwargs)


def say_words(request: Any) -> None:
    """Give back in words, on the next page, what was sent to a form that is not its sender's any more."""
    typed = QueryDict(without_tokens(request.POST)[:MOST_SAID])
    messages.warning(request, signed_out.with_words(NOT_YOURS, typed))


def is_saved(response: Any) -> bool:
    """Whether ``response`` leads on from the form, or closes the window that it was in."""
    closes = "popup_response_data" in (getattr(response, "context_data", None) or {})
    return closes or isinstance(response, HttpResponseRedirect)


def tell_browser(request: Any, response: Any) -> None:
    """What the browser kept of this page as well may go."""
    tab = tab_of(request)
    if tab is not None:
        once.tell_browser(response, SAVED, str(tab))


def is_taken_down(model: Any, key: int | None) -> bool:
    return issubclass(model, Erasable) and model.objects.filter(pk=key).exclude(erased_at=None).exists()


def keep_refused(request: Any) -> None:
    """Keeps what ``request`` sent, outside of the transaction that its refusal takes back.

    The page itself holds it, too: nobody is waited for.
    """
    _keep(request, request.POST)


def _keep(request: Any, sent: QueryDict) -> None:
    typed, tab = without_tokens(sent), tab_of(request)
    if tab is not None and 0 < len(typed) <= MOST:
        with suppress(OperationalError):
            put(request.user, request.path, tab, typed)


@require_POST
def keep(request: Any, site: Any) -> Any:
    """Keeps what a page sends of its form, or that it is open, or throws what it names away.

    Answers as JSON with who else has it open.
    """
    address, tab = request.POST.get("address", ""), tab_of(request)
    if tab is None or not is_open_to(request, address, site):
        raise Http404
    rows = Unsaved.objects.filter(person=request.user, address=address)
    if "gone" in request.POST:
        rows.filter(tab=tab).delete()
        return HttpResponseRedirect(address)
    typed, after = request.POST.get("typed", ""), _page(request.POST.get(AFTER, ""))
    if len(typed) > (MOST_OF_IMPORT if resolve(address).url_name == IMPORT_PAGE else MOST):
        return JsonResponse({"sentence": TOO_LONG}, status=413)
    words = without_tokens(QueryDict(typed))
    row, is_taken = put(request.user, address, tab, words, after=after, age=age_in(request))
    return JsonResponse({"key": row.pk, "taken": is_taken, **who_else(request, address, tab, after)})


def put(
    person: Any,
    address: str,
    tab: UUID,
    typed: str,
    *,
    after: UUID | None = None,
    age: timedelta = timedelta(),
) -> tuple[Unsaved, bool]:
    """Keeps that the page ``tab`` is open at ``address``, and what was ``typed`` into it, if anything was,
    ``age`` ago. Whether that is taken: a browser that was killed may bring what is older than what is kept,
    and one whose form was refused what the refusal kept already.

    A page that goes on ``after`` another takes over what that one kept. Where a third has done so already,
    each keeps its own.
    """
    now = timezone.now()
    rows = Unsaved.objects.filter(person=person, address=address)
    if typed:
        _take_over(rows, tab, after)
    row, _ = rows.get_or_create(person=person, address=address, tab=tab, defaults={"here_at": now})
    row.here_at = now
    is_newer = bool(typed) and (row.typed_at is None or row.typed_at < now - age)
    is_taken = is_newer and not _says_the_same(typed, row.typed)
    if is_newer:
        row.typed, row.typed_at = typed, now - age
    # What was typed may be saved by now, and its row gone with that.
    is_there = rows.filter(pk=row.pk).update(here_at=row.here_at, typed=row.typed, typed_at=row.typed_at)
    Unsaved.objects.filter(here_at__lt=now - KEPT_FOR).delete()
    return row, is_taken and bool(is_there)


def _says_the_same(one: str, other: str) -> bool:
    """Whether both fill a form in alike, whichever button was pressed."""
    said, said_before = (
        {name: values for name, values in QueryDict(words).lists() if not name.startswith("_")}
        for words in (one, other)
    )
    return said == said_before


def _take_over(rows: QuerySet[Unsaved], tab: UUID, after: UUID | None) -> None:
    if after is None or after == tab or rows.filter(tab=tab).exclude(typed="").exists():
        return
    with transaction.atomic():
        left = rows.select_for_update().filter(tab=after).first()
        if left:
            rows.filter(tab=tab).delete()
            Unsaved.objects.filter(pk=left.pk).update(tab=tab)


def who_else(request: Any, address: str, tab: UUID, after: UUID | None = None) -> dict[str, Any]:
    """The names of others who have the form open, and whether the same person has it open once more."""
    there = Unsaved.objects.filter(address=address, here_at__gt=timezone.now() - OPEN_FOR)
    there = there.exclude(tab__in=[page for page in (tab, after) if page])
    people = list(there.select_related("person").order_by("person"))
    others = dict.fromkeys(str(row.person) for row in people if row.person_id != request.user.pk)
    return {"others": list(others), "again": any(row.person_id == request.user.pk for row in people)}


def age_in(request: Any) -> timedelta:
    """How long ago it was typed, by the clock of the browser."""
    milliseconds = key_in(request.POST.get("age", "")) or 0
    return timedelta(milliseconds=min(milliseconds, KEPT_FOR.total_seconds() * 1000))


def tab_of(request: Any) -> UUID | None:
    """Of which page the form is that was sent; None where it does not say."""
    return getattr(request, TAB, None) or _page(request.POST.get(TAB, ""))


def _page(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def offers(request: Any) -> QuerySet[Unsaved]:
    """What ``request.user`` typed last into the form here and did not save, but for what it is shown with."""
    if not getattr(request.user, "has_unsaved", True):
        return Unsaved.objects.none()
    rows = Unsaved.objects.filter(person=request.user, address=request.path).exclude(typed="")
    return rows.exclude(tab=getattr(request, TAB, None)).order_by("-typed_at")[:3]


def asked_for(request: Any) -> Unsaved | None:
    """The row that the form is to be shown with."""
    key = key_in(request.GET.get(ASKED, "")) if request.method == "GET" else None
    if key is None:
        return None
    return Unsaved.objects.exclude(typed="").filter(person=request.user, address=request.path, pk=key).first()


def typed_before(request: Any) -> QueryDict | None:
    """What the form of a page is to be shown with, of which ``request.offer`` says why: what was sent by who
    was signed out, kept from now on, or what was kept and never sent. None where there is neither."""
    typed = signed_out.taken_up(request)
    if typed is not None:
        request.tab, request.offer = _page(typed.get(TAB, "")), signed_out.sentence(typed)
        _keep(request, typed)
        return typed
    row = asked_for(request)
    if row is None:
        return None
    request.tab, request.offer = row.tab, sentence(row)
    return QueryDict(row.typed)


def forget(request: Any) -> None:
    """What was typed is saved now. Another page of the same person that is open keeps what is in it."""
    if "\0" in request.path:
        # No form has such an address, and what is deleted by it would spoil the transaction on PostgreSQL.
        return
    rows = Unsaved.objects.filter(person=request.user, address=request.path)
    abandoned = Q(here_at__lt=timezone.now() - OPEN_FOR)
    rows.filter(abandoned | Q(tab=tab_of(request))).delete()


def without_tokens(typed: QueryDict) -> str:
    """``typed`` but for what belongs to the page it was typed into."""
    fields = typed.copy()
    for name in (*APART, TAB, AFTER):
        fields.pop(name, None)
    return fields.urlencode()


def sentence(row: Unsaved) -> str:
    when = naturaltime(row.typed_at).replace("now", "just now")
    return f"You typed this {when}, and nothing of it is saved yet: look at it, then save it."
