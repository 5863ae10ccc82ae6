"""The page of a story that says who has which role in it, and changes that."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from events.admin import signed_out
from events.admin.decision import told_at
from events.admin.desk.signing.forms import counted
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial import people
from events.editorial.holding import is_everywhere, may
from events.editorial.moves import MANAGE_PEOPLE
from events.editorial.refused import Refused
from events.models import Invitation, Membership, Story
from events.models.membership import Role
from events.signing import factors, limits

NO_SUCH_ACCOUNT = "There is no account of that name. Write it as it signs in, or invite the person by a link."


LINK = "link of an invitation to {}"
"""Where the session holds it until the next page, which shows it once: that page can be loaded again."""


class RoleForm(forms.Form):
    """A role that is to be given."""

    role = forms.ChoiceField(choices=Role.choices)
    use_required_attribute = False


class AddForm(RoleForm):
    username = forms.CharField(label="User name", max_length=150)
    field_order = ("username", "role")

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_username(self):
        if self.by is not None:
            counted(limits.of_names(self.by))
        typed = get_user_model().normalize_username(self.cleaned_data["username"])
        self.person = get_user_model().objects.filter(username=typed).first()
        if self.person is None:
            raise forms.ValidationError(NO_SUCH_ACCOUNT)
        return typed


class Answer:
    """What is shown: the forms, one of which may hold what was just refused, and a link made just now."""

    def __init__(self, request: Any, story: Story) -> None:
        self.request, self.story = request, story
        self.add, self.invite = AddForm(auto_id="add_%s"), RoleForm(auto_id="invite_%s")
        self.refused: AddForm | None = None
        self.chosen: dict[int, str] = {}
        """The role that was chosen in a row, by the key of the row, where that was not done."""
        self.link = ""
        """Of the invitation that was made just before."""

    def hold(self, typed: Any) -> None:
        """Have the forms hold what was ``typed``, as the page is shown again."""
        deed, row = typed.get("deed"), key_in(typed.get("row", ""))
        if deed == "add":
            self.add = self.refused or AddForm(typed, auto_id="add_%s")
        if deed == "invite":
            self.invite = RoleForm(typed, auto_id="invite_%s")
        if deed == "change" and row is not None:
            self.chosen = {row: typed.get("role", "")}

    def row(self, rows: Any) -> Any:
        """The one of ``rows``, all of this story, whose key was sent."""
        key = key_in(self.request.POST.get("row", ""))
        return get_object_or_404(rows, pk=key) if key is not None else _nothing()


def page(request, pk: int, *, model_admin):
    """Who has which role in the story; POSTed, one change of it."""
    story = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not may(request.user, MANAGE_PEOPLE, story, held(request)):
        raise PermissionDenied
    answer = Answer(request, story)
    if request.method == "POST" and done(answer):
        return redirect("admin:events_story_people", pk)
    if request.method == "GET":
        answer.link = request.session.pop(LINK.format(pk), "")
    if typed := signed_out.sent_to(request):
        answer.hold(typed)
    context = {
        **model_admin.admin_site.each_context(request),
        **shown_of(story, answer.chosen),
        "everywhere": everywhere(request.user),
        "title": f"People of “{story}”",
        "opts": Story._meta,
        "story": story,
        "answer": answer,
        "roles": Role.choices,
    }
    return TemplateResponse(request, "admin/events/people.html", context)


def done(answer: Answer) -> bool:
    """Carries out what was sent; says so, or why not."""
    deed = DEEDS.get(answer.request.POST.get("deed", "")) or _nothing()
    try:
        said = deed(answer)
    except Refused as refused:
        messages.error(answer.request, str(refused))
        return False
    if said:
        messages.success(answer.request, said)
    return bool(said)


def add(answer: Answer) -> str:
    answer.refused = form = AddForm(answer.request.POST, by=answer.request.user, auto_id="add_%s")
    if not form.is_valid():
        return ""
    people.add(answer.story, form.person, form.cleaned_data["role"], by=answer.request.user)
    return f"“{form.person}” has the role."


def change(answer: Answer) -> str:
    membership = answer.row(answer.story.memberships.select_related("story", "person"))
    people.change(membership, answer.request.POST.get("role", ""), by=answer.request.user)
    return f"“{membership.person}” has the other role."


def end(answer: Answer) -> str:
    membership = answer.row(answer.story.memberships.select_related("story", "person"))
    people.end(membership, by=answer.request.user)
    return f"“{membership.person}” has the role no longer."


def reset_factor(answer: Answer) -> str:
    membership = answer.row(answer.story.memberships.select_related("story", "person"))
    people.reset_factor(membership, by=answer.request.user)
    return f"The second factor of “{membership.person}” is reset: they sign in with their password."


def reset_everywhere(answer: Answer) -> str:
    person = answer.row(people.with_a_role_everywhere())
    people.reset_factor_everywhere(answer.story, person, by=answer.request.user)
    return f"The second factor of “{person}” is reset: they sign in with their password."


def invite(answer: Answer) -> str:
    form = RoleForm(answer.request.POST)
    if not form.is_valid():
        return ""
    _, token = people.invite(answer.story, form.cleaned_data["role"], by=answer.request.user)
    address = reverse("admin:invitation", args=[token])
    answer.request.session[LINK.format(answer.story.pk)] = answer.request.build_absolute_uri(address)
    return "The link is made. It is shown this once."


def end_invitation(answer: Answer) -> str:
    people.end_invitation(answer.row(answer.story.invitations.all()), by=answer.request.user)
    return "The invitation is taken back: its link gives nothing any more."


DEEDS: dict[str, Callable[[Answer], str]] = {
    "add": add,
    "change": change,
    "end": end,
    "reset-factor": reset_factor,
    "reset-everywhere": reset_everywhere,
    "invite": invite,
    "end-invitation": end_invitation,
}
"""What can be sent, and what it does. Each tells what was done; nothing where its form says what is wrong."""


def shown_of(story: Story, chosen: Mapping[int, str]) -> dict[str, Any]:
    """Who has a role in ``story``, with the one that was ``chosen`` for them, who had one, and which
    invitations are open."""
    rows = Membership.objects.filter(story=story).select_related("person", "added_by", "ended_by")
    with_factor = factors.who_has_any(row.person_id for row in rows)
    told = [
        {
            "row": row,
            "role": chosen.get(row.pk, row.role),
            "has_factor": row.person_id in with_factor,
            "since": told_at(row.added_at, story),
            "until": told_at(row.ended_at, story),
        }
        for row in rows.order_by("person__username", "added_at", "pk")
    ]
    now = timezone.now()
    waiting = Invitation.objects.filter(story=story, accepted_at=None, ended_at=None, expires_at__gt=now)
    return {
        "members": [one for one in told if not one["row"].ended_at],
        "former": [one for one in told if one["row"].ended_at],
        "invitations": [
            {"row": row, "made": told_at(row.made_at, story), "expires": told_at(row.expires_at, story)}
            for row in waiting.select_related("made_by")
        ],
    }


def everywhere(by: Any) -> list[dict[str, Any]]:
    """Who has a role in every story, as ``by`` may see who says who has which in every story."""
    if not is_everywhere(by, MANAGE_PEOPLE):
        return []
    rows = list(people.with_a_role_everywhere())
    with_factor = factors.who_has_any(row.pk for row in rows)
    return [
        {
            "row": row,
            "roles": "Administrator" if row.is_superuser else ", ".join(map(str, row.groups.all())),
            "has_factor": row.pk in with_factor,
            "resettable": row.pk in with_factor and row != by and (by.is_superuser or not row.is_superuser),
        }
        for row in rows
    ]


def _nothing() -> Any:
    raise Http404
