"""The desk as a person's browser sees it: pages opened, forms filled in from what they show, and sent."""

from django.forms import ModelMultipleChoiceField
from django.test import Client
from django.urls import reverse

from events.editorial import reading
from events.models import Citation


class Desk:
    """Someone signed in at the desk."""

    def __init__(self, person) -> None:
        self.client = Client()
        self.client.force_login(person)

    def get(self, name, *args, **query):
        return self.client.get(reverse(f"admin:{name}", args=args), query)

    def post(self, name, *args, data):
        return self.client.post(reverse(f"admin:{name}", args=args), data)

    def open(self, row):
        """The change page of ``row``."""
        return self.get(f"{row._meta.app_label}_{row._meta.model_name}_change", row.pk)

    def save(self, page, **typed):
        """Send the form of ``page`` as it stands there, but for what was ``typed``."""
        return self.client.post(page.request["PATH_INFO"], filled_in(page) | typed)

    def press(self, row, verb, **typed):
        """Press the button of ``verb`` on the page of ``row``, opened just before."""
        return self.send(row, verb, seen=type(row).objects.get(pk=row.pk).version, **typed)

    def send(self, row, verb, **typed):
        if isinstance(row, Citation):
            typed = {"shown": reading.shown_of(Citation.objects.get(pk=row.pk)), **typed}
        name = f"{row._meta.app_label}_{row._meta.model_name}_verb"
        return self.post(name, row.pk, verb, data=typed)


def filled_in(page):
    """What a browser would send for the change form of ``page``."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if hasattr(field.field.widget, "widgets"):
                parts = value if isinstance(value, list) else field.field.widget.decompress(value)
                sent |= {f"{field.html_name}_{n}": part or "" for n, part in enumerate(parts)}
            elif isinstance(value, list):
                sent[field.html_name] = [getattr(one, "pk", one) for one in value]
            elif value is None and isinstance(field.field, ModelMultipleChoiceField):
                continue
            elif value is not False:
                sent[field.html_name] = "" if value is None else value
    return sent


def told(response):
    """The last message on a page, as a person reads it."""
    return [str(message) for message in response.context["messages"]][-1]


def errors(response):
    """Every error of a change form and of the rows below it, in one text."""
    return "\n".join(str(error) for error in response.context["errors"])
