"""The page behind the link of an invitation: for somebody without an account, or with one."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserCreationForm
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from events.admin.desk.signing.forms import counted
from events.editorial import people
from events.editorial.refused import Refused
from events.models import Invitation
from events.signing import limits, stages

TEMPLATE = "admin/events/invitation.html"
GONE = 410
TAKEN = "Somebody has just taken this user name. Choose another."


class AccountForm(UserCreationForm):
    """A new account: its name and, twice, its password, which Django's own rules judge."""

    class Meta(UserCreationForm.Meta):
        model = get_user_model()

    def __init__(self, data: Any, tries: tuple[limits.Limit, ...]) -> None:
        super().__init__(data)
        self.tries = tries

    def clean_username(self) -> str:
        """Whether a name is taken is told no faster than it is told whether a password is right."""
        counted(*self.tries)
        return str(super().clean_username())

    def save(self, commit: bool = True) -> Any:
        limits.succeeded(*self.tries)
        return super().save(commit)


class JoinForm(forms.Form):
    """Who is signed in says yes, and nothing else."""


@sensitive_post_parameters("password1", "password2")
def page(request: Any, token: str, context: dict[str, Any]) -> Any:
    """What one is invited to; POSTed, the role, and the account where there is none yet. The same answer to
    every link that was never made."""
    invitation = people.invitation_of(token)
    if invitation is None:
        raise Http404
    if why := people.spent(invitation):
        return gone(request, why, context)
    form = form_of(request, invitation)
    if form.is_valid():
        if has_joined(request, invitation, form):
            return redirect("admin:index")
        if why := people.spent(people.invitation_of(token) or invitation):
            return gone(request, why, context)
    back = urlencode({"next": request.path})
    context |= {
        "title": "Invitation",
        "invitation": invitation,
        "form": form,
        "signing_in": f"{reverse('admin:login')}?{back}",
    }
    return TemplateResponse(request, TEMPLATE, context)


def form_of(request: Any, invitation: Invitation) -> forms.Form:
    """What is asked of who opens the link, with what they sent."""
    sent = request.POST if request.method == "POST" else None
    if request.user.is_authenticated:
        return JoinForm(sent)
    return AccountForm(sent, (limits.of_invitation(invitation), limits.of_address(request)))


def has_joined(request: Any, invitation: Invitation, form: Any) -> bool:
    """Whether who sent ``form`` has the role now, and is signed in; else it says why not."""
    try:
        person = joined(request, invitation, form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if not request.user.is_authenticated:
        stages.enter(request, person)
    return True


def joined(request: Any, invitation: Invitation, form: Any) -> Any:
    """Who has the role now. An account is made with it or not at all."""
    try:
        with transaction.atomic():
            person = request.user if isinstance(form, JoinForm) else form.save()
            people.accept(invitation, person=person)
    except IntegrityError as clash:
        if get_user_model().objects.filter(username=form.cleaned_data.get("username")).exists():
            raise Refused(TAKEN) from clash
        raise
    return person


def gone(request: Any, why: str, context: dict[str, Any]) -> Any:
    """That the link gives nothing any more, and why."""
    return TemplateResponse(request, TEMPLATE, {**context, "title": "Invitation", "why": why}, status=GONE)
