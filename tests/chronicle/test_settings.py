"""The settings say what they need: a wrong or missing value stops the start with a sentence."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from chronicle.checks import problems_of, sqlite_keeps_the_record_safe
from chronicle.env import Environment
from chronicle.sqlite.base import DatabaseWrapper
from tests.support.starting import start

# Programs that are started on no database, or on a file of SQLite.
pytestmark = pytest.mark.no_database
ADDRESSES = "Set it to postgres://user:password@host:port/name or sqlite:///path/to/file."


def check(*options, **variables):
    return start("manage.py", "check", *options, **variables)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"CHRONICLE_SECRET_KEY": None}, "CHRONICLE_SECRET_KEY is not set. Set it to a random text of at"),
        ({"CHRONICLE_SECRET_KEY": ""}, "CHRONICLE_SECRET_KEY is not set. Set it to a random text of at"),
        ({"CHRONICLE_SECRET_KEY": "short"}, "CHRONICLE_SECRET_KEY has 5 characters. Set it to a random"),
        ({"CHRONICLE_ALLOWED_HOSTS": None}, "CHRONICLE_ALLOWED_HOSTS is not set. Set it to the host names"),
        ({"CHRONICLE_ALLOWED_HOSTS": " , "}, "CHRONICLE_ALLOWED_HOSTS is not set. Set it to the host names"),
        (
            {"CHRONICLE_DEVELOPMENT": "maybe"},
            "CHRONICLE_DEVELOPMENT is “maybe”. Set it to “true” or “false”.",
        ),
        ({"CHRONICLE_BEHIND_PROXY": "2"}, "CHRONICLE_BEHIND_PROXY is “2”. Set it to “true” or “false”."),
        ({"CHRONICLE_ROLE": "desk"}, "CHRONICLE_ROLE is “desk”. Set it to one of: all, site."),
        ({"CHRONICLE_LOG_KEY": "short"}, "CHRONICLE_LOG_KEY is not 32 bytes in base64. Set it to the output"),
        ({"CHRONICLE_LOG_KEY": "é"}, "CHRONICLE_LOG_KEY is not 32 bytes in base64. Set it to the output"),
        ({"DATABASE_URL": "mysql://host/name"}, f"DATABASE_URL begins with “mysql”. {ADDRESSES}"),
        ({"DATABASE_URL": "nonsense"}, f"DATABASE_URL begins with “nonsense”. {ADDRESSES}"),
        ({"DATABASE_URL": "postgres://user@host"}, f"DATABASE_URL names no database. {ADDRESSES}"),
        ({"DATABASE_URL": "sqlite://"}, f"DATABASE_URL names no database. {ADDRESSES}"),
        ({"DATABASE_URL": "postgres://user:pw@host:port/name"}, "DATABASE_URL cannot be read"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(variables, sentence):
    ran = check(**variables)

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Chronicle cannot start: {sentence}")
    assert len(ran.stderr.splitlines()) == 1


def test_a_sentence_about_the_database_tells_no_password():
    ran = check(DATABASE_URL="postgres://user:hunter2@host:port/name")

    assert "hunter2" not in ran.stderr


@pytest.mark.parametrize("role", ["all", "site"])
def test_production_passes_the_checks_for_deployment(role, tmp_path):
    ran = check(
        "--deploy",
        "--fail-level=WARNING",
        "--database=default",
        CHRONICLE_ROLE=role,
        DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}",
    )

    assert ran.returncode == 0, ran.stderr
    assert "System check identified no issues (" in ran.stdout + ran.stderr


def told(*names, **variables):
    """What the settings are, by ``names``, as the project starts with them."""
    program = f"from django.conf import settings; print(*(getattr(settings, n) for n in {names}), sep='|')"
    ran = start("-c", program, DJANGO_SETTINGS_MODULE="chronicle.settings", **variables)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip().split("|")


def test_production_is_the_default():
    names = ("DEBUG", "ROLE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    assert told(*names) == ["False", "all", "True", "True", "True"]


def test_development_needs_nothing_set():
    names = ("DEBUG", "SECURE_SSL_REDIRECT")

    unset = {"CHRONICLE_SECRET_KEY": None, "CHRONICLE_ALLOWED_HOSTS": None}
    assert told(*names, CHRONICLE_DEVELOPMENT="true", **unset) == ["False", "False"]


def test_subdomains_and_the_list_of_browsers_are_bound_only_where_the_owner_says_so():
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    asked = {"CHRONICLE_HSTS_SUBDOMAINS": "true", "CHRONICLE_HSTS_PRELOAD": "true"}

    assert told(*names) == ["31536000", "False", "False"]
    assert told(*names, **asked) == ["31536000", "True", "True"]


def test_the_scheme_is_taken_from_a_proxy_only_where_there_is_one():
    assert told("SECURE_PROXY_SSL_HEADER") == ["None"]
    assert told("SECURE_PROXY_SSL_HEADER", CHRONICLE_BEHIND_PROXY="yes") != ["None"]


@pytest.mark.parametrize(
    ("value", "meant"),
    [("true", True), ("1", True), ("Yes", True), (" on ", True), ("false", False), ("0", False), ("", False)],
)
def test_reads_a_yes_or_no(value, meant):
    assert Environment({"X": value}).flag("X") is meant


def test_a_flag_that_is_not_set_is_its_default():
    assert Environment({}).flag("X") is False
    assert Environment({}).flag("X", default=True) is True


def test_reads_names_parted_by_commas():
    assert Environment({"X": " a.example, b.example ,"}).names("X", default=[]) == ["a.example", "b.example"]


def test_reads_the_address_of_a_database():
    found = Environment({"X": "postgres://ann:p%40ss@db.example:5433/record"}).database("X", default="")

    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "record",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert found["ENGINE"] == "django.db.backends.postgresql"


def test_an_empty_address_is_the_default():
    assert Environment({"X": ""}).database("X", default="sqlite:////tmp/x")["NAME"] == "/tmp/x"


def test_a_secret_has_a_least_length():
    with pytest.raises(ImproperlyConfigured, match="has 4 characters"):
        Environment({"X": "abcd"}).secret("X", least=5)


def test_reads_a_whole_number():
    assert Environment({}).number("X", default=7) == Environment({"X": " "}).number("X", default=7) == 7
    assert Environment({"X": "0"}).number("X", default=7) == 0
    for value in ("-1", "1.5", "many", "1" * 7):
        with pytest.raises(ImproperlyConfigured, match=r"^X is “.*”. Set it to a whole number, such as 7.$"):
            Environment({"X": value}).number("X", default=7)


def test_reads_the_seed_of_a_key():
    assert Environment({}).seed("X") == b""
    assert Environment({"X": f" {base64.b64encode(bytes(range(32))).decode()} "}).seed("X") == bytes(
        range(32)
    )


def test_a_sentence_about_a_key_tells_nothing_of_it():
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({"X": "hunter2hunter2hunter2"}).seed("X")

    assert "hunter2" not in str(refusal.value)


@pytest.fixture
def sqlite_with(db, tmp_path):
    """A connection to a new SQLite file, with the options of the settings but for those given."""
    opened = []

    def connect(*, drop="", **options):
        given = connection.settings_dict["OPTIONS"]
        command = given["init_command"].replace(drop, "") if drop else given["init_command"]
        settings = {
            **connection.settings_dict,
            "NAME": str(tmp_path / "x.sqlite3"),
            "OPTIONS": {**given, "init_command": command, **options},
        }
        opened.append(DatabaseWrapper(settings, alias="x"))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


@pytest.mark.only_on("sqlite")
def test_sqlite_has_the_options_that_the_record_relies_on(sqlite_with):
    assert problems_of(sqlite_with()) == []
    assert sqlite_keeps_the_record_safe(None, databases=["default"]) == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"drop": "PRAGMA journal_mode=WAL;"}, "PRAGMA journal_mode is delete, not wal"),
        ({"drop": "PRAGMA synchronous=FULL;"}, None),
        (
            {"init_command": "PRAGMA synchronous=OFF"},
            "PRAGMA synchronous is 0, not 2",
        ),
        ({"drop": "PRAGMA recursive_triggers=ON;"}, "PRAGMA recursive_triggers is 0, not 1"),
        ({"init_command": "PRAGMA foreign_keys=OFF"}, "PRAGMA foreign_keys is 0, not 1"),
        ({"timeout": 1}, "it waits under 5 seconds for the lock"),
        ({"transaction_mode": "DEFERRED"}, "transaction_mode is not IMMEDIATE"),
    ],
)
def test_control_the_check_sees_each_option_that_is_missing(sqlite_with, options, said):
    found = [problem.msg for problem in problems_of(sqlite_with(**options))]

    # FULL is what SQLite is built with; it is set all the same, for a build that is not.
    assert found == [] if said is None else f"Database “x”: {said}." in found
