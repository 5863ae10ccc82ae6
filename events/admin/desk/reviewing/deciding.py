"""How one thing is decided on that waits: its forms, what was sent, and what became of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404

from chronicle.site.differences import Change, pieces
from events.admin import signed_out
from events.admin.desk.queue import Queue
from events.admin.keys import key_in
from events.admin.verbs import VerbForm
from events.editorial.refused import Refused
from events.models import Claim
from events.models.decision import DONE


def decide(request: Any, queue: Queue) -> VerbForm | None:
    """Carries out one decision. Returns its form, with what was typed, where it was refused."""
    form = form_sent(request, queue, request.POST)
    if form is None:
        raise Http404
    row, verb_name = form.subject, request.POST["verb"]
    _, verb = queue.verbs[verb_name]
    said = queue.said(row)
    if not form.is_valid():
        messages.error(request, f"“{said}”: not done. What is missing or wrong stands beside it.")
        return form
    try:
        verb(row, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, f"“{said}”: {refusal}")
        form.refusal = refusal
        return form
    messages.success(request, f"{DONE[verb_name].capitalize()}: “{said}”.")
    return None


def form_sent(request: Any, queue: Queue, typed: Any) -> VerbForm | None:
    """The form that was sent, with what was typed; None where it is of nothing that may be decided on."""
    pk, form_class = key_in(typed.get(queue.name, "")), queue.verbs.get(typed.get("verb", ""), (None,))[0]
    row = queue.open_to(request).filter(pk=pk).first() if pk is not None else None
    return form_class(typed, subject=row, auto_id=f"{row.pk}-%s") if row and form_class else None


def asked_again(request: Any, queue: Queue) -> VerbForm | None:
    """Likewise, of what was sent by somebody who was signed out; nothing of it is done."""
    typed = signed_out.waiting(request)
    form = form_sent(request, queue, typed) if typed is not None else None
    if form is not None:
        signed_out.shown_again(request)
    return form


def item_of(row: Any, queue: Queue, refused: VerbForm | None) -> dict[str, Any]:
    """What is shown of one row, with the form it was refused with, if it was."""
    typed = refused if refused and refused.subject == row else None
    if typed:
        typed.subject = row
    forms = {name: _form(form, row, typed) for name, (form, _) in queue.verbs.items()}
    verb, label = queue.likely(row)
    for name in queue.apart:
        if name in forms[verb].fields:
            forms[verb].fields[name].widget.attrs["form"] = "deciding"
    return {
        "of": queue.name,
        "row": row,
        "said": queue.said(row),
        "claim": _claim_of(row),
        "verb": verb,
        "label": label,
        "waits": row.state in ("pending", "open") or verb == "confirm",
        "deciding": forms[verb],
        "apart": queue.apart,
        "reject": forms["reject"],
        "open": isinstance(typed, queue.verbs["reject"][0]),
        "since_shown": changed_since(typed.refusal) if typed else [],
        **queue.beside(row),
    }


def _claim_of(row: Any) -> Claim | None:
    """Who keeps it, while that holds."""
    found = getattr(row, "claim", None)
    return found if found and found.holds else None


def _form(form_class: type[VerbForm], row: Any, typed: VerbForm | None) -> VerbForm:
    """The form of one verb, with what was typed where it was this that was refused."""
    if type(typed) is form_class:
        return typed.about_now()
    return form_class(subject=row, auto_id=f"{row.pk}-{form_class.__name__}-%s")


def changed_since(refusal: Refused | None) -> list[Change]:
    """What is another now than it was shown, word by word."""
    differences = getattr(refusal, "differences", [])
    return [Change(each.label, pieces(each.shown, each.now)) for each in differences]
