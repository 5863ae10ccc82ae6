"""How what waits is claimed, released and handed to another moderator, from the bar of Review."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404

from events.admin.desk.queue import Queue
from events.editorial import claiming
from events.editorial.reach import who_may
from events.editorial.refused import Refused
from events.models.claim import LONGEST_WORD

HAND = "hand"
"""The one of VERBS with which something is typed."""


class HandForm(forms.Form):
    """To whom, of those who may decide on it, and what is said with it."""

    to = forms.ModelChoiceField(label="To", queryset=None, empty_label="Choose somebody")
    words = forms.CharField(label="With a word", max_length=LONGEST_WORD)
    words.widget.attrs["dir"] = "auto"

    def __init__(self, *args: Any, item: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moderators = who_may(claiming.MOVES[type(item)].permission, item.story)
        known = ("submitted_by_id", "changed_by_id", "proposed_by_id")
        authors = {getattr(item, name) for name in known if hasattr(item, name)}
        people = moderators.exclude(pk__in={by.pk, *authors}).order_by("username")
        self.fields["to"].queryset = people


def handing(request: Any, name: str, item: Any) -> HandForm:
    """The form by which ``item`` of the queue ``name`` is handed on; with what was typed if that failed."""
    typed = request.POST
    is_typed = typed.get("verb") == HAND and typed.get(name) == str(item.pk)
    return HandForm(typed if is_typed else None, item=item, by=request.user, prefix="hand")


def carry_out(request: Any, queue: Queue, pk: int) -> bool:
    """Claims, releases or hands on what was sent; returns whether it was done."""
    item = get_object_or_404(queue.open_to(request), pk=pk)
    verb = request.POST["verb"]
    try:
        done = VERBS[verb](request, item)
    except Refused as refusal:
        messages.error(request, f"“{queue.said(item)}”: {refusal}")
        return False
    messages.success(request, f"{done}: “{queue.said(item)}”.")
    return True


def _claim(request: Any, item: Any) -> str:
    claiming.claim(item, by=request.user)
    return "Claimed"


def _release(request: Any, item: Any) -> str:
    claiming.release(item, by=request.user)
    return "Released"


def _hand(request: Any, item: Any) -> str:
    form = HandForm(request.POST, item=item, by=request.user, prefix="hand")
    if not form.is_valid():
        raise Refused("Not handed on: choose to whom, and say in a few words why.")
    claiming.hand(item, by=request.user, **form.cleaned_data)
    return f"Handed to {form.cleaned_data['to']}"


VERBS = {"claim": _claim, "release": _release, HAND: _hand}
