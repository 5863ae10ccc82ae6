from typing import Any

from django import template
from django.utils.safestring import SafeString

from chronicle import prose
from chronicle.site.search.marking import marked

register = template.Library()

register.filter("as_printed", prose.as_printed)
register.filter("printed", prose.printed)


@register.filter
def halved(card: str, asked: Any = None) -> tuple[SafeString, SafeString]:
    """A printed card, cut after its headline; where words are ``asked`` for, they are marked in it."""
    upto, rest = prose.halved(card)
    return (marked(upto, asked), marked(rest, asked)) if asked else (upto, rest)
