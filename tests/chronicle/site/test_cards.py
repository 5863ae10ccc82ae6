"""Cards come to readers as they were printed, and with nothing that a card never has."""

from html.parser import HTMLParser

from chronicle import prose
from chronicle.models import Entry
from tests.support.reading import main_of, text_of

FORGED = (
    '<h3 onclick="go()"><a href="javascript:go()">A bridge</a></h3><script>go()</script>'
    '<p><a href="//elsewhere.example/">One</a> <a href="/\\elsewhere.example/">Two</a></p>'
    '<p><a rel="x" href="//elsewhere.example/">3</a> <a lang="en" href="/&#9;/elsewhere.example/">4</a></p>'
    '<div class="text" style="position: fixed"><img src="x" onerror="go()"><iframe srcdoc="x"></iframe>'
    '<svg onload="go()"></svg><form action="https://elsewhere.example/"><button>Go</button></form></div>'
)


class Read(HTMLParser):
    """What a browser makes of some HTML: tags with their attributes, and words."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_data(self, data):
        self.found.append(data)


def test_every_printed_card_is_shown_as_it_is(built):
    cards = list(Entry.objects.public().values_list("card", flat=True))

    assert len(cards) > 10
    for card in cards:
        assert Read(prose.as_printed(card)).found == Read(card).found


def test_a_card_that_the_press_did_not_print_runs_nothing(client, built):
    Entry.objects.public().update(card=FORGED)

    shown = main_of(client.get("/the-44-days/day-43/"))

    tags = {tag for tag, *_ in (one for one in Read(shown).found if isinstance(one, tuple))}
    assert not tags & {"script", "img", "iframe", "svg"}
    assert "go()" not in shown
    assert "elsewhere.example" not in shown
    assert "style=" not in shown
    assert "A bridge" in text_of(shown)
