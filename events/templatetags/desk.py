from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from events.admin.once import TOKEN, WHOSE
from events.editorial import word_list
from events.erasing.job import NAME_OF_VIEW
from events.models import SavedView

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context: Any) -> SafeString:
    """A token of this page: what is sent with it is done once (see events.admin.once), and whose it is."""
    return format_html('{}<input type="hidden" name="{}" value="{}">', whose(context), TOKEN, uuid4())


@register.simple_tag(takes_context=True)
def whose(context: Any) -> SafeString:
    """For whom the form was made: it is not done as somebody else (see events.admin.signed_out)."""
    return format_html('<input type="hidden" name="{}" value="{}">', WHOSE, context["user"].pk)


@register.inclusion_tag("admin/events/_views.html", takes_context=True)
def views_of(context: Any, cl: Any) -> dict[str, Any]:
    """What who asks saved of the list ``cl``, and a form to save how it is seen now."""
    request, opts = context["request"], cl.opts
    asked = request.GET.copy()
    for passing in ("p", "e"):
        asked.pop(passing, None)
    query = asked.urlencode()
    views = list(SavedView.objects.filter(person=request.user, model=opts.label_lower))
    current = next((view for view in views if view.query == query), None)
    told = {"views": views, "current": current, "query": query, "model": opts.label_lower}
    told |= {"typed": request.session.pop(NAME_OF_VIEW, None)}
    return told | {"address": request.path, "csrf_token": context.get("csrf_token"), "user": request.user}


@register.inclusion_tag("admin/events/_strays.html")
def strays_of(event: Any) -> dict[str, Any]:
    """Where the prose of ``event`` strays from the word list of its story."""
    words = event.story.house_words.all() if event and event.pk else []
    return {"strays": word_list.strays(event.headline, event.text, words) if words else []}


@register.filter
def age(instant: datetime) -> str:
    """How long ago ``instant`` was, in its largest unit: “12 hours”."""
    if timezone.now() - instant < timedelta(minutes=1):
        return "less than a minute"
    return timesince(instant, depth=1)


@register.filter
def due(instant: datetime) -> str:
    """In how long ``instant`` comes, or by how long it is over."""
    now = timezone.now()
    if instant > now:
        return f"in {timesince(now, instant)}"
    return f"{timesince(instant, now, depth=1)} late"


@register.simple_block_tag
def table_of(content: SafeString, *columns: str) -> SafeString:
    """A table, scrolled sideways where it must be: ``columns`` are its heads, what is between its rows."""
    return render_to_string("admin/events/_table.html", {"columns": columns, "rows": content})
