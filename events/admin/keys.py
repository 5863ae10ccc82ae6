"""Keys of rows as people and programs send them: of what is no key, or of no row, nothing is found."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.http import Http404

from events.admin import apart

DIGITS = 18
"""Every number of so many digits is one that a database can hold."""


def key_in(text: str) -> int | None:
    """The key that ``text`` writes; None where no row can have it."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None


def finding_only_what_can_be(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view``, answering that nothing is found where it is asked for what no database holds.

    SQLite raises OverflowError for a number past 64 bits, PostgreSQL DataError for a text with a NUL;
    Django sees to the first only where a key is compared with one number, and to the second in forms.
    """

    def find(execute, sql, parameters, many, context):
        if any(isinstance(one, str) and "\0" in one for one in parameters or ()):
            raise Http404("No row has such a text.")
        try:
            return execute(sql, parameters, many, context)
        except OverflowError as beyond:
            raise Http404("No row has so large a number.") from beyond

    @wraps(view)
    def found(*args, **kwargs):
        try:
            with connection.execute_wrapper(find):
                return view(*args, **kwargs)
        except FieldDoesNotExist as nameless:
            # An empty ``_to_field`` names none, and Django looks for it all the same.
            if "named ''" not in str(nameless):
                raise
            raise Http404("No column has an empty name.") from nameless

    return found


class ChosenKeys:
    """A widget of rows found by typing, which takes what is no key for nothing chosen, and tells what is
    chosen from others of its name.

    Asks for no row that is ``known``, being read with the row that names it.
    """

    known: Sequence[Any] = ()
    latest: Sequence[Any] = ()
    """Rows to choose from where there is no script to find others by typing."""

    def optgroups(self, name, value, attrs=None):
        chosen = {str(one) for one in value if key_in(str(one)) is not None}
        others = [row for row in self.latest if str(row.pk) not in chosen]
        # Else the first of them would stand there as if it were chosen.
        none = [self.create_option(name, "", "", selected=True, index=0)] if others and not chosen else []
        groups = [*((None, [one], 0) for one in none), *self.chosen(name, value, attrs)]
        return [*groups, *self.told_of(name, others, selected=False)]

    def chosen(self, name, value, attrs):
        keys = [str(one) for one in value if key_in(str(one)) is not None]
        known = {str(row.pk): row for row in self.known}
        if keys and known.keys() >= set(keys):
            groups = self.told_of(name, [known[key] for key in dict.fromkeys(keys)], selected=True)
            said = apart.said_of_known([known[key] for key in keys])
            keys = [key for key in keys if not hasattr(known[key], "is_doubled")]
        else:
            groups, said = super().optgroups(name, keys, attrs), {}
        return self._told_apart(groups, keys, said)

    def _told_apart(self, groups, keys, said):
        """``groups``, each of their rows told from others of its name: as ``said``, or as is found out."""
        found = apart.told_beside(self.choices.queryset.model, map(int, keys)) if keys else {}
        beside = said | found
        for _, options, _ in groups:
            for option in options:
                label, key = option["label"], key_in(str(option["value"]))
                option["label"] = apart.with_beside(label, beside.get(key))
        return groups

    def told_of(self, name, rows, *, selected):
        return [
            (None, [self.create_option(name, str(row.pk), self.told(row), selected=selected, index=at)], at)
            for at, row in enumerate(rows)
        ]

    def told(self, row):
        return self.choices.field.label_from_instance(row)


class ChosenOne(ChosenKeys, AutocompleteSelect):
    pass


class ChosenSeveral(ChosenKeys, AutocompleteSelectMultiple):
    pass


class ChoosesByTyping:
    """For an admin or its rows: ``autocomplete_fields`` with those widgets."""

    chosen_several = ChosenSeveral

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = self.chosen_several(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
