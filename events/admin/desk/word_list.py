"""The page of the word list of a story, line by line; who sets its policy changes it."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from events.admin import unsaved
from events.admin.desk import word_list_history
from events.admin.form_at import WORD_LIST_PAGE
from events.admin.revisions import SAYING, reason_of
from events.editorial import word_list
from events.editorial.holding import may
from events.editorial.moves import SET_POLICY
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.models import HouseWord, Story

EMPTY = 5
"""How many empty lines the page has."""


class WordForm(forms.ModelForm):
    class Meta:
        model = HouseWord
        fields = ("say", "instead_of", "because")
        widgets = {name: forms.TextInput({"dir": "auto"}) for name in fields}


class WordsForm(forms.BaseFormSet):
    """All lines; one that is emptied is taken out, and none is left out that says what it said before."""

    def get_form_kwargs(self, index: Any) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": True}

    def words(self) -> list[HouseWord]:
        kept = [form for form in self.forms if any(form.cleaned_data.values())]
        return [form.instance for form in kept]

    def forget_errors(self) -> None:
        """Of what was not sent to be saved nothing is called wrong."""
        self.full_clean()
        for errors in (self._non_form_errors, *self._errors):
            errors.clear()


WORDS = forms.formset_factory(
    WordForm, formset=WordsForm, extra=EMPTY, max_num=word_list.MOST, absolute_max=word_list.MOST + EMPTY
)


def urls(site: Any) -> list[Any]:
    """The address of the page on ``site``; it must come before those of the stories."""
    pages = ("", page, WORD_LIST_PAGE), ("history/", word_list_history.page, "words_history")
    return [
        path(f"events/story/<int:pk>/words/{route}", site.admin_view(partial(view, site=site)), name=name)
        for route, view, name in pages
    ]


def page(request: Any, pk: int, *, site: Any) -> Any:
    """The word list; with a POST, changed."""
    story = get_object_or_404(stories_of(request.user, "events.view_story"), pk=pk)
    may_set = may(request.user, SET_POLICY.permission, story)
    words = list(story.house_words.all())
    typed = request.POST if request.method == "POST" else unsaved.typed_before(request)
    form = WORDS(typed, initial=None if typed else list(map(_line, words)), prefix="word")
    if request.method == "POST":
        if not may_set:
            unsaved.say_words(request)
            raise PermissionDenied
        request.when_refused = partial(unsaved.keep_refused, request)
        if _sent(request, story, form):
            return _saved(request, pk)
    elif typed is not None:
        form.forget_errors()
    context = {"title": f"Word list of “{story}”", "story": story, "form": form, "words": words}
    context |= {"may_set": may_set, "opts": Story._meta, "version": word_list.version_of(words)}
    context |= _kept(request, typed, context["version"])
    return TemplateResponse(request, "admin/events/words.html", {**site.each_context(request), **context})


def _line(word: HouseWord) -> dict[str, str]:
    return {name: getattr(word, name) for name in word_list.COLUMNS}


def _kept(request: Any, typed: Any, version: str) -> dict[str, Any]:
    """What the page needs that keeps what is typed into it, and shows what was ``typed`` before."""
    return {
        "saying": "" if typed is None else typed.get(SAYING, ""),
        "is_typed": typed is not None,
        "is_newer": typed is not None and typed.get("seen") != version,
        "offer": getattr(request, "offer", ""),
        "tab": unsaved.tab_of(request) or uuid4(),
        "unsaved": unsaved.offers(request) if request.method == "GET" else (),
    }


def _saved(request: Any, pk: int) -> Any:
    del request.when_refused
    unsaved.forget(request)
    response = redirect("admin:words", pk)
    unsaved.tell_browser(request, response)
    return response


def _sent(request: Any, story: Story, form: Any) -> bool:
    """Whether what was sent is saved."""
    if not form.is_valid():
        messages.error(request, "Not saved. What is missing or wrong stands beside it.")
        return False
    try:
        said = {"by": request.user, "seen": request.POST.get("seen", ""), "why": reason_of(request)}
        word_list.set_words(story, form.words(), **said)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, "The word list was saved.")
    return True
