"""A feed as Atom (RFC 4287), by Django's generator, with what is gone (RFC 6721)."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from chronicle.site.feeds.feed import Feed, plain
from chronicle.site.heads import FEEDS

TYPE = f"{FEEDS['atom']}; charset=utf-8"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class _WithTombstones(Atom1Feed):
    """What is gone stands before all else that is told, and the time is that of the record."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def write_items(self, handler: Any) -> None:
        for each in self.feed["gone"]:
            handler.startElement("at:deleted-entry", {"ref": each.tag, "when": rfc3339_date(each.at)})
            if each.reason:
                handler.addQuickElement("at:comment", plain(each.reason))
            handler.endElement("at:deleted-entry")
        super().write_items(handler)


def written(feed: Feed) -> str:
    """``feed`` as a document of XML."""
    told = _WithTombstones(
        title=plain(feed.title),
        link=feed.home,
        description="",
        language=feed.chronicle.language,
        author_name=plain(feed.chronicle.title),
        subtitle=plain(feed.subtitle),
        feed_url=feed.address,
        feed_guid=feed.tag,
        updated=feed.updated,
        gone=feed.gone,
    )
    for item in feed.items:
        told.add_item(
            title=plain(item.title),
            link=item.url,
            description=plain(item.html),
            unique_id=item.tag,
            pubdate=item.published,
            updateddate=item.updated,
        )
    return told.writeString("utf-8")
