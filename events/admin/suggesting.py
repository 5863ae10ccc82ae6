"""What a picture says of itself, beside the fields of its form: to be taken over, never by itself."""

from typing import Any

from django.utils.html import format_html, format_html_join

from events.editorial.holding import may
from events.editorial.moves import OPEN_ORIGINAL
from events.models import Material
from events.models.rights import SourceType
from media import intake, probing

FIELDS: dict[str, tuple[str, ...]] = {
    "credit": ("credit", "creator"),
    "caption": ("headline", "caption"),
    "shows": ("caption",),
    "alt": ("alt_text",),
    "rights_note": ("copyright",),
    "source_type": ("source_type",),
    "taken": ("taken",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
}
"""Which fields each thing that a file says may go into."""

RAW = ("taken", "latitude", "longitude")
"""When and where, which may betray who took it: for those alone who may open the original."""


def suggestions(material: Material, person: Any) -> dict[str, list[str]]:
    """What the file says for each field that holds something else, as far as ``person`` may know."""
    said = told_by_the_file(material, person)
    found = {}
    for field, names in FIELDS.items():
        values = dict.fromkeys(said[name] for name in names if name in said)
        found[field] = [value for value in values if is_new(material, field, value)]
    return found


def told_by_the_file(material: Material, person: Any) -> dict[str, str]:
    """All that it says and ``person`` may know; nothing of one that is lost."""
    try:
        said = intake.suggestions(material.asset)
    except (probing.Refused, FileNotFoundError):
        return {}
    kept_back = () if may(person, OPEN_ORIGINAL, material.story) else RAW
    return {name: str(value) for name, value in said.items() if value != "" and name not in kept_back}


def is_new(material: Material, field: str, value: str) -> bool:
    """Whether ``value`` is one that ``field`` takes and does not hold."""
    if field == "source_type" and value not in SourceType.values:
        return False
    held = getattr(material, field)
    return float(value) != float(held) if field in RAW[1:] and held is not None else value != held


def beside(form: Any, said: dict[str, list[str]]) -> None:
    """Put what the file says into the help of each field of the class ``form``."""
    for name, values in said.items():
        field = form.base_fields.get(name)
        if field is None or not values:
            continue
        choices = dict(getattr(field, "choices", ()))
        lines = [(value, choices.get(value, value), name, value) for value in values]
        offered = format_html_join(
            "",
            '<span class="suggested">The file says: <q dir="auto" title="{}">{}</q> <button type="button" '
            'class="take" data-field="{}" data-value="{}" hidden>Take over</button></span>',
            lines,
        )
        field.help_text = format_html("{} {}", field.help_text, offered)
