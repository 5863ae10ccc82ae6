"""The page of a conflict and that of a restoration, as a browser sends them: every hidden field, in order."""

from collections import defaultdict
from html.parser import HTMLParser

from tests.support.forms import is_sent


class Main(HTMLParser):
    """What the form within the content of a page holds; a name may come more than once."""

    def __init__(self, page) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = defaultdict(list)
        self.address, self.within, self.area = "", False, ""
        self.feed(page.text)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.within = self.within or given.get("id") == "content-main"
        if not self.within:
            return
        if tag == "form" and given.get("method") == "post":
            self.address = self.address or given.get("action", "")
        elif tag == "textarea":
            self.area = given["name"]
            self.sent[self.area].append("")
        elif tag == "input" and "name" in given and given.get("type") != "submit" and is_sent(given):
            self.sent[given["name"]].append(given.get("value", ""))

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.sent[self.area] = [self.sent[self.area][-1].removeprefix("\n")]
            self.area = ""


def choose(desk, page, also=None, **picks):
    """Send the form of ``page`` with what is picked for each field, and what is said ``also``."""
    main = Main(page)
    picked = {f"pick-{name}": pick for name, pick in picks.items()}
    return desk.client.post(main.address, {**main.sent, **picked, **(also or {})})
