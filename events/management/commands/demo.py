import socket
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction
from django.urls import reverse
from tqdm import tqdm

from chronicle.env import Environment
from chronicle.models import Entry, Term
from events.demo import accounts, sample
from events.demo.made import building
from events.demo.refusing import refuse_database_from_before, refuse_what_is_somebodys

HOST = "127.0.0.1"
MADE, MADE_DAYS = 2500, 400
"""Entries and days of the chronicle that --large adds."""


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
        parser.add_argument(
            "--large",
            action="store_true",
            help=f"Add a made chronicle, all invented: {MADE} entries, {MADE_DAYS} days, four scripts.",
        )

    def handle(self, *, port, reset, large, **options):
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
        if large and not building.exists():
            self.build_made()
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
            telling = {name: people[name] for name in ("editor", "moderator", "admin")}
            sample.build(**telling, progress=self.say_below)

    @transaction.atomic
    def build_made(self) -> None:
        """All of it or nothing, as the sample."""
        self.say(f"Building a made chronicle of {MADE_DAYS} days …")
        with tqdm(total=MADE, unit="entry", desc="  Pressing", file=self.stderr, disable=None) as bar:
            building.build(entries=MADE, days=MADE_DAYS, seed=1, progress=bar.update)

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
        if building.exists():
            looks.append(("A made chronicle", reverse("overview", args=[building.SLUG])))
        looks.append(("Its pictures", reverse("media", args=[sample.SLUG])))
        looks.append(("About it", reverse("text", args=[sample.SLUG, "about"])))
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


def refuse_short_passwords(env: Environment) -> None:
    """Asked first as well."""
    try:
        accounts.passwords(env)
    except ImproperlyConfigured as wrong:
        raise CommandError(str(wrong)) from wrong


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
    if database["ENGINE"] != "chronicle.sqlite":
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
