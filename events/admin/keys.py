"""Keys of rows as people and programs send them: of what is no key, or of no row, nothing is found."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import connection
from django.http import Http404

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
        with connection.execute_wrapper(find):
            return view(*args, **kwargs)

    return found


class ChosenKeys:
    """A widget of rows found by typing, which takes what is no key for nothing chosen."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [one for one in value if key_in(str(one)) is not None], attrs)


class ChosenOne(ChosenKeys, AutocompleteSelect):
    pass


class ChosenSeveral(ChosenKeys, AutocompleteSelectMultiple):
    pass


class ChoosesByTyping:
    """For an admin or its rows: ``autocomplete_fields`` with those widgets."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenSeveral(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
