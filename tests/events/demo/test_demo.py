"""The command ``manage.py demo`` and its accounts."""

import re
import socket
import stat
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from chronicle.env import Environment
from chronicle.models import Chronicle, Edition, Entry, Term
from events.demo import accounts, sample
from events.demo.days import DAYS
from events.management.commands import demo
from events.models import Event, Story
from media.models import Asset
from tests.support.factories import three_people
from tests.support.record import make_story

SQLITE = "chronicle.sqlite"


@pytest.fixture
def people(db):
    return three_people()


@pytest.fixture
def var(tmp_path, settings):
    """A folder of the test's own for what the site writes."""
    settings.VAR_DIR, settings.BASE_DIR = tmp_path / "var", tmp_path
    settings.VAR_DIR.mkdir()
    return settings.VAR_DIR


@pytest.fixture
def served(monkeypatch):
    """The demo with its server, database set-up and port left out: which commands it called, in order."""
    called = []

    def call(name, *args, **options):
        called.append((name, *args))

    monkeypatch.setattr(demo, "call_command", call)
    monkeypatch.setattr(demo, "refuse_port_in_use", lambda port: None)
    return called


def run(**options) -> str:
    said = StringIO()
    call_command("demo", stdout=said, **options)
    return said.getvalue()


def test_a_build_that_fails_leaves_nothing(people):
    broken = replace(DAYS[0], events=(*DAYS[0].events, replace(DAYS[0].events[0], kind="No such kind")))

    with pytest.raises(KeyError):
        sample.build(**people, days=[broken])

    assert not Chronicle.objects.exists()
    assert not Term.objects.exists()
    assert not Event.objects.exists()


def test_the_command_builds_checks_and_serves(db, var, served):
    said = run(port=8123)

    assert [name for name, *_ in served] == ["migrate", "check", "runserver"]
    assert served[-1] == ("runserver", "127.0.0.1:8123")
    assert sample.exists()
    assert "http://127.0.0.1:8123/the-44-days/day-43/" in said
    assert "http://127.0.0.1:8123/the-44-days/day-43/?part=night&kind=1" in said
    assert re.search(r"Happened the day before +http://127\.0\.0\.1:8123/the-44-days/entry/\d+/", said)


def test_a_second_start_builds_nothing_and_knows_the_passwords(db, var, served):
    first = run()
    editions = Edition.objects.count()

    second = run()

    assert "Building" in first
    assert "Building" not in second
    assert Edition.objects.count() == editions
    assert Asset.objects.count() == 2
    assert set(accounts.kept()) == {"editor", "moderator", "manager", "admin"}
    assert all(password in second for password in accounts.kept().values())


def test_the_large_demo_adds_a_made_chronicle_once(db, var, served, monkeypatch):
    monkeypatch.setattr(demo, "MADE", 20)
    run()

    first, second = run(large=True), run(large=True)

    assert "Building a made chronicle of 400 days" in first
    assert "/made-islands/" in first
    assert "Building" not in second
    assert Entry.objects.public().filter(chronicle__slug="made-islands").count() == 20


def test_a_password_that_was_changed_is_not_printed_any_more(db, var, served):
    run()
    first = accounts.kept()["editor"]
    person = User.objects.get(username="editor")
    person.set_password("another one entirely")
    person.save()

    said = run()

    assert first not in said
    assert "changepassword editor" in said


def test_passwords_are_made_up_and_kept_for_their_owner_only(db, var):
    accounts.make(Environment({}))

    assert len(set(accounts.kept().values())) == 4
    assert accounts.kept() != accounts.passwords(Environment({}))
    assert stat.S_IMODE(accounts.kept_in().stat().st_mode) == 0o600
    assert accounts.password_of("editor", Environment({})) == accounts.kept()["editor"]


def test_a_password_set_by_the_environment_is_neither_kept_nor_printed(db, var):
    env = Environment({"CHRONICLE_DEMO_MODERATOR_PASSWORD": "two-people-at-least"})

    people = accounts.make(env)

    assert people["moderator"].check_password("two-people-at-least")
    assert set(accounts.kept()) == {"editor", "manager", "admin"}
    assert accounts.password_of("moderator", env) == "the password in CHRONICLE_DEMO_MODERATOR_PASSWORD"


def test_a_short_password_is_refused_by_the_name_of_its_variable():
    with pytest.raises(ImproperlyConfigured, match="CHRONICLE_DEMO_ADMIN_PASSWORD has 3 characters"):
        accounts.passwords(Environment({"CHRONICLE_DEMO_ADMIN_PASSWORD": "abc"}))


