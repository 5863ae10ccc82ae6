"""The desk: Django's admin in the clothes of the house, with what waits for review in its header."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from chronicle.csp import CSP, csp_override
from events.admin import unsaved
from events.admin.actor import ActorAdmin
from events.admin.belonging import NamingStories
from events.admin.busy import telling_who_waits
from events.admin.citation import CitationAdmin
from events.admin.day import DayAdmin
from events.admin.decision import DecisionAdmin
from events.admin.desk import (
    find,
    importing,
    invitation,
    opening,
    policy,
    sent_back,
    signing,
    takedowns,
    views,
    waiting,
    word_list,
)
from events.admin.desk.reviewing import page as reviewing
from events.admin.desk.signing import entering, passwords
from events.admin.desk.signing.demanding import seen, with_second_factor
from events.admin.desk.today import page as today
from events.admin.event import EventAdmin
from events.admin.keys import finding_only_what_can_be
from events.admin.kind import KindAdmin
from events.admin.material import MaterialAdmin
from events.admin.once import done_once
from events.admin.person import ClosedNotDeleted
from events.admin.place import PlaceAdmin
from events.admin.proposal import ProposalAdmin
from events.admin.reach import held
from events.admin.signed_out import keeping_what_was_typed
from events.admin.source import OutletAdmin, SourceAdmin
from events.admin.story import StoryAdmin
from events.admin.text import TextAdmin
from events.admin.told_over import telling_whose_words
from events.admin.wordless import Wordless
from events.editorial.holding import may_at_all
from events.editorial.moves import IMPORT
from events.models import (
    Actor,
    Citation,
    Day,
    Decision,
    Event,
    Kind,
    Material,
    Outlet,
    Place,
    Proposal,
    Source,
    Story,
    Text,
)

# The text editor writes one style into the page, always the same; its hash lets in nothing else. When an
# upgrade changes it, the journey through the desk fails, and the browser's console names the new hash.
EDITORS_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", CSP.NONCE],
    "style-src": ["'self'", EDITORS_STYLE],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

SECTIONS: dict[str, dict[type, type[admin.ModelAdmin]]] = {
    "The story": {
        Event: EventAdmin,
        Day: DayAdmin,
        Material: MaterialAdmin,
        Text: TextAdmin,
        Story: StoryAdmin,
    },
    "What it rests on": {
        Citation: CitationAdmin,
        Source: SourceAdmin,
        Outlet: OutletAdmin,
        Proposal: ProposalAdmin,
    },
    "The index": {Kind: KindAdmin, Place: PlaceAdmin, Actor: ActorAdmin},
    "History": {Decision: DecisionAdmin},
}
"""What is on the desk, in the order it is shown. Registered here and not by decorator: Django makes the
site while it looks it up, and whatever registers itself on import would do so on another one."""

SECRETS = ("account", "mfa")
"""Applications of which nothing is shown at the desk: nobody reads what makes another's second factor."""

NAMES = {"auth": "Accounts"}
"""What Django’s own applications are called on the desk."""


only_asked_or_sent_to = require_http_methods(["GET", "HEAD", "POST"])
"""No page of the desk knows what it would do with another method; Django's take any for a GET."""


