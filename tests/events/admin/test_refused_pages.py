"""What somebody is shown who is refused (403), or whose form is not of this site: sentences, in its look."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_a_role_does_not_allow_is_said_in_the_look_of_the_site(editor):
    client = Client()
    client.force_login(editor)

    page = client.get("/desk/review/")

    assert page.status_code == 403
    assert "You may not do this" in page.text
    assert "chronicle/tokens" in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_form_of_another_site_is_refused_with_what_to_do(editor, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    page = client.post(f"/desk/events/event/{draft.pk}/change/", {"headline": "Forged"})

    assert page.status_code == 403
    assert "Nothing of it was done." in page.text
    assert f'href="/desk/events/event/{draft.pk}/change/"' in page.text


@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_NUMBER_FIELDS", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_too_much_at_once_is_not_understood_and_names_no_setting(editor, settings, limit):
    client = Client()
    client.force_login(editor)
    setattr(settings, limit, 3)

    page = client.post("/desk/events/kind/add/", "a=1&b=2&c=3&d=4", "application/x-www-form-urlencoded")

    assert page.status_code == 400
    assert "This was not understood" in page.text
    assert limit not in page.text
