"""Two people at one form: who saves second is shown, field by field, what both made of it, and chooses.

What is chosen is sent to the form itself, as an ordinary save of the version that was shown: it may meet a
newer one again. See events.admin.merging.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.template.response import TemplateResponse
from js_asset import Media

from chronicle.csp import get_nonce
from events.admin.decision import told_at
from events.admin.keys import key_in
from events.admin.merging import MINE, Merged, Sides, as_kept, merge_form
from events.admin.merging_rows import merge_rows
from events.admin.once import APART
from events.admin.unsaved import TAB, who_else
from events.editorial.holding import story_of
from events.editorial.remembering import (
    BELOW,
    Words,
    keep_unsaved,
    key_below,
    revisions_of,
    said_at,
    saved_at,
    saved_since,
    words_of,
)

CLASH, BEGAN, BACK = "clash", "began-", "_form"
OWN = (CLASH, BACK, BEGAN, "pick-", "mine-", "theirs-", "both-")
"""How the names begin of what the page of a conflict sends beside what its form would."""
IN_THE_FORM = "Nothing is saved yet. Where you have chosen, it stands here; else what you typed."


@dataclass
class Answer:
    """What was sent from the page of a conflict."""

    sent: QueryDict
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = self.sent.getlist(CLASH)

    @cached_property
    def picks(self) -> dict[str, str]:
        return {name: self.sent.get(f"pick-{name}", "") for name in self.names}

    @property
    def is_open(self) -> bool:
        """Whether it is to be shown again: something is not chosen, or the form is asked for."""
        return BACK in self.sent or not all(self.picks.values())

    @cached_property
    def chosen(self) -> QueryDict:
        """What the form would send with what was chosen, of the version that was shown."""
        return self._with(self.picks)

    @cached_property
    def typed(self) -> QueryDict:
        """What was typed, of the version that it was made from: what was settled is settled again."""
        return self._since(self._with(dict.fromkeys(self.names, MINE)))

    @cached_property
    def in_form(self) -> QueryDict:
        """What was chosen so far, and else was typed, of the version that it was made from."""
        return self._since(self._with({name: pick or MINE for name, pick in self.picks.items()}))

    def _with(self, picks: dict[str, str]) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.sent.lists():
            if not name.startswith(OWN):
                data.setlist(name, values)
        for name, pick in picks.items():
            for key, values in self.values_of(name, pick).items():
                data.setlist(key, values)
        return data

    def values_of(self, name: str, pick: str) -> dict[str, list[str]]:
        """What one of the two, or both, would send of the field ``name``, whatever parts that has."""
        begins = f"{pick}-{name}"
        return {
            key.removeprefix(f"{pick}-"): values
            for key, values in self.sent.lists()
            if key == begins or key.removeprefix(f"{begins}_").isdecimal()
        }

    def _since(self, data: QueryDict) -> QueryDict:
        for name in self.sent:
            if name.startswith(BEGAN):
                data[name.removeprefix(BEGAN)] = self.sent[name]
        return data


def answer_in(data: QueryDict) -> Answer | None:
    """What was answered on the page of a conflict; None where ``data`` comes from anywhere else."""
    return Answer(data) if any(name.startswith(BEGAN) for name in data) else None


class Merges:
    """An admin whose forms meet newer versions so."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        answer = answer_in(request.POST) if request.method == "POST" else None
        if answer is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.answer = answer
        if BACK in answer.sent:
            request.shows_form = True
            return self.shown_with(request, answer.in_form, IN_THE_FORM, object_id, extra_context)
        request.POST = answer.typed if answer.is_open else answer.chosen
        return super().changeform_view(request, object_id, form_url, extra_context)

    def shown_with(self, request, typed, sentence, object_id, extra_context):
        answer = None if hasattr(request, "answer") else answer_in(typed)
        if answer is not None:
            request.answer, typed = answer, answer.typed
        return super().shown_with(request, typed, sentence, object_id, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown = super().render_change_form(request, context, add, change, form_url, obj)
        if change and request.method == "POST" and not getattr(request, "shows_form", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            stale = stale_among(context["adminform"].form, formsets)
            if stale:
                return page(request, context, formsets, stale)
        return shown


def stale_among(form: Any, formsets: list[Any]) -> list[Any]:
    """The forms that were made from an older version than the one that is saved."""
    rows = [row for formset in formsets for row in formset.forms]
    return [one for one in (form, *rows) if getattr(one, "meets_newer", False)]


def page(request: Any, context: dict[str, Any], formsets: Any, stale: list[Any]) -> Any:
    """The page on which somebody chooses."""
    answers = request.answer.sent if hasattr(request, "answer") else QueryDict()
    row = saved(stale[0].instance)
    began = seen_by(stale[0])
    theirs = saved_since(row, began)
    who = str(theirs.by if theirs else getattr(row, "changed_by", None) or "Somebody")
    merged = Merged(request.POST.copy(), who, answers)
    for form in stale:
        _merge(form, formsets, merged)
    shown = {
        **context,
        "title": f"{who} saved this while you were writing",
        "subtitle": None,
        "media": Media.from_media(context["media"], nonce=get_nonce(request)),
        "when": told_at(theirs.at, story_of(row)) if theirs else "",
        "at": f"{theirs.at.astimezone(story_of(row).clock.zone):%H:%M}" if theirs else "",
        "began": told_at(saved_at(row, began), story_of(row)),
        "merged": merged,
        "settled_pairs": _pairs(merged.data, stale),
        "answered": bool(answers.getlist(CLASH)),
        "open": [clash for clash in merged.clashes if not clash.picked],
        "chosen": sum(bool(clash.picked) for clash in merged.clashes),
        "here": who_else(request, request.path, context["tab"])["others"],
    }
    return TemplateResponse(request, "admin/events/conflict.html", shown)


def saved(row: Any) -> Any:
    """``row`` as it is saved: that of a form has what was typed."""
    return type(row)._base_manager.get(pk=row.pk)


def seen_by(form: Any) -> int:
    """The version that ``form`` was made from; one before all where it does not say."""
    return number(form.data.get(form.add_prefix("seen")))


def number(sent: Any) -> int:
    """A version as it was sent; one before all where it is none."""
    key = key_in(str(sent or ""))
    return key if key is not None and key < 1_000_000_000 else 0


def _merge(form: Any, formsets: list[Any], into: Merged) -> None:
    row = saved(form.instance)
    sides = Sides(said_at(row, seen_by(form)), words_of(row))
    of = f"Citation {row.pk}: " if form.prefix else ""
    merge_form(form, sides, into, of=of)
    below = BELOW.get(type(row), ("", ""))[0] if not form.prefix else ""
    for formset in formsets:
        if formset.prefix == below:
            merge_rows(formset, sides, into)
    into.data[form.add_prefix("seen")] = str(row.version)


def _pairs(data: QueryDict, stale: list[Any]) -> list[tuple[str, str]]:
    """What is sent again as it is, and of which version it was made."""
    left_out = {*APART, TAB}
    kept = [(name, value) for name, values in data.lists() if name not in left_out for value in values]
    began = [(f"{BEGAN}{form.add_prefix('seen')}", str(seen_by(form))) for form in stale]
    return [*kept, *began]


def keep_what_was_not_taken(request: Any, form: Any, formsets: Any = ()) -> None:
    """Add to the history what was typed into ``form``, and into the rows below it that are its own, where
    another's words were chosen instead."""
    answer: Answer | None = getattr(request, "answer", None)
    if answer is None or not form.instance.pk:
        return
    typed = typed_and_not_taken(answer, form) | _rows_not_taken(answer, form.instance, formsets)
    if typed:
        seen, row = form.add_prefix("seen"), form.instance
        version = number(answer.sent.get(seen))
        began = min(number(answer.sent.get(f"{BEGAN}{seen}")), version - 1)
        before = said_at(row, began) or {}
        before = {name: before.get(name) for name in typed}
        keep_unsaved(row, by=request.user, before=before, typed=typed, between=(began, version))


def typed_and_not_taken(answer: Answer, form: Any) -> Words:
    """By the fields of ``form``."""
    typed = {}
    for name, shown in form.fields.items():
        html = form.add_prefix(name)
        if answer.picks.get(html, MINE) != MINE:
            data = QueryDict(mutable=True)
            for key, values in answer.values_of(html, MINE).items():
                data.setlist(key, values)
            typed[name] = as_kept(shown, shown.widget.value_from_datadict(data, {}, html))
    return typed


def _rows_not_taken(answer: Answer, row: Any, formsets: Any) -> Words:
    """Likewise of the rows below ``row``, each with what else it says now."""
    name, known_by = BELOW.get(type(row), ("", ""))
    typed = {
        key_below(form.instance, known_by): typed_and_not_taken(answer, form)
        for formset in formsets
        if formset.prefix == name
        for form in formset.initial_forms
    }
    if not any(typed.values()):
        return {}
    return {name: [{**said, **typed.get(said[known_by], {})} for said in words_of(saved(row))[name]]}


def whose_save(request: Any, row: Any, seen: str) -> Any:
    """Whose save that of ``row`` was merged with, if it was; ``seen`` is what its version was sent as."""
    answer: Answer | None = getattr(request, "answer", None)
    met = answer is not None and f"{BEGAN}{seen}" in answer.sent
    theirs = revisions_of(row).filter(saved=True).first() if met else None
    return theirs.by if theirs and theirs.by_id != request.user.pk else None
