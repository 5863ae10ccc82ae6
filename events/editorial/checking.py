"""What a form would refuse, refused to whoever saves a row without one."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import UniqueConstraint

from events.editorial.refused import Refused


def check_values(row: Any) -> None:
    """Refuses values that no form of ``row`` would take, naming each field and what is wrong with it.

    Rows that it refers to, and columns that only verbs fill, are not looked at.
    """
    passed_over = {
        field.name for field in row._meta.concrete_fields if field.is_relation or not field.editable
    }
    try:
        row.full_clean(exclude=passed_over, validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        raise Refused(_in_words(row, wrong)) from wrong


def check_unique(row: Any) -> None:
    """Refuses what its story has already, in the sentence of the constraint; its story must be held.

    A form leaves out the constraints that name a field it does not show.
    """
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            try:
                constraint.validate(type(row), row)
            except ValidationError as taken:
                raise Refused(" ".join(taken.messages)) from taken


def check_no_circle(row: Any, name: str, sentence: str) -> None:
    """Refuses, in ``sentence``, a row that ``name`` leads back to; its story must be held.

    Only what is saved counts: two people may tie one half of a circle each.
    """
    rows, above = type(row).objects, getattr(row, f"{name}_id")
    while above is not None:
        if above == row.pk:
            raise Refused(sentence)
        above = rows.filter(pk=above).values_list(f"{name}_id", flat=True).first()


def _in_words(row: Any, wrong: ValidationError) -> str:
    said = []
    for name, sentences in wrong.message_dict.items():
        field = "" if name == NON_FIELD_ERRORS else f"{row._meta.get_field(name).verbose_name}: "
        said.append(field + " ".join(sentences))
    return f"This {row._meta.verbose_name} cannot be saved ({'; '.join(said)})"
