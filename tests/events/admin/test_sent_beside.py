"""What a script sends as its page is left takes the place of nothing that a person sent from there."""

import pytest
from django.conf import settings

from events.admin import signed_out
from tests.events.admin.test_signed_out import ADD, TYPED, sign_in

MENTIONS = "/desk/events/event/mentions/"
BESIDE = {"sec-fetch-dest": "empty"}


@pytest.fixture
def shown(client, editor, day, kind):
    """The form, once its sender has signed in, whose script asked for what its headline names meanwhile."""
    client.force_login(editor)
    del client.cookies[settings.SESSION_COOKIE_NAME]

    def send():
        words = {"day": day.pk, "kind": kind.pk, "headline": TYPED}
        led = client.post(ADD, words, headers={"sec-fetch-dest": "document"})
        client.post(MENTIONS, {"headline": TYPED, "day": day.pk}, headers=BESIDE)
        return sign_in(client, editor, led)

    return send


def test_the_form_holds_what_was_typed_though_a_script_asked_for_something_after_it(shown):
    assert shown().context["adminform"].form["headline"].value() == TYPED


def test_control_kept_as_well_that_would_take_its_place(shown, monkeypatch):
    monkeypatch.setattr(signed_out, "is_beside", lambda request: False)

    assert shown().context["adminform"].form["headline"].value() != TYPED
