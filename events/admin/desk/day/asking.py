"""A request for the page of a day: who asks and what they may do, and what was typed before and is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.urls import reverse

from events.admin import unsaved
from events.admin.desk.day.adding import AddForm
from events.admin.desk.day.together import TogetherForm
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial.holding import may, verb_on
from events.editorial.moves import CLOSE_DAY, PUBLISH, SUBMIT
from events.erasing.job import LEFT_OVER
from events.models import Day, Event, Kind

TICKS = "ticked"
"""What says which events are chosen; the rest of the form is typed."""
MAY = {
    "write": verb_on("change", Event),
    "add": verb_on("add", Event),
    "submit": SUBMIT.permission,
    "publish": PUBLISH.permission,
    "close": CLOSE_DAY.permission,
}
MOST_PAGES = 1_000
"""How far a day goes."""


@dataclass
class Asked:
    """One request for the page of ``day``, by its admin; ``may`` says what of MAY who asks may do."""

    request: Any
    admin: Any
    day: Day
    kinds: Sequence[Kind]
    may: Mapping[str, bool]

    @property
    def page(self) -> int:
        """Which part is shown of a very long day, counted from 1."""
        return min(key_in(self.request.GET.get("page", "")) or 1, MOST_PAGES)

    def on_page(self, page: int, kind: str = "") -> str:
        """The address of that part of the day, narrowed as it is; ``kind`` is what the next event begins
        with."""
        given = {"of": self.request.GET.get("of", ""), "page": page if page > 1 else "", "kind": kind}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in given.items() if value})
        path = reverse("admin:events_day_desk", args=[self.day.pk])
        return f"{path}?{query.urlencode()}" if query else path

    def address(self, kind: str = "") -> str:
        """That of the part that is shown."""
        return self.on_page(self.page, kind)

    def adding(self, typed: QueryDict | None = None) -> AddForm:
        """The line that adds an event, as it was ``typed``, or as it begins."""
        only = self.kinds[0].pk if len(self.kinds) == 1 else ""
        first = {"kind_of_new": self.request.GET.get("kind") or only}
        return AddForm(typed, kinds=self.kinds, initial=first)

    def together(self, typed: QueryDict | None = None) -> TogetherForm:
        return TogetherForm(typed, day=self.day, kinds=self.kinds, site=self.admin.admin_site)


@dataclass
class Shown:
    """What the page is shown with: what was ``typed`` and is not done; of what was ``refused`` the key, the
    headline and why."""

    typed: QueryDict = field(default_factory=QueryDict)
    refused: Sequence[tuple[int, str, str]] = ()
    adding: AddForm | None = None
    together: TogetherForm | None = None

    @property
    def is_typed(self) -> bool:
        return any(any(values) for name, values in self.typed.lists() if name != TICKS)


def asked_of(request: Any, pk: int, admin: Any) -> Asked:
    day = day_of(request, pk, admin)
    kinds = list(Kind.objects.filter(story=day.story, erased_at=None).order_by("name"))
    roles = held(request)
    allowed = {name: may(request.user, verb, day.story, roles) for name, verb in MAY.items()}
    return Asked(request, admin, day, kinds, allowed)


def day_of(request: Any, pk: int, admin: Any) -> Day:
    day = admin.get_queryset(request).select_related("story", "printed").filter(pk=pk).first()
    if day is None:
        raise Http404
    if not admin.has_view_permission(request, day):
        raise PermissionDenied
    return day


def left_by(asked: Asked) -> Shown:
    """What is to be shown in the form that was typed before: what the last deed left, what was sent by who
    was signed out, or what was kept and never sent."""
    request = asked.request
    left = request.session.get(LEFT_OVER)
    if left and left["day"] == asked.day.pk:
        del request.session[LEFT_OVER]
        return Shown(QueryDict(left["typed"]), left["refused"])
    if (typed := unsaved.typed_before(request)) is None:
        return Shown()
    messages.warning(request, request.offer)
    return Shown(typed)


def filled(form: Any, typed: QueryDict) -> Any:
    """``form`` with what was ``typed`` in it, of which nothing is said to be wrong."""
    for name, shown in form.fields.items():
        several = getattr(shown.widget, "allow_multiple_selected", False)
        if name in typed:
            form.initial[name] = typed.getlist(name) if several else typed[name]
    return form
