"""Lists of the desk that cost the same however much it holds.

The keys of a page are read from an index that has the rows in the order of the list; then these rows alone
are read in full, with whatever is told beside them. Nothing is counted past what anybody reads.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.db import connection
from django.db.models import Count, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from events.models.narrowing import is_one_of

MOST, AHEAD, AHEAD_OF_MANY = 10_000, 1_000, 200
"""How many rows are counted: of a list so many beyond the page that is looked at, fewer where each is asked
for words that many have, and MOST at all."""
MOST_WAITING, MOST_TOLD = 1_000, 100
"""How much of what waits for a person is counted: where it is looked at, and where a number alone stands, as
it does on every page of the desk."""
MOST_CHOICES = 100
"""How many values of a column, or rows of a table, a filter offers at most."""


class Counted(int):
    """A number as people read it: “5,000”."""

    def __str__(self) -> str:
        return f"{int(self):,}"


class AtLeast(Counted):
    """A number of which it is known that there are more."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


def counted(rows: QuerySet[Any], most: int = MOST) -> int:
    """How many ``rows`` there are, up to ``most``."""
    # What is only told beside a row is not reckoned.
    found = rows.order_by().values("pk")[: most + 1].count()
    return AtLeast(most) if found > most else found


class Bounded(Paginator):
    """Pages of rows of which nobody counts more than ``most``; the last of these is the last page."""

    most = MOST

    @cached_property
    def count(self) -> int:
        return counted(self.object_list, self.most)


class Listing(ChangeList):
    """A list that reads keys alone up to its page and AHEAD beyond, and counts these.

    It is ordered by nothing that no index has.
    """

    def get_ordering_field(self, field_name):
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None

    def get_results(self, request):
        ahead = AHEAD_OF_MANY if getattr(request, "finds_many", False) else AHEAD
        most = min(self.page_num * self.list_per_page + ahead, MOST)
        found = list(self.queryset.values_list("pk", flat=True)[: most + 1])
        pages = Paginator(found[:most], self.list_per_page)
        pages.count = self.result_count = AtLeast(most) if len(found) > most else len(found)
        self.paginator, self.full_result_count = pages, None
        self.show_full_result_count, self.show_admin_actions = False, True
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        self.result_list = self.in_full(request, self._keys_shown(pages))

    def _keys_shown(self, pages):
        if not self.multi_page or (self.show_all and self.can_show_all):
            return pages.object_list
        try:
            return pages.page(self.page_num).object_list
        except InvalidPage as beyond:
            raise IncorrectLookupParameters from beyond

    def in_full(self, request, keys):
        """The rows of ``keys``, in their order, with all that the list shows of them."""
        rows = self.apply_select_related(self.model_admin.get_queryset(request)).in_bulk(keys)
        return [rows[key] for key in keys if key in rows]


class Narrowing:
    """A filter of a list by a column of few values: see events.models.narrowing."""

    def queryset(self, request, queryset):
        asked = {name: self.used_parameters.get(name) for name in self.expected_parameters()}
        values = asked.pop(self.lookup_kwarg)
        if not values or any(asked.values()):
            return super().queryset(request, queryset)
        try:
            return queryset.filter(is_one_of(queryset.model, self.field.name, values))
        except ValueError as wrong:
            raise IncorrectLookupParameters(wrong) from wrong


class ByChoice(Narrowing, admin.ChoicesFieldListFilter):
    pass


class Listed:
    """An admin with such a list."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by: tuple[str, ...] = ()

    def get_changelist(self, request, **kwargs):
        return Listing


def count_of(rows: QuerySet[Any], name: str) -> Any:
    """How many of ``rows`` name a row of the outer query in their column ``name``: asked for it alone."""
    counting = rows.filter(**{name: OuterRef("pk")}).order_by().values(name).annotate(total=Count("pk"))
    return Coalesce(Subquery(counting.values("total"), output_field=IntegerField()), 0)


def values_of(
    model: Any, column: str, by: type[Func] | None = None, *, stories: Iterable[int] | None = None
) -> list[Any]:
    """The values that ``column`` has, in ``stories`` or in all, at most MOST_CHOICES: from one to the next in
    an index that begins with it, or with the function ``by`` of it."""
    quoted = connection.ops.quote_name
    table, name = quoted(model._meta.db_table), quoted(model._meta.get_field(column).column)
    name = f"{by.function}({name})" if by else name
    # With a plus before it no index of stories is read, where all rows of one are looked at for each value.
    here = "1 = 1" if stories is None else f"+story_id IN ({', '.join(map(str, stories)) or 'NULL'})"
    walk = (
        f"WITH RECURSIVE found(value) AS (SELECT min({name}) FROM {table} WHERE {here} "  # noqa: S608 - names of ours
        f"UNION ALL SELECT (SELECT min({name}) FROM {table} WHERE {name} > found.value AND {here}) "
        "FROM found WHERE found.value IS NOT NULL) "
        f"SELECT value FROM found WHERE value IS NOT NULL LIMIT {MOST_CHOICES}"
    )
    with connection.cursor() as cursor:
        cursor.execute(walk)
        return [value for (value,) in cursor.fetchall()]
