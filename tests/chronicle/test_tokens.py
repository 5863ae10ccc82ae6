"""Colours and faces are said in one place, each scheme once, for site and desk."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKENS = ROOT / "chronicle" / "static" / "chronicle" / "tokens.css"
SITE = [
    path
    for path in (ROOT / "chronicle" / "static" / "chronicle").glob("*.css")
    if path.name not in ("tokens.css", "fonts.css", "print.css")
]
DESK = ROOT / "events" / "static" / "events" / "desk.css"
SET = re.compile(r"(--[\w-]+):")
USED = re.compile(r"var\((--[\w-]+)\)")


def test_every_token_is_set_once_and_every_colour_in_both_schemes():
    rules = TOKENS.read_text()

    names = SET.findall(rules)
    assert sorted(names) == sorted(set(names))
    for colour in re.findall(r"--[\w-]+: [^;]*#[^;]*;", rules):
        assert re.fullmatch(r"--[\w-]+: light-dark\(#[0-9a-f]{3,6}, #[0-9a-f]{3,6}\);", colour)


@pytest.mark.parametrize("sheet", [*SITE, DESK])
def test_site_and_desk_know_no_scheme_of_their_own_and_use_what_is_set(sheet):
    rules = sheet.read_text()

    assert "prefers-color-scheme" not in rules
    shared = "".join(path.read_text() for path in (TOKENS, *SITE))
    assert set(USED.findall(rules)) <= set(SET.findall(shared)) | set(SET.findall(rules))


def test_the_desk_sets_none_of_them_anew():
    assert not set(SET.findall(TOKENS.read_text())) & set(SET.findall(DESK.read_text()))


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "sheet"), [("/", "chronicle/site.css"), ("/desk/", "events/desk.css")])
def test_each_page_reads_them_before_its_own_rules(admin_client, address, sheet):
    html = admin_client.get(address).content.decode()

    assert html.index("chronicle/tokens.css") < html.index(sheet)
