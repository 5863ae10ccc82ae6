from django import template

from events.importers.likely import Likely, marked

register = template.Library()


@register.inclusion_tag("admin/events/importing/_shared.html")
def shared(text: str, twin: Likely) -> dict[str, list[tuple[str, bool]]]:
    """``text`` with the words marked that it shares with its twin."""
    return {"pieces": marked(text, twin.shared)}
