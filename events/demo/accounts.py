"""The people of the demo, and their passwords.

A password comes from the environment, or is made up and then kept in a file that only its owner may
read, so that it can be shown again.
"""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import connection

from chronicle.env import Environment
from events import roles

GROUPS = {"editor": "Editors", "moderator": "Moderators", "manager": "Managers"}
NAMES = ("editor", "moderator", "manager", "admin")


def kept_in() -> Path:
    """The file of the passwords that were made up: a name and a password a line. One for each database."""
    database = connection.settings_dict
    if Path(database["NAME"]).resolve() == (settings.VAR_DIR / settings.DEMO_DATABASE).resolve():
        return settings.VAR_DIR / "demo-accounts.txt"
    named = f"{database['HOST']} {database['PORT']} {database['NAME']}"
    return settings.VAR_DIR / f"demo-accounts-{hashlib.sha256(named.encode()).hexdigest()[:8]}.txt"


def passwords(env: Environment) -> dict[str, str]:
    """The password of each account: from the environment, or made up. Raises ImproperlyConfigured."""
    return {
        "editor": env.secret("CHRONICLE_DEMO_EDITOR_PASSWORD", default=made_up(), least=8),
        "moderator": env.secret("CHRONICLE_DEMO_MODERATOR_PASSWORD", default=made_up(), least=8),
        "manager": env.secret("CHRONICLE_DEMO_MANAGER_PASSWORD", default=made_up(), least=8),
        "admin": env.secret("CHRONICLE_DEMO_ADMIN_PASSWORD", default=made_up(), least=8),
    }


def variable(name: str) -> str:
    """The variable of the environment that sets the password of account ``name``."""
    return f"CHRONICLE_DEMO_{name.upper()}_PASSWORD"


def made_up() -> str:
    return secrets.token_urlsafe(12)


def make(env: Environment) -> dict[str, User]:
    """Make the accounts with their roles, and keep the passwords made up for them.

    Raises ImproperlyConfigured for a password that is too short.
    """
    people = get_user_model().objects
    roles.set_up()
    chosen = passwords(env)
    made = {}
    for name in NAMES:
        if group := GROUPS.get(name):
            made[name] = people.create_user(name, password=chosen[name], is_staff=True)
            made[name].groups.add(Group.objects.get(name=group))
        else:
            made[name] = people.create_superuser(name, password=chosen[name])
    if invented := {name: chosen[name] for name in NAMES if variable(name) not in env.variables}:
        keep(invented)
    return made


def keep(chosen: dict[str, str]) -> None:
    file = kept_in()
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.writelines(f"{name} {password}\n" for name, password in chosen.items())


def kept() -> dict[str, str]:
    if not kept_in().is_file():
        return {}
    pairs = (line.split(maxsplit=1) for line in kept_in().read_text().splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def password_of(name: str, env: Environment) -> str:
    """What to tell somebody who wants to sign in as ``name``: only what does open the account."""
    person = get_user_model().objects.filter(username=name).first()
    if person is None:
        return "(somebody has deleted this account)"
    if person.check_password(env.variables.get(variable(name), "")):
        return f"the password in {variable(name)}"
    password = kept().get(name, "")
    if person.check_password(password):
        return password
    change = f"CHRONICLE_DEVELOPMENT=true .venv/bin/python manage.py changepassword {name}"
    return f"a password kept nowhere; for a new one: {change}"
