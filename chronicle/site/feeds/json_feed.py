"""A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from datetime import datetime
from typing import Any

from chronicle.site.feeds.feed import Feed, Item, plain
from chronicle.site.heads import FEEDS

TYPE = f"{FEEDS['json']}; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> str:
    """``feed`` as a document of JSON. What is gone is an extension: JSON Feed has no word for it."""
    told = {
        "version": VERSION,
        "title": plain(feed.title),
        "description": plain(feed.subtitle),
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.chronicle.language,
        "authors": [{"name": plain(feed.chronicle.title)}],
        "items": [_item(item) for item in feed.items],
        "_chronicle": {
            "about": TOMBSTONES,
            "deleted": [
                {"id": each.tag, "when": _at(each.at), "reason": plain(each.reason)} for each in feed.gone
            ],
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


TOMBSTONES = "https://www.rfc-editor.org/rfc/rfc6721"


def _item(item: Item) -> dict[str, Any]:
    told = {
        "id": item.tag,
        "url": item.url,
        "title": plain(item.title),
        "content_html": plain(item.html),
        "date_modified": _at(item.updated),
    }
    return told | ({"date_published": _at(item.published)} if item.published else {})


def _at(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
