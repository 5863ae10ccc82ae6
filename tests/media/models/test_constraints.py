"""Each constraint of the database is broken once, past every form and every trigger."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from media.models import Asset, Custody, Publication, Rendition
from tests.support.emptying import unguarded
from tests.support.factories import PersonFactory
from tests.support.pictures import OURS

PICTURE = {
    "collection": OURS,
    "sha256": "a" * 64,
    "byte_count": 10,
    "kind": "picture",
    "mime": "image/jpeg",
    "width": 20,
    "height": 10,
    "name": "x.jpg",
    "likeness": 1,
}
COPY = {"width": 20, "height": 10, "format": "avif", "sha256": "b" * 64, "byte_count": 5}
PAPER = {"format": "pdf", "sha256": "b" * 64, "byte_count": 5}


@pytest.fixture
def asset(db):
    return Asset.objects.create(**PICTURE)


def another(**changed) -> Asset:
    return Asset.objects.create(**{**PICTURE, "sha256": "c" * 64, **changed})


BREAKERS = {
    "asset_once_in_a_collection": [lambda asset: another(sha256=asset.sha256)],
    "asset_of_a_picture_has_a_size": [
        lambda asset: another(width=None),
        lambda asset: another(height=0),
        lambda asset: another(likeness=None),
        lambda asset: another(kind="document"),
        lambda asset: another(kind="film", width=None, height=None, likeness=None),
    ],
    "asset_is_not_empty": [lambda asset: another(byte_count=0), lambda asset: another(frames=0)],
    "asset_with_boxes_is_made_from_another": [
        lambda asset: another(boxes=[[0, 0, 1, 1]]),
        lambda asset: another(made_from=asset),
        lambda asset: another(
            made_from=asset, boxes=[[0, 0, 1, 1]], kind="document", width=None, height=None, likeness=None
        ),
    ],
    "asset_erased_without_words": [
        lambda asset: another(erased_at=timezone.now()),
        lambda asset: another(erased_at=timezone.now(), name="", imprint={"credit": "x"}),
    ],
    "asset_has_both_of_its_focus_or_none": [
        lambda asset: another(focus_x=0.5),
        lambda asset: another(focus_x=0.5, focus_y=1.5),
        lambda asset: another(focus_x=-0.1, focus_y=0.5),
    ],
    "rendition_once_of_an_asset": [
        lambda asset: [Rendition.objects.create(asset=asset, **COPY) for _ in range(2)],
    ],
    "rendition_is_not_empty": [
        lambda asset: Rendition.objects.create(asset=asset, **{**COPY, "byte_count": 0}),
    ],
    "rendition_one_of_a_document": [
        lambda asset: [
            Rendition.objects.create(asset=asset, **{**PAPER, "format": name}) for name in ("pdf", "txt")
        ],
    ],
    "rendition_of_a_picture_alone_has_a_size": [
        lambda asset: Rendition.objects.create(asset=asset, **{**COPY, "width": 0}),
        lambda asset: Rendition.objects.create(asset=asset, **{**COPY, "height": None}),
        lambda asset: Rendition.objects.create(asset=asset, **{**COPY, "format": "pdf"}),
        lambda asset: Rendition.objects.create(asset=asset, **{**PAPER, "blurred": True}),
        lambda asset: Rendition.objects.create(asset=asset, **{**PAPER, "format": "webp"}),
        lambda asset: Rendition.objects.create(asset=asset, **{**PAPER, "format": "html"}),
    ],
    "publication_once_for_an_asset": [
        lambda asset: [Publication.objects.create(asset=asset, filename="x.avif") for _ in range(2)],
    ],
    "custody_names_the_person": [
        lambda asset: Custody.objects.create(asset=asset, verb="opened", by=PersonFactory(editor=True)),
        lambda asset: Custody.objects.create(asset=asset, verb="opened", by_name="somebody"),
    ],
}


def constraints():
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config("media").get_models(include_auto_created=True)
        for constraint in model._meta.constraints
    }


def told_by(name):
    """What the database says when that constraint stops a write: its name, or on SQLite the columns."""
    model, constraint = constraints()[name]
    if connection.vendor == "postgresql" or not isinstance(constraint, models.UniqueConstraint):
        return name
    columns = (model._meta.get_field(field).column for field in constraint.fields)
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


def test_every_constraint_has_something_that_tries_to_break_it():
    assert set(constraints()) == set(BREAKERS)


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, breakers in BREAKERS.items() for n in range(len(breakers))]
)
def test_the_database_refuses_what_breaks_it(asset, name, number):
    with unguarded(), pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKERS[name][number](asset)

    assert told_by(name) in str(refusal.value)


def test_what_keeps_to_them_is_taken(asset):
    another(made_from=asset, boxes=[[0, 0, 1, 1]], focus_x=0, focus_y=1)
    paper = another(sha256="d" * 64, kind="document", width=None, height=None, likeness=None)
    Rendition.objects.create(asset=paper, **PAPER)
    Rendition.objects.create(asset=asset, **COPY)
    Custody.tell(asset, "opened", by=PersonFactory(editor=True))

    assert Asset.objects.count() == 3
