from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.admin.once import TOKEN

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """A token of this page: what is sent with it is done once (see events.admin.once)."""
    return format_html('<input type="hidden" name="{}" value="{}">', TOKEN, uuid4())
