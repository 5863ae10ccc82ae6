"""How a reader checks what is printed."""

from django import template

from chronicle.site.proofs import lines_of

register = template.Library()
register.simple_tag(lines_of, name="proof_lines")
