"""The pages of an import at the desk, as a person reads and sends them."""

import re
from functools import partial
from html import unescape

import pytest
from django.urls import reverse

from events.models import Actor, Place
from tests.support.importing import TEXT


def page_address():
    return reverse("admin:events_event_import_digest")


@pytest.fixture
def desk(client, editor):
    """A client of an editor, who is led on from what they send to the page that comes of it."""
    client.force_login(editor)
    client.post = partial(client.post, follow=True)
    return client


@pytest.fixture
def known_names(place, story):
    """The old bridge, Belém by another name, and the mayor."""
    belem = Place.objects.create(story=story)
    belem.names.create(name="Bethlehem by the river", language="en")
    belem.names.create(name="Belém", language="pt", position=1)
    mayor = Actor.objects.create(story=story)
    mayor.names.create(name="Maria Duarte", language="pt")
    return {"bridge": place, "belem": belem, "mayor": mayor}


def given(told, **changed):
    return {"story": told.pk, "text": TEXT, "new_outlet": "The Harbour Post", **changed}


def ticked(response):
    keys = re.findall(r'value="([\d-]+)" id="passage-[\d-]+"\s+checked', response.text)
    return [int(key) if key.isdecimal() else key for key in keys]


def box(response, name):
    """What a text box of a row holds."""
    return unescape(re.search(rf'<input type="text"[^>]* name="{name}" value="([^"]*)"', response.text)[1])


def hidden(response):
    """The fields that the preview carries to the next step, as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text)
    fields += re.findall(r'<input type="checkbox" name="(sure)" value="([^"]*)" checked', response.text)
    return {
        name: unescape(value)
        for name, value in fields
        if name not in ("csrfmiddlewaretoken", "once", "whose")
    }


def as_shown(response):
    """What a browser would send of the preview: its hidden fields, ticks and the words in its rows."""
    rows = re.findall(r'<input type="(?:text|date)"[^>]*? name="([^"]+)" value="([^"]*)"', response.text)
    joined = re.findall(r'name="joined" value="([\d-]+)"', response.text)
    cut = re.findall(r'name="cut" value="([\d:]+)"', response.text)
    return {
        **hidden(response),
        "passage": ticked(response),
        "joined": joined,
        "cut": cut,
        **{name: unescape(value) for name, value in rows},
    }
