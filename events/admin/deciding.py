"""Forms by which moderators decide on citations: what they were shown goes along, and the event’s fate."""

from typing import Any

from django import forms

from events.admin.verbs import VerbForm, words_field
from events.editorial import moderation, reading
from events.editorial.moderation import KEEP, WITHDRAW, Fate
from events.models import Citation

FATES = [
    (KEEP, "Keep it before readers, as it then stands"),
    (WITHDRAW, "Withdraw it"),
]


class DecidingForm(VerbForm):
    """Carries what the page showed of a citation: a decision on anything else is refused."""

    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Citation, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.initial["shown"] = reading.shown_of(subject)

    def about_now(self) -> "VerbForm":
        """Likewise, showing what there is now."""
        form = super().about_now()
        form.data["shown"] = reading.shown_of(self.subject)
        return form


class FateForm(DecidingForm):
    """Asks what becomes of an event that readers see, where the decision takes it below its policy."""

    fate = forms.ChoiceField(
        label="Readers see this event, and it would have too few citations. What becomes of it?",
        choices=FATES,
        widget=forms.RadioSelect,
        required=False,
    )
    fate_reason = words_field("If it is withdrawn: why, for readers", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.falls():
            del self.fields["fate"], self.fields["fate_reason"]

    def falls(self) -> bool:
        """Whether the decision takes it there."""
        return moderation.would_fall(self.subject)

    def clean(self) -> dict[str, Any]:
        """Makes the two answers one; a reason is asked for where one is due, beside its field."""
        cleaned = super().clean() or {}
        if "fate" not in self.fields:
            return cleaned
        what, reason = cleaned.pop("fate", ""), cleaned.pop("fate_reason", "")
        if not what and "fate" not in self.errors:
            self.add_error("fate", "Say what becomes of it: it is kept as it then stands, or withdrawn.")
        if what == WITHDRAW and not reason.strip():
            self.add_error("fate_reason", "Say why, in a sentence that readers will see in its place.")
        cleaned["fate"] = Fate(what, reason)
        return cleaned


class ApproveForm(FateForm):
    credibility = forms.TypedChoiceField(
        label="Credibility",
        choices=[("", "not graded"), *Citation.Credibility.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    field_order = ("credibility",)

    def falls(self) -> bool:
        """Only where readers see it in words that were approved before."""
        return self.subject.keeps_approved and moderation.would_fall(self.subject, approved=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["credibility"] = self.subject.credibility


class RejectForm(FateForm):
    code = forms.ChoiceField(label="Reason", choices=moderation.REASONS, widget=forms.RadioSelect)
    words = words_field("In a few words, for its author")
    field_order = ("code", "words")

    def falls(self) -> bool:
        """Of what somebody else approved meanwhile, that it is approved is all there is to say, unless that
        approval lapsed."""
        waits = self.subject.state == Citation.State.PENDING or self.subject.lapsed
        return waits and super().falls()


class ReopenForm(FateForm):
    words = words_field("Why", required=False)
    field_order = ("words",)
