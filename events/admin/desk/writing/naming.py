"""Places and actors of an event, chosen or named: what is not known yet is made as the event is saved.

A browser sends of each either its key or a name. A name is looked for among all that each of them bears.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from chronicle.folding import fold
from events.admin.keys import ChosenSeveral, key_in
from events.editorial.holding import may, verb_on
from events.finding import asking
from events.models import Story

LONGEST = 120
MOST = 50
"""How many rows that a name might be of are looked at."""


def names_in(values: Collection[Any]) -> list[str]:
    """The names among what was sent, each once; where there is no script, several stand in one box."""
    typed = (name.strip() for one in values if key_in(str(one)) is None for name in str(one).split(";"))
    return list({fold(name) or name: name for name in typed if name}.values())


class Named(ChosenSeveral):
    """Rows found by typing, or named; without a script, in a box of its own."""

    template_name = "admin/events/writing/named.html"

    def value_from_datadict(self, data, files, name):
        return [one for one in super().value_from_datadict(data, files, name) or () if str(one).strip()]

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        for number, typed in enumerate(names_in(value)):
            option = self.create_option(name, typed, typed, selected=True, index=number)
            groups.append((None, [option], number))
        return groups


class NamedField(forms.ModelMultipleChoiceField):
    """Takes keys and names; ``typed`` are the names of the last that was sent."""

    typed: Collection[str] = ()

    def clean(self, value):
        self.typed = names_in(value or ())
        return super().clean([one for one in value or () if key_in(str(one)) is not None])


@dataclass
class Sorted:
    """What names are of: rows that bear them, and those that nothing bears."""

    known: list[Any] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def sorted_out(model: Any, names: Collection[str], story: Story) -> Sorted:
    """``names`` of places or actors of ``story``. Raises ValidationError where one says too little."""
    found = Sorted()
    for name in names:
        if len(name) > LONGEST:
            raise ValidationError(f"A name has at most {LONGEST} characters: “{name[:40]}…” has {len(name)}.")
        bearers = _bearers(model, name, story)
        if len(bearers) > 1:
            raise ValidationError(f"There are {len(bearers)} called “{name}”: choose one from the list.")
        if bearers:
            found.known += bearers
        else:
            found.new.append(name)
    return found


def _bearers(model: Any, name: str, story: Story) -> list[Any]:
    words = name.replace('"', " ")
    rows = model.objects.filter(asking.found_by(model, f'"{words}"', {story.pk}).rows, erased_at=None)
    wanted = fold(name)
    rows = rows.order_by("pk").prefetch_related("names")[:MOST]
    return [row for row in rows if any(fold(one.name) == wanted for one in row.names.all())]


def insist_on_adding(model: Any, story: Story, by: Any) -> None:
    """Raises ValidationError unless ``by`` may add rows of ``model``."""
    if not may(by, verb_on("add", model), story):
        names = model._meta.verbose_name_plural
        raise ValidationError(f"You may not add new {names}: choose from those that are there.")
