"""The forms of a page as a browser fills them in, character by character."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """Every form of a page: where it is sent, and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inside, self.area, self.choosing = False, "", ""

    @property
    def held(self) -> dict[str, str]:
        return self.found[-1][1]

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = True
            self.found.append((given.get("action", ""), {}))
        elif self.inside:
            self.start_field(tag, given)

    def start_field(self, tag, given):
        if tag == "textarea" and "name" in given:
            self.area = given["name"]
            self.held[self.area] = ""
        elif tag == "select":
            self.choosing = given["name"]
        elif tag == "option" and "selected" in given:
            self.held[self.choosing] = given["value"]
        elif tag == "input" and "name" in given and is_sent(given):
            self.held[given["name"]] = given.get("value", "")

    def handle_data(self, data):
        if self.area:
            self.held[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # A browser leaves out the line break that stands first.
            self.held[self.area] = self.held[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "form":
            self.inside = False


def is_sent(given: dict[str, str]) -> bool:
    """Whether an input with these attributes is sent: of several to choose from, those that are chosen."""
    return given.get("type") not in ("radio", "checkbox") or "checked" in given


def forms_of(response) -> list[tuple[str, dict[str, str]]]:
    """Where each form of the page is sent, and what it holds, but for the tokens of the page."""
    forms = Forms()
    forms.feed(response.content.decode())
    for _, held in forms.found:
        for token in ("csrfmiddlewaretoken", "once", "whose"):
            held.pop(token, None)
    return forms.found
