from django import template

from chronicle import prose

register = template.Library()

register.filter("as_printed", prose.as_printed)
register.filter("outward", prose.outward)
register.filter("printed", prose.printed)
