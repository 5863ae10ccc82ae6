"""The way back for an administrator whom nobody at the desk can help."""

import pytest
from django.core.management import CommandError, call_command

from events.signing import factors
from tests.support.signing import with_app


def test_an_administrator_is_let_in_by_password_again(admin_person, capsys):
    with_app(admin_person)
    call_command("reset_second_factor", "admin", by="admin")

    assert not factors.has_any(admin_person)
    assert admin_person.factor_changes.first().deed == "reset"
    assert "they sign in with their password" in capsys.readouterr().out


def test_it_asks_for_an_administrator_and_for_something_to_reset(admin_person, editor):
    with pytest.raises(CommandError, match="no second factor"):
        call_command("reset_second_factor", "editor", by="admin")
    with_app(editor)
    with pytest.raises(CommandError, match="no administrator"):
        call_command("reset_second_factor", "editor", by="editor")
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody", by="admin")
    assert factors.has_any(editor)
