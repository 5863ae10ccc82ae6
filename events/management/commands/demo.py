import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from chronicle import checks, wording
from chronicle.env import Environment
from chronicle.models import Chronicle, Entry, Term
from events.demo import accounts, sample
from events.models import Story

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Build the sample chronicle where there is none yet, and serve it on this machine."
    # Checked below, once there is a database to check.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, metavar="N", help="Serve on port N (8000).")
        parser.add_argument(
            "--reset",
            action="store_true",
            help="Delete the demo's SQLite database first, with all that is in it.",
        )

    def handle(self, *, port, reset, **options):
        env = Environment()
        refuse_production()
        refuse_port_in_use(port)
        refuse_short_passwords(env)
        if reset:
            refuse_what_is_somebodys()
            delete_database(settings.DATABASES["default"], settings.VAR_DIR / settings.DEMO_DATABASE)
            self.say("Deleted the database.")
        refuse_database_from_before()
        refuse_what_is_somebodys()
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        if not sample.exists():
            self.build(env)
        call_command("check", databases=["default"], stdout=self.stdout, stderr=self.stderr)
        self.welcome(f"http://{HOST}:{port}", env)
        call_command(
            "runserver", f"{HOST}:{port}", use_reloader=False, stdout=self.stdout, stderr=self.stderr
        )

    def build(self, env: Environment) -> None:
        """All of it or nothing: whoever stops it halfway starts afresh the next time."""
        self.say("Building the sample …")
        with transaction.atomic():
            people = accounts.make(env)
            sample.build(editor=people["editor"], moderator=people["moderator"], progress=self.say_below)

    def welcome(self, site: str, env: Environment) -> None:
        overview = reverse("overview", args=[sample.SLUG])
        day = reverse("page", args=[sample.SLUG, 43])
        entries = Entry.objects.filter(chronicle__slug=sample.SLUG)
        looks = [("The chronicle", overview), ("A day", day)]
        kinds = Term.objects.filter(chronicle__slug=sample.SLUG, facet="kind")
        if fighting := kinds.filter(label="Fighting").first():
            looks.append(("The same, filtered", f"{day}?part=night&kind={fighting.number}"))
        if call := entries.public().filter(happened_on="2020-11-07").first():
            looks.append(("Happened the day before", call.get_absolute_url()))
        if withdrawn := entries.filter(withdrawn_at__isnull=False).first():
            looks.append(("Withdrawn, with a reason", withdrawn.get_absolute_url()))
        looks.append(("The desk", reverse("admin:index")))
        self.say("\nLook at:")
        for title, path in looks:
            self.say_below(f"{title:<26}{site}{path}")
        self.say("\nSign in to the desk as:")
        for name in accounts.NAMES:
            self.say_below(f"{name:<26}{accounts.password_of(name, env)}")
        self.say("")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def say_below(self, sentence: str) -> None:
        self.say(f"  {sentence}")


def refuse_production() -> None:
    if not settings.DEVELOPMENT:
        raise CommandError(
            "The demo makes accounts and serves them over plain HTTP, which a production site must not do. "
            "CHRONICLE_DEVELOPMENT is “false” here: unset it to run the demo."
        )


def refuse_database_from_before() -> None:
    if checks.is_from_before(connections["default"]):
        raise CommandError(f"This database cannot be used: {checks.MADE_BEFORE} {checks.START_OVER}")


def refuse_short_passwords(env: Environment) -> None:
    """Asked first as well."""
    try:
        accounts.passwords(env)
    except ImproperlyConfigured as wrong:
        raise CommandError(str(wrong)) from wrong


SOMEBODYS: tuple[tuple[Any, str, str], ...] = (
    (Story, "story", "stories"),
    (Chronicle, "printed chronicle", "printed chronicles"),
    (User, "account", "accounts"),
)
"""What a database of somebody's holds, and the words for one and for many."""


def refuse_what_is_somebodys() -> None:
    """Nothing is migrated, built or deleted in a database that holds something, and not the sample."""
    tables = set(connection.introspection.table_names())
    if checks.is_from_before(connection) or (Story._meta.db_table in tables and sample.exists()):
        return
    found = [
        wording.counted(model.objects.count(), *words)
        for model, *words in SOMEBODYS
        if model._meta.db_table in tables and model.objects.exists()
    ]
    ours = {*connection.introspection.django_table_names(), MigrationRecorder.Migration._meta.db_table}
    if others := tables - ours:
        found.append(f"tables of something else ({', '.join(sorted(others)[:3])})")
    if found:
        own = f"{settings.VAR_DIR.name}/{settings.DEMO_DATABASE}"
        raise CommandError(
            f"This database holds {' and '.join(found)}, which the demo did not make. Point DATABASE_URL to "
            f"an empty database, or unset it: the demo works in {own}."
        )


def refuse_port_in_use(port: int) -> None:
    """Asked first, so that nobody waits for a build, or loses a database, for nothing."""
    if not 1 <= port <= 65535:
        raise CommandError(f"{port} is not a port. Choose one from 1024 to 65535: manage.py demo --port 8080")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as refusal:
            raise CommandError(
                f"Port {port} is in use or not allowed ({refusal.strerror}). Stop what uses it, perhaps an "
                f"earlier demo, or choose another: manage.py demo --port {min(port + 1, 65535)}"
            ) from refusal


def delete_database(database: dict, own: Path) -> None:
    """Delete the SQLite file of ``database``, only where it is the demo's ``own``."""
    if database["ENGINE"] != "django.db.backends.sqlite3":
        raise CommandError(
            "--reset deletes a SQLite file, and DATABASE_URL names a server. "
            "Empty that database yourself, or unset DATABASE_URL."
        )
    file = Path(database["NAME"])
    if file.absolute() != own.absolute() or file.is_symlink():
        raise CommandError(
            f"--reset deletes only the demo's own database, {own.parent.name}/{own.name}, and this one is "
            f"{file}. Unset DATABASE_URL, or empty that database yourself."
        )
    connections.close_all()
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