def test_the_roles_of_the_accounts_are_as_their_names_say(db, var):
    people = accounts.make(Environment({}))

    assert people["editor"].has_perm("events.publish_event")
    assert not people["editor"].has_perm("events.approve_citation")
    assert people["moderator"].has_perm("events.approve_citation")
    assert people["manager"].has_perm("events.manage_people")
    assert not people["manager"].has_perm("events.publish_event")
    assert people["admin"].is_superuser
    assert all(person.is_staff for person in people.values())


def test_a_database_with_somebodys_accounts_is_left_as_it_is(db, var, served):
    User.objects.create_user("editor", password="somebody else's")

    with pytest.raises(CommandError, match="This database holds 1 account, which the demo did not make"):
        run()

    assert served == []
    assert not sample.exists()
    assert not User.objects.filter(username="admin").exists()
    assert list(var.iterdir()) == []


def test_so_is_one_with_somebodys_story(published, var, served):
    said = "This database holds 1 story and 1 printed chronicle and 3 accounts, which the demo did not make"
    with pytest.raises(CommandError, match=said):
        run()

    assert Story.objects.count() == 1


def test_so_is_a_record_without_its_desk(db, var, served):
    make_story()

    with pytest.raises(CommandError, match="This database holds 1 printed chronicle, which"):
        run()


def test_so_is_a_database_of_something_else(db, var, served):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE shop_orders (id integer)")

    with pytest.raises(CommandError, match=r"tables of something else \(shop_orders\), which"):
        run()


def test_nothing_is_deleted_that_is_somebodys(db, var, settings, served):
    """Development works in the same file."""
    file = settings.VAR_DIR / settings.DEMO_DATABASE
    file.touch()
    User.objects.create_user("precious", password="somebody else's")

    with pytest.raises(CommandError, match="holds 1 account"):
        run(reset=True)

    assert file.exists()


def test_nothing_is_deleted_for_a_password_that_is_too_short(db, var, settings, served, monkeypatch):
    monkeypatch.setenv("CHRONICLE_DEMO_EDITOR_PASSWORD", "short")
    file = settings.VAR_DIR / settings.DEMO_DATABASE
    file.touch()

    with pytest.raises(CommandError, match="CHRONICLE_DEMO_EDITOR_PASSWORD has 5 characters"):
        run(reset=True)

    assert file.exists()


def test_reset_follows_no_link(tmp_path):
    other, own = tmp_path / "precious.sqlite3", tmp_path / "demo.sqlite3"
    other.touch()
    own.symlink_to(other)

    with pytest.raises(CommandError, match="only the demo's own database"):
        demo.delete_database({"ENGINE": SQLITE, "NAME": str(own)}, own)

    assert other.exists()


def test_the_passwords_of_two_demos_are_kept_apart(db, var, settings, monkeypatch):
    elsewhere = accounts.kept_in()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(settings.VAR_DIR / settings.DEMO_DATABASE))

    assert accounts.kept_in() == var / "demo-accounts.txt"
    assert elsewhere != accounts.kept_in()


def test_a_production_site_refuses_the_demo(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="CHRONICLE_DEVELOPMENT"):
        run()


def test_a_port_in_use_is_said_so_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            run(port=port, reset=True)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(CommandError, match="is not a port"):
        demo.refuse_port_in_use(port)


def test_reset_deletes_the_database_and_what_sqlite_keeps_beside_it(tmp_path):
    file = tmp_path / "demo.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).touch()
    (tmp_path / "demo-accounts.txt").touch()

    demo.delete_database({"ENGINE": SQLITE, "NAME": str(file)}, file)

    assert [left.name for left in tmp_path.iterdir()] == ["demo-accounts.txt"]


@pytest.mark.parametrize("name", ["chronicle.sqlite3", "elsewhere/demo.sqlite3"])
def test_reset_refuses_every_other_database(tmp_path, name):
    """Production's, in the same folder, among them."""
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.touch()

    with pytest.raises(CommandError, match="only the demo's own database"):
        demo.delete_database({"ENGINE": SQLITE, "NAME": str(other)}, tmp_path / "demo.sqlite3")

    assert other.exists()


def test_reset_refuses_a_database_server(tmp_path):
    with pytest.raises(CommandError, match="DATABASE_URL names a server"):
        demo.delete_database({"ENGINE": "django.db.backends.postgresql", "NAME": "chronicle"}, tmp_path)
