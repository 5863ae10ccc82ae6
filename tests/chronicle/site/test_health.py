"""Whoever watches over the server asks two addresses; neither tells a stranger anything."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.utils import timezone

from chronicle.site import health
from events.models import Beat

ALL_WELL = "database: ok\nmigrations: ok\nworker: ok\n"
LIVE, READY = "/health/live", "/health/ready"


@pytest.fixture
def beating(db):
    return Beat.objects.create(name="a machine of ours", at=timezone.now())


def lines(response):
    """What the answer says of each check."""
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_live_asks_no_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get(LIVE)

    assert (response.status_code, response.content) == (200, b"alive\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


def test_ready_when_all_is_well(client, beating, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        response = client.get(READY)

    assert (response.status_code, response.content.decode()) == (200, ALL_WELL)
    assert "no-store" in response["Cache-Control"]


def test_not_ready_without_a_recent_beat(client, beating):
    Beat.objects.update(at=timezone.now() - timedelta(seconds=61))

    response = client.get(READY)

    assert response.status_code == 503
    assert lines(response) == {"database": "ok", "migrations": "ok", "worker": "no recent beat"}


def test_control_a_beat_of_fifty_seconds_ago_is_recent(client, beating):
    Beat.objects.update(at=timezone.now() - timedelta(seconds=50))

    assert client.get(READY).status_code == 200


def test_one_worker_at_work_is_enough(client, beating):
    Beat.objects.create(name="another", at=timezone.now() - timedelta(days=30))

    assert client.get(READY).status_code == 200


def test_not_ready_while_a_migration_is_to_be_applied(client, beating):
    MigrationRecorder.Migration.objects.filter(app="chronicle").delete()

    response = client.get(READY)

    assert response.status_code == 503
    assert lines(response)["migrations"] == "not all applied"


def test_a_check_that_fails_is_named_and_nothing_is_asked_after_it(client, beating):
    """As with a database that is out of reach: whoever asks does not wait for it once a check."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME COLUMN app TO gone")

    response = client.get(READY)

    assert response.status_code == 503
    assert lines(response) == {"database": "ok", "migrations": "cannot be told", "worker": "not asked"}


def test_it_tells_no_words_counts_or_versions(client, beating):
    Beat.objects.update(at=timezone.now() - timedelta(days=1))

    answer = client.get(READY).content.decode()

    assert "a machine of ours" not in answer
    assert not any(character.isdigit() for character in answer)


@override_settings(HEALTH_CHECKS=["chronicle.site.health.database", "chronicle.site.health.migrations"])
def test_without_the_desk_nobody_asks_for_the_worker(client, db):
    response = client.get(READY)

    assert (response.status_code, lines(response)) == (200, {"database": "ok", "migrations": "ok"})


@pytest.mark.parametrize("path", [LIVE, READY])
@override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^health/(live|ready)$"])
def test_both_answer_on_the_machine_itself_without_tls(client, beating, path):
    assert client.get(path).status_code == 200
    assert client.get("/").status_code == 301


@pytest.mark.parametrize("path", [LIVE, READY])
def test_both_are_for_reading(client, beating, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_the_address_is_no_chronicle(client, db):
    assert client.get("/health/").status_code == 404
    assert client.get("/health/else").status_code == 404


def test_every_app_with_tables_has_its_migrations_known():
    assert {"chronicle", "events", "auth"} <= {app for app, _ in health.known_migrations()}
