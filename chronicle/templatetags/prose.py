from django import template

from chronicle import prose

register = template.Library()

register.filter("as_printed", prose.as_printed)
register.filter("printed", prose.printed)
