import re
from datetime import date

from django import forms

from events import models
from events.admin.belonging import told_apart
from events.editorial.moves import IMPORT
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.editorial.writing import keep_to_story
from events.importers.articles import Article, known_source
from events.importers.digest import LARGEST, TOO_LARGE, NotProse, Story, Undecided, decoded, read_days
from events.models.outlet import web_address

MOST_PASSAGES = 500
_CHOSEN = re.compile(r"date-(\d{1,4})", re.ASCII)


def day_in(words: str) -> date | None:
    """The day that ``words`` are in the form 2020-11-08; None for any others."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DigestForm(forms.Form):
    """An article and where it comes from. Valid, it holds ``digest``, ``article`` and ``known``.

    ``known`` is the source that the desk has of this article already, if any: its outlet and title then
    need not be given.
    """

    story = forms.ModelChoiceField(models.Story.objects.none())
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Paste one article about one day, or about several under their dates …",
    )
    file = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text="… or choose it as a file: plain text in UTF-8, at most 2 MB.",
    )
    outlet = forms.ModelChoiceField(
        models.Outlet.objects.all(), required=False, empty_label="A new one: name it"
    )
    new_outlet = forms.CharField(max_length=120, required=False, label="New outlet")
    title = forms.CharField(
        max_length=300,
        required=False,
        label="Title of the article",
        help_text="May stay empty where the text begins with it.",
    )
    url = forms.URLField(
        required=False, max_length=500, label="Address", assume_scheme="https", validators=[web_address]
    )
    published_on = forms.DateField(
        required=False,
        widget=date_input(),
        help_text="Empty: the date in the text’s head line, if it has one.",
    )
    kind = forms.ModelChoiceField(
        models.Kind.objects.all(), required=False, empty_label="Unsorted", label="Kind of the drafts"
    )
    date = forms.DateField(
        required=False,
        widget=date_input(),
        label="Day it tells",
        help_text="Empty: the day that its words say.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("outlet", "kind"):
            told_apart(self.fields[name], by)
        self.fields["story"].queryset = stories_of(by, IMPORT)
        stories = [] if self.is_bound else list(self.fields["story"].queryset[:2])
        if len(stories) == 1:
            self.fields["story"].initial = stories[0]

    def clean_file(self):
        """The text of the file. It takes the place of what would have been pasted, so that no error
        further on loses it: a browser does not keep a chosen file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if self.data.get(self.add_prefix("text"), "").strip():
            raise forms.ValidationError("Paste the text or choose a file, not both.")
        if file.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        try:
            text = decoded(file.read(LARGEST + 1))
        except NotProse as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.data = self.data.copy()
        self.data[self.add_prefix("text")] = text
        return text

    def clean(self):
        data = super().clean()
        self.keep_to_story(data)
        if not {"story", "text", "file", "date"} <= data.keys():
            return data
        text = data["file"] or data["text"]
        if not text.strip():
            self.add_error("text", "There is no text: paste the article or choose a file.")
        elif len(text.encode(errors="replace")) > LARGEST:
            self.add_error("text", "This text is longer than 2 MB, which no article is.")
        elif self.was_read(text):
            self.find_article()
        return data

    def keep_to_story(self, data) -> None:
        """Refuses an outlet and a kind of another story, each beside its field."""
        for name in ("outlet", "kind"):
            if data.get(name) and data.get("story"):
                try:
                    keep_to_story(data["story"], data[name])
                except Refused as refused:
                    self.add_error(name, str(refused))

    def was_read(self, text: str) -> bool:
        told = self.cleaned_data["story"]
        story = Story(told.clock, told.calendar)
        try:
            self.days = read_days(text, story, day=self.cleaned_data["date"], chosen=self.chosen())
        except Undecided as undecided:
            self.add_error("date", str(undecided))
        except NotProse as refusal:
            self.add_error("text", str(refusal))
        else:
            self.digest = self.days[0].digest
            sentences = sum(len(day.digest.passages) for day in self.days)
            if sentences <= MOST_PASSAGES:
                return True
            self.add_error(
                "text",
                f"This text has {sentences:,} sentences, too many for one page "
                f"({MOST_PASSAGES}). Import it with the command: manage.py import_digest.",
            )
        return False

    def chosen(self) -> dict[int, date]:
        """The dates that a person gave the days of the text which leave them open, by their places."""
        said = ((_CHOSEN.fullmatch(name), self.data.get(name, "")) for name in self.data)
        return {int(match[1]): day for match, words in said if match and (day := day_in(words))}

    def find_article(self) -> None:
        data = self.cleaned_data
        outlet = data["outlet"].name if data.get("outlet") else data.get("new_outlet", "")
        self.article = Article(
            outlet=outlet,
            title=data.get("title") or self.digest.title,
            url=data.get("url", ""),
            published_on=data.get("published_on") or self.digest.head_date,
        )
        self.known = known_source(self.digest.fingerprint, data["story"], self.article)
        if self.known:
            return
        if not outlet and not {"outlet", "new_outlet"} & self.errors.keys():
            self.add_error("outlet", "Say who published it: choose an outlet or name a new one.")
        if not self.article.title and "title" not in self.errors:
            self.add_error("title", "The text does not begin with a title: give one.")
