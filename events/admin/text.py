from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from events.admin.awaiting import KEPT, awaits, may_await, said_of_words, shown_words
from events.admin.belonging import OfAStory
from events.admin.decision import DecisionInline
from events.admin.deleting import SaysWhyKept
from events.admin.searching import Searched
from events.admin.verbs import PublishForm, Verb, WithVerbs
from events.editorial import awaiting, texts
from events.editorial.moves import KEEP_TEXT, PUBLISH_TEXT
from events.models import Text


class TextAdmin(Searched, OfAStory, SaysWhyKept, WithVerbs):
    """The pages of a story beside its days, which its managers write."""

    instead = "Readers know this page: write it anew instead, and say in the note of its publication why."
    list_display = ("title", "name", "story", "shown")
    list_filter = ("story", "name")
    list_select_related = ("story",)
    ordering = ("story", "name")
    fieldsets = (
        (None, {"fields": ("story", "name", "title", "text")}),
        ("State", {"fields": ("shown",)}),
    )
    readonly_fields = ("shown",)
    inlines = (DecisionInline,)
    verbs = (
        Verb(
            "publish",
            "Publish this page",
            said_of_words,
            PUBLISH_TEXT,
            texts.publish_text,
            PublishForm,
            when=lambda text, person: text.story.opened_at and text.staged,
        ),
        Verb(
            "publish-at-opening",
            "Publish this page at the opening",
            said_of_words,
            PUBLISH_TEXT,
            texts.publish_text,
            PublishForm,
            when=may_await,
        ),
        Verb("keep", "Cancel its publication", KEPT, KEEP_TEXT, awaiting.keep_back, when=awaits),
    )

    def get_readonly_fields(self, request, obj=None):
        """It stays the page that it is."""
        fields = super().get_readonly_fields(request, obj)
        return ("name", *fields) if obj else fields

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            texts.save_text(obj, by=request.user, seen=form.cleaned_data.get("seen"))

    def has_delete_permission(self, request, obj=None):
        """Only while no reader can have seen it."""
        unseen = obj is None or not obj.published_version
        return unseen and super().has_delete_permission(request, obj)

    @admin.display(description="readers see")
    def shown(self, text: Text) -> str:
        if not text.published_version:
            return shown_words(text, "nothing of it")
        page = reverse("text", args=[text.story.slug, text.name])
        words = "an earlier edition: it was changed since" if text.staged else "these words"
        return format_html('<a href="{}">{}</a>', page, words)
