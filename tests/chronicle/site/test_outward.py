"""Where links of sources lead, whatever the database holds."""

import pytest

from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

FORGED = ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//host.example"]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_address_is_no_link_on_any_page(client, db, forged):
    story = make_story()
    source = make_source(story, url=forged, archived_url=forged)
    print_entries(make_page(story), [Telling("One", make_term(story, "kind", "Damage"), sources=[source])])

    for address in ("day-3/", "entry/1/", "source/1/", "timeline/"):
        html = client.get(f"/the-flood/{address}", follow=True).content.decode()
        assert f'href="{forged}"' not in html, address


def test_control_an_address_elsewhere_is_one(client, db):
    story = make_story()
    source = make_source(story, archived_url="https://archive.example/river")
    print_entries(make_page(story), [Telling("One", make_term(story, "kind", "Damage"), sources=[source])])

    for address in ("day-3/", "entry/1/", "source/1/"):
        html = client.get(f"/the-flood/{address}", follow=True).content.decode()
        assert 'href="https://archive.example/river"' in html, address
