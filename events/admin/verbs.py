"""Buttons for the verbs of the desk: each a small POST form of its own beside the change form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse

from events.admin import signed_out
from events.admin.reach import held
from events.admin.versioned import Versioned
from events.editorial.holding import may, story_of
from events.editorial.moves import Move
from events.editorial.refused import Refused
from events.models.decision import LONGEST_NOTE
from events.models.length import at_most, limit_words
from events.permitting import Held


class VerbForm(forms.Form):
    """What a verb needs to be told. Each field is an argument of it; ``seen`` is the version on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    refusal: Refused | None = None
    """Why the verb was refused, where it was."""

    def __init__(self, *args, subject: Any, **kwargs):
        self.subject = subject
        super().__init__(*args, initial={"seen": subject.version}, **kwargs)

    def about_now(self) -> "VerbForm":
        """The same form with what was typed into it, asking about the version that ``subject`` is at now."""
        typed = self.data.copy()
        typed["seen"] = self.subject.version
        return type(self)(typed, subject=self.subject, auto_id=self.auto_id)


def words_field(label: str, *, rows: int = 2, longest: int = LONGEST_NOTE, **options: Any) -> forms.CharField:
    """A field for a sentence or two."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea({"rows": rows, "cols": 40, "dir": "auto"}),
        validators=[at_most(longest)],
        help_text=limit_words(longest),
        **options,
    )


class PublishForm(VerbForm):
    """Asks what changed, of whoever prints anew what readers have seen."""

    note = words_field("What changed, for readers", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.subject.published_version:
            del self.fields["note"]


@dataclass(frozen=True)
class Verb:
    """One button: what it is called, who may press it in which state, what it does, and what is told then."""

    name: str
    label: str
    done: str | Callable[[Any], str]
    move: Move
    run: Callable[..., Any]
    form: type[VerbForm] = VerbForm
    when: Callable[[Any, Any], bool] = lambda subject, person: True
    tells: str = ""
    """What will happen, said before it is pressed, where that is not plain."""

    def offered(self, subject: Any, person: Any, held: Held) -> bool:
        """Whether to show the button; the verb itself decides again when it is pressed."""
        return (
            may(person, self.move.permission, story_of(subject), held)
            and (not self.move.sources or subject.state in self.move.sources)
            and self.when(subject, person)
        )

    def said(self, subject: Any) -> str:
        """What it did, told of ``subject`` as it is now."""
        return self.done if isinstance(self.done, str) else self.done(subject)

    def unbound(self, subject: Any) -> VerbForm:
        return self.form(subject=subject, auto_id=f"{self.name}_%s")

    def bound(self, subject: Any, typed: Any) -> VerbForm:
        return self.form(typed, subject=subject, auto_id=f"{self.name}_%s")


class WithVerbs(Versioned):
    """An admin with a box “What next” on its change page."""

    verbs: tuple[Verb, ...] = ()

    def get_urls(self):
        view = self.admin_site.admin_view(self.verb_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        return [path("<int:pk>/verb/<slug:name>/", view, name=name), *super().get_urls()]

    def verb_view(self, request, pk: int, name: str):
        """Carries out one verb, or draws the change page again with why not and with what was typed.

        Who only looks at its address is led to its form, which holds what they sent when they were signed
        out, if they were.
        """
        subject = self.get_queryset(request).filter(pk=pk).first()
        verb = next((verb for verb in self.verbs if verb.name == name), None)
        if subject is None or verb is None:
            raise Http404
        if not self.has_view_permission(request, subject):
            raise PermissionDenied
        if request.method != "POST":
            return self.form_of_verb(request, subject, verb)
        form = verb.bound(subject, request.POST)
        if form.is_valid():
            try:
                verb.run(subject, by=request.user, **form.cleaned_data)
            except Refused as refused:
                messages.error(request, str(refused))
                form.refusal = refused
            else:
                self.log_change(request, subject, verb.label)
                messages.success(request, verb.said(self.get_queryset(request).get(pk=pk)))
                return self.after_verb(request, pk)
        else:
            messages.error(
                request, f"{verb.label}: not done. Under “What next” stands what is missing or wrong."
            )
        return self.change_page(request, subject, refused=verb)

    def after_verb(self, request, pk: int):
        """Back to the page of the row, or to Today, where its button was pressed."""
        if request.POST.get("back") == "today":
            return redirect("admin:index")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)

    def form_of_verb(self, request, subject: Any, verb: Verb):
        typed = signed_out.taken_up(request)
        if typed is None:
            page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[subject.pk])
            return redirect(f"{page}#verb-{verb.name}")
        request.POST = typed
        messages.warning(request, f"{verb.label}: not done. {signed_out.sentence(typed)}")
        return self.change_page(request, subject, refused=verb)

    def change_page(self, request, subject: Any, *, refused: Verb):
        """The page as one opens it, with what was typed for the verb that was ``refused``: nothing of it is
        taken for a save."""
        request.refused = refused
        request.method = "GET"
        return self.change_view(request, str(subject.pk))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and not context["is_popup"]:
            context["verbs"], context["standing"] = self.verbs_for(request, obj), self.standing(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def standing(self, obj: Any) -> str:
        """A sentence before the buttons, on what somebody must know of ``obj`` who presses one."""
        return ""

    def verbs_for(self, request, obj: Any) -> list[dict[str, Any]]:
        """The verbs to offer, and the one just refused with what was typed into it."""
        refused = getattr(request, "refused", None)
        boxes = []
        for verb in self.verbs:
            if verb is refused:
                form = verb.bound(obj, request.POST).about_now()
            elif verb.offered(obj, request.user, held(request)):
                form = verb.unbound(obj)
            else:
                continue
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_verb"
            boxes.append({"verb": verb, "form": form, "url": reverse(name, args=[obj.pk, verb.name])})
        return boxes
