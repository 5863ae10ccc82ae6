"""What a reader may filter entries by: one set for every page that lists them."""

import re
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef

from chronicle.clock import PARTS
from chronicle.models import Entry, EntryTerm, Standing
from chronicle.models.entry import PART_BITS

KNOWN = {"part": PARTS, "standing": tuple(Standing.values)}
"""The facets whose values are the same on every page."""

TERM_NUMBER = re.compile("[1-9][0-9]{0,8}")

MOST_VALUES = 50
"""How many values of one facet an address may ask for; the rest is passed over."""


def means_something(facet: str, value: str) -> bool:
    """Whether ``value`` can be one of ``facet``: terms are asked for by their numbers."""
    if facet in KNOWN:
        return value in KNOWN[facet]
    # A number has one spelling, as the address of what it numbers has.
    return bool(TERM_NUMBER.fullmatch(value))


class ChoicesOfAnyKind(forms.MultipleChoiceField):
    """Several values. Which of them mean anything is for the filter: a reader is never refused."""

    def valid_value(self, value):
        return "\0" not in value and len(value) <= 100

    def validate(self, value):
        pass

    def to_python(self, value):
        told = [item for item in super().to_python(value) if item and self.valid_value(item)]
        return list(dict.fromkeys(told))[:MOST_VALUES]


class AnyOf(django_filters.MultipleChoiceFilter):
    """Entries under any of several values of one facet."""

    field_class = ChoicesOfAnyKind

    def filter(self, qs, value):
        return self.method(qs, self.field_name, value) if value else qs


class EntryFilter(django_filters.FilterSet):
    """Narrows entries: any of the values within a facet, and all facets together."""

    kind = AnyOf(method="under_terms")
    place = AnyOf(method="under_terms")
    actor = AnyOf(method="under_terms")
    part = AnyOf(method="in_parts")
    standing = AnyOf(method="of_standing")

    class Meta:
        model = Entry
        fields = []

    def under_terms(self, queryset, facet, numbers):
        links = EntryTerm.objects.filter(entry=OuterRef("pk"), facet=facet, term__number__in=numbers)
        return queryset.filter(Exists(links))

    def in_parts(self, queryset, name, parts):
        bits = sum(PART_BITS[part] for part in parts)
        return queryset.alias(touched=F("parts").bitand(bits)).filter(touched__gt=0)

    def of_standing(self, queryset, name, standings):
        return queryset.filter(standing__in=standings)

    def chosen(self, facet: str) -> list[str]:
        """The values that the reader chose in ``facet``, less those that mean nothing there."""
        return [value for value in self._asked(facet) if means_something(facet, value)]

    @property
    def query(self) -> str:
        """What was chosen as a query string, “?place=3&part=night”; empty where nothing was."""
        chosen = [(facet, value) for facet in self.filters for value in self.chosen(facet)]
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def ignored(self) -> list[str]:
        """The values asked for that mean nothing, and were passed over."""
        return [
            value
            for facet in self.filters
            for value in self._asked(facet)
            if not means_something(facet, value)
        ]

    def _asked(self, facet: str) -> list[str]:
        return self.form.cleaned_data.get(facet, []) if self.is_valid() else []

    def narrowed(self, *, but: str = ""):
        """The entries that match every facet, or every facet but one."""
        queryset = self.queryset
        for name, facet in self.filters.items():
            if name != but:
                queryset = facet.filter(queryset, self.chosen(name))
        return queryset
