"""What the RFCs ask of a feed, and what of it is amiss: a judge of its own, that knows no Chronicle."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

ATOM, GONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""A moment (RFC 3339, 5.6)."""
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[^\s#]+")
"""RFC 4151, 2.1."""
ABSOLUTE = re.compile(r"https?://[^\s/]+/\S*")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def amiss_in_atom(body: bytes) -> list[str]:
    """What RFC 4287, 4.1 and RFC 6721, 3 ask of the feed and it does not have."""
    feed = ElementTree.fromstring(body)  # noqa: S314 - the answer of our own site
    wrong = [] if feed.tag == f"{ATOM}feed" else ["the root is no feed"]
    wrong += [f"feed: {each}" for each in _of_element(feed)]
    if "self" not in {link.get("rel") for link in feed.findall(f"{ATOM}link")}:
        wrong.append("feed: it does not say where it is")
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        wrong.append("feed: nobody wrote it")
    for entry in feed.findall(f"{ATOM}entry"):
        wrong += [f"entry: {each}" for each in _of_element(entry)]
    for gone in feed.findall(f"{GONE}deleted-entry"):
        wrong += [
            f"gone: {key}" for key, form in (("ref", TAG), ("when", AT)) if not _fits(form, gone.get(key))
        ]
    return wrong + _twice(each.text for each in feed.findall(f"{ATOM}entry/{ATOM}id"))


def _of_element(element: ElementTree.Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1:
            yield f"it has not one {name}"
    if not _fits(TAG, element.findtext(f"{ATOM}id")):
        yield "its id is no tag"
    for name in ("updated", "published"):
        if (at := element.findtext(f"{ATOM}{name}")) is not None and not _fits(AT, at):
            yield f"{name} is no moment: {at}"
    for link in element.findall(f"{ATOM}link"):
        if not _fits(ABSOLUTE, link.get("href")):
            yield f"a link leads nowhere: {link.get('href')}"
    if not [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]:
        yield "it leads to no page"


def amiss_in_json(body: bytes) -> list[str]:
    """What JSON Feed 1.1 asks of the feed and it does not have."""
    feed = json.loads(body)
    wrong = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["its version"]
    wrong += [name for name in ("home_page_url", "feed_url") if not _fits(ABSOLUTE, feed[name])]
    wrong += [] if feed["title"] and feed["authors"][0]["name"] else ["it has no title, or nobody wrote it"]
    for item in feed["items"]:
        wrong += [key for key, form in (("id", TAG), ("url", ABSOLUTE)) if not _fits(form, item[key])]
        dates = [item[key] for key in ("date_modified", "date_published") if key in item]
        wrong += [f"no moment: {at}" for at in dates if not _fits(AT, at)]
        wrong += [] if item["content_html"] or item["title"] else ["an item says nothing"]
    wrong += ["a control character"] if CONTROL.search(str(feed)) else []
    return wrong + _twice(item["id"] for item in feed["items"])


def _fits(form: re.Pattern[str], value: str | None) -> bool:
    return bool(form.fullmatch(value or ""))


def _twice(ids: Any) -> list[str]:
    return [f"twice: {each}" for each, number in Counter(ids).items() if number > 1]