class Desk(admin.AdminSite):
    site_title = "Chronicle desk"
    site_header = "Chronicle · desk"
    index_title = "Today"
    enable_nav_sidebar = False
    logout_template = "admin/events/signing/signed_out.html"
    password_change_done_template = "admin/events/signing/password_done.html"  # noqa: S105 - a template

    def __init__(self, name: str = "desk") -> None:
        super().__init__(name)
        for section in SECTIONS.values():
            for model, model_admin in section.items():
                self.register(model, model_admin)
        # Whatever may be deleted at all has its own page, which says what goes with it.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Django’s own applications register here as well: none of them writes words into the log."""
        several = isinstance(model_or_iterable, (list, tuple))
        for model in model_or_iterable if several else [model_or_iterable]:
            if model._meta.app_label not in SECRETS:
                super().register(model, made_of(model, admin_class or admin.ModelAdmin), **options)

    def admin_view(self, view, cacheable=False):
        asked = telling_who_waits(finding_only_what_can_be(done_once(telling_whose_words(view))))
        if view != self.logout:
            asked = with_second_factor(asked)
        shown = super().admin_view(seen(asked), cacheable)
        return csp_override(POLICY)(only_asked_or_sent_to(keeping_what_was_typed(shown)))

    def account_view(self, view):
        """A page of how one signs in: for who is signed in, also before a second factor is set up."""
        return csp_override(POLICY)(only_asked_or_sent_to(super().admin_view(seen(telling_who_waits(view)))))

    def login(self, request, extra_context=None):
        return self.open_to_anybody(entering.sign_in)(request, self)

    def logout(self, request, extra_context=None):
        """An address to which one only sends: who opens it is led to the desk."""
        if request.method != "POST":
            return redirect("admin:index")
        return super().logout(request, extra_context)

    def password_change(self, request, extra_context=None):
        return passwords.change(request, self)

    def get_urls(self):
        return [
            path("review/", self.admin_view(self.review), name="review"),
            path("invitation/<str:token>/", self.open_to_anybody(self.invitation), name="invitation"),
            path("unsaved/", self.admin_view(self.unsaved), name="unsaved"),
            path("views/", self.admin_view(partial(views.page, site=self)), name="views"),
            path("keys/", self.admin_view(self.keys), name="keys"),
            path("find/", self.admin_view(self.find), name="find"),
            path("sent-back/", self.admin_view(self.sent_back), name="sent_back"),
            *importing.urls(self),
            *opening.urls(self),
            *policy.urls(self),
            *word_list.urls(self),
            *signing.urls(self),
            *takedowns.urls(self),
            *super().get_urls(),
        ]

    def open_to_anybody(self, view):
        """``view`` with all that a page of the desk has but that one must be signed in."""
        asked = telling_who_waits(csrf_protect(view))
        return csp_override(POLICY)(only_asked_or_sent_to(never_cache(asked)))

    def invitation(self, request, token: str):
        return invitation.page(request, token, self.each_context(request))

    def index(self, request, extra_context=None):
        """Today: what waits for who is signed in. What one did lately is not told there, as Django would: it
        names rows of stories that one has left."""
        shown = self.each_context(request)
        shown |= {"title": "Today", "app_list": self.get_app_list(request)}
        shown |= today.context(request, shown.get("waiting_by_kind", {})) | (extra_context or {})
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", shown)

    def autocomplete_view(self, request):
        return NamingStories.as_view(admin_site=self)(request)

    def review(self, request):
        return reviewing.show(request, self)

    def unsaved(self, request):
        return unsaved.keep(request, self)

    def keys(self, request):
        """What each key does, for who has no script or presses the link."""
        return TemplateResponse(
            request, "admin/events/keys.html", self.each_context(request) | {"title": "Keys"}
        )

    def find(self, request):
        return find.page(request, self, self.each_context(request))

    def sent_back(self, request):
        return sent_back.page(request, self.each_context(request))

    def each_context(self, request) -> dict[str, Any]:
        context = super().each_context(request)
        context["may_import"] = may_at_all(request.user, IMPORT, held=held(request))
        context["bar"] = in_the_bar(request, context.get("available_apps", ()))
        return context | waiting.numbers(request)

    def get_app_list(self, request, app_label=None):
        """Sections as an editor thinks of them, where Django would list applications."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        listed = {entry["model"]: entry for app in apps for entry in app["models"]}
        sections = [section(name, listed) for name in SECTIONS]
        others = [
            {**app, "name": NAMES.get(app["app_label"], app["name"])} for app in apps if not is_ours(app)
        ]
        return [found for found in sections if found["models"]] + others


IN_THE_BAR = (Day, Event, Source, Place, Actor)
"""What stands in the bar of every page, in this order."""


def in_the_bar(request: Any, apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lists of IN_THE_BAR that are open to who asks, each with whether they are in it."""
    listed = {entry["model"]: entry for app in apps for entry in app["models"] if entry.get("admin_url")}
    return [
        {
            "name": listed[model]["name"],
            "address": listed[model]["admin_url"],
            "is_here": request.path.startswith(listed[model]["admin_url"]),
        }
        for model in IN_THE_BAR
        if model in listed
    ]


def made_of(model: type, made: type) -> type:
    """``made``, by which ``model`` is shown, as this desk has it."""
    kinds = [Wordless] if not issubclass(made, Wordless) else []
    if model is get_user_model():
        kinds.insert(0, ClosedNotDeleted)
    return type(made.__name__, (*kinds, made), {}) if kinds else made


def is_ours(app: dict[str, Any]) -> bool:
    """Whether the models of ``app`` stand in a section."""
    return any(app["models"][0]["model"] in models for models in SECTIONS.values())


def section(name: str, listed: dict[type, dict[str, Any]]) -> dict[str, Any]:
    """The section ``name`` as Django describes an application, of those models of it that are ``listed``."""
    entries = [listed[model] for model in SECTIONS[name] if model in listed]
    return {
        "name": name,
        "app_label": name.replace(" ", "-").lower(),
        "app_url": entries[0]["admin_url"] if entries else "",
        "models": entries,
    }
