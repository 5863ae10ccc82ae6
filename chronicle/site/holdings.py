"""How many public entries are under a term, read with its row: a term that holds none has no page."""

from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from chronicle.models import Bitmap

HOLDS_SOME = Q(held__gt=0) | Q(within__gt=0)


def totals(number: str = "number") -> dict[str, Any]:
    """How many entries are under the term whose number is in that column, and in what lies in a place.

    To annotate rows with that have a facet as well.
    """
    within = When(facet="place", then=_total(Value("in"), number))
    return {"held": _total(OuterRef("facet"), number), "within": Case(within, default=Value(0))}


def _total(facet: Any, number: str) -> Any:
    name = Concat(facet, Value("/"), Cast(OuterRef(number), TextField()), output_field=TextField())
    found = Bitmap.objects.filter(chronicle=OuterRef("chronicle"), chunk=0).annotate(asked=name)
    return Coalesce(
        Subquery(found.filter(name=F("asked")).values("total")[:1], output_field=IntegerField()), 0
    )


def counted(terms: Any) -> Any:
    """``terms`` with ``used``, by which the most used come first; it is 0 where a term has no page.

    It counts an entry twice that is under a place and in what lies in it as well.
    """
    return terms.annotate(**totals()).annotate(used=F("held") + F("within"))


def held(terms: Any) -> Any:
    """Those of ``terms`` that hold public entries, likewise."""
    return counted(terms).filter(HOLDS_SOME)
