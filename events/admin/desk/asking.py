"""The page on which somebody asks that a row of the desk be taken down: what would go, and what stays."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from events.admin import signed_out
from events.admin.decision import told_at
from events.admin.verbs import words_field
from events.editorial import takable, takedowns
from events.editorial.going import Going, going_with
from events.editorial.moves import ASK_TAKEDOWN
from events.editorial.reach import within
from events.editorial.refused import Refused, insist_on_words
from events.editorial.takable import Printing
from events.editorial.takedowns import Part
from events.models import Story, Takedown
from events.models.takedown import LONGEST_REASON, LONGEST_REFERENCE, ROWS

WHOLE, EDITIONS = "whole", "editions"
MOST_NAMED = 50
"""How many of the rows that go along are named."""

NAMED = "What names it stays, and says “taken down” in its place."
STAYS = {
    "event": "At the end of its day stays a line without words, which says that something was taken down.",
    "day": "The day stays, with its number and what is told on it.",
    "text": "Its address stays, and says that it was taken down.",
    "material": "What shows it stays, without it.",
    "citation": "Its event stays, without it.",
    "proposal": "What it would have changed stays as it is.",
    **dict.fromkeys(("source", "outlet", "place", "actor", "kind"), NAMED),
}
"""What is left where it stood, by the model of its row."""


class EditionBoxes(forms.CheckboxSelectMultiple):
    """Boxes for editions; one that cannot go is there and cannot be checked."""

    against: frozenset[int] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.against:
            option["attrs"]["disabled"] = True
        return option


class WhyForm(forms.Form):
    """Why, and by which order."""

    reason = words_field("Why, for whoever confirms it", rows=3, longest=LONGEST_REASON)
    legal = forms.BooleanField(
        label="By a legal order",
        required=False,
        help_text="Where readers had it they are answered 451, “for legal reasons”, otherwise 410, “gone”.",
    )
    order_reference = forms.CharField(
        label="Reference of the order",
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text="Court, date, file number. It stays on the desk.",
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text += " Readers are not told. It can be erased as well, later."

    def told(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: self.cleaned_data[name] for name in ("reason", "legal", "order_reference")}


class AskForm(WhyForm):
    """Also what of it goes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label="What goes",
        choices=[(WHOLE, "All of it, for good"), (EDITIONS, "Only the editions checked here")],
        widget=forms.RadioSelect,
        initial=WHOLE,
    )
    editions = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=EditionBoxes)
    field_order = ("seen", "what", "editions")

    def __init__(self, *args: Any, row: Any, printings: list[Printing], **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": row.version}, **kwargs)
        if not printings:
            del self.fields["what"], self.fields["editions"]
            return
        boxes = self.fields["editions"]
        boxes.choices = [(each.number, _label(each, row.story)) for each in printings]
        boxes.widget.against = frozenset(each.number for each in printings if each.against)

    def clean(self):
        cleaned = super().clean()
        wanted, checked = cleaned.get("what"), cleaned.get("editions")
        if wanted == EDITIONS and not checked and "editions" not in self.errors:
            self.add_error("editions", "Check which editions go.")
        if wanted == WHOLE and checked:
            self.add_error("what", "Editions are checked below: take only these, or check none of them.")
        return cleaned

    def told(self) -> dict[str, Any]:
        """Likewise."""
        cleaned = self.cleaned_data
        return super().told() | {"seen": cleaned["seen"], "editions": cleaned.get("editions", [])}


def _label(printing: Printing, story: Story) -> str:
    said = f"Edition {printing.number}: {printing.action.lower()}, {told_at(printing.at, story)}"
    return f"{said} ({printing.against})" if printing.against else said


def urls(site: Any) -> list[Any]:
    """The address of the page of each model on ``site``; they must come before those of its rows."""
    return [
        path(
            f"events/{model}/<int:pk>/take-down/",
            site.admin_view(partial(page, model=model, site=site)),
            name=f"events_{model}_take_down",
        )
        for model in ROWS
    ]


def page(request: Any, pk: int, *, model: str, site: Any) -> Any:
    """What would go with one row; with a POST, asks for it."""
    rows = apps.get_model("events", model).objects.all()
    row = get_object_or_404(within(rows, request.user, ASK_TAKEDOWN), pk=pk)
    part, going, against = _going(row)
    printings = takable.printings_of(row.story, part.subject)
    form = AskForm(signed_out.shown_again(request), row=row, printings=printings)
    if request.method == "POST":
        form = AskForm(request.POST, row=row, printings=printings)
        if made := _asked(request, row, form):
            return redirect("admin:takedown", made.pk)
    others = takedowns.others_who_confirm(request.user)
    context = {
        **site.each_context(request),
        "title": f"Take {row._meta.verbose_name} {pk} down for good",
        "row": row,
        "part": part,
        "going": going,
        "along": going.along[:MOST_NAMED],
        "copies": going.copies[:MOST_NAMED],
        "against": against,
        "stays": STAYS[model],
        "form": form,
        "others": others,
        "command": "" if others else command_for(row.story, [part], request.user),
        "opts": row._meta,
        "address": reverse(f"admin:events_{model}_change", args=[pk]),
    }
    return TemplateResponse(request, "admin/events/take_down.html", context)


def _going(row: Any) -> tuple[Part, Going, str]:
    """What would go with ``row``, and why nothing can, where that is so."""
    try:
        insist_on_words(row)
        part = takable.part_of_row(row)
        [going] = going_with(row.story, [part])
    except Refused as refused:
        return Part(), Going("", "", [], []), str(refused)
    return part, going, ""


def _asked(request: Any, row: Any, form: AskForm) -> Takedown | None:
    """Asks for what was sent; says so, or why not."""
    if not form.is_valid():
        messages.error(request, "Not asked for. What is missing or wrong stands beside it.")
        return None
    try:
        made = takable.ask_of_row(row, by=request.user, **form.told())
    except Refused as refused:
        messages.error(request, str(refused))
        form.data = form.data.copy()
        form.data["seen"] = type(row).objects.get(pk=row.pk).version
        return None
    messages.success(request, "Asked for. Nothing is taken before another administrator confirms it.")
    return made


def command_for(story: Story, parts: Iterable[Any], by: Any) -> str:
    """What somebody who is alone runs on the server. It names no words."""
    named = [f"--row {part.row}" if part.row else str(part) for part in parts]
    return f"manage.py take_down {story.slug} {' '.join(named)} --reason '…' --by {by}"
