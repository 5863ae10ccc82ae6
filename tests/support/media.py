"""Media that a test needs, as they stand on the desk once they are complete and approved."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from events.models import Event, Material, Story, Use
from media import intake
from media.models import Asset
from tests.support.factories import PersonFactory, StoryFactory, fresh
from tests.support.pictures import files_in, upload, usual

COMPLETE = {
    "caption": "The old bridge from the quay",
    "alt": "A stone bridge of three arches, the water up to their tops.",
    "credit": "Ana Reis",
    "rights": "CC-BY-4.0",
    "source_type": "digitalCapture",
    "shows": "The old bridge on the third day.",
    "taken": "2021-03-03",
}


@pytest.fixture(autouse=True, scope="session")
def somewhere_else(tmp_path_factory):
    """No test, and no program that one starts, puts a file where the files of a checkout lie."""
    folder = str(tmp_path_factory.mktemp("media"))
    with override_settings(CHRONICLE_MEDIA=folder), pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHRONICLE_MEDIA", folder)
        yield


def file_of(story: Story, **how: Any) -> Asset:
    """A picture uploaded into ``story``; of other sizes it is another file."""
    size = (how.pop("width", 320), how.pop("height", 200))
    return intake.take(upload(usual(*size)), name="bridge.jpg", collection=story.key, by=None)


def paper_of(
    story: Story, content: bytes = b"The wall was built in 1921.\n", name: str = "wall.txt"
) -> Asset:
    """A document uploaded into ``story``."""
    return intake.take(upload(content, name), name=name, collection=story.key, by=None)


def make_material(story: Story | None = None, *, approved: bool = True, **fields: Any) -> Material:
    """A medium of the flood's story; ``width`` and ``height`` are those of its picture."""
    story = story or StoryFactory()
    size = {name: fields.pop(name) for name in ("width", "height") if name in fields}
    editor = PersonFactory(editor=True)
    known = {"asset": fields.pop("asset", None) or file_of(story, **size)}
    material = Material.objects.create(
        story=story, submitted_by=editor, changed_by=editor, **known, **COMPLETE | fields
    )
    return approve(material) if approved else material


def approve(material: Material) -> Material:
    material.state, material.approved_by = "approved", PersonFactory(moderator=True)
    material.approved_at, material.approved_version = timezone.now(), material.version
    material.save()
    return fresh(material)


def change(material: Material, **fields: Any) -> Material:
    """``material`` with other words, approved as they are now."""
    for name, value in fields.items():
        setattr(material, name, value)
    material.version += 1
    return approve(material)


def take_down(material: Material, reason: str) -> Material:
    """``material``, no longer to be shown."""
    material.taken_down_at, material.taken_down_reason = timezone.now() - timedelta(seconds=1), reason
    material.save()
    return fresh(material)


def use(event: Event, *materials: Material, caption: str = "") -> Event:
    """Have ``event`` show ``materials`` in their order, and nothing else; it changes with them."""
    event.uses.all().delete()
    for position, material in enumerate(materials):
        Use.objects.create(event=event, material=material, position=position, caption=caption)
    Event.objects.filter(pk=event.pk).update(version=event.version + 1)
    return fresh(event)


def public_files() -> set[str]:
    """The names of the files that readers may get, once what was printed is committed."""
    committed, connection.run_on_commit = connection.run_on_commit, []
    for _, happens, _ in committed:
        happens()
    return {path.name for path in files_in(Path(settings.CHRONICLE_MEDIA) / "public")}
