"""The map of the site."""

from datetime import date

from django.conf import settings
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from chronicle.documents import TERM_FACETS, TEXTS
from chronicle.site.views import (
    changes,
    codebooks,
    days,
    entries,
    errors,
    feeds,
    files,
    health,
    histories,
    home,
    indexes,
    live,
    media,
    mementos,
    overviews,
    pages,
    pictures,
    proofs,
    sitemaps,
    terms,
    texts,
    timelines,
)

INDEXES = {"kind": "kinds", "place": "places", "actor": "people", "outlet": "outlets", "source": "sources"}
INDEXES |= {"asset": "media"}
"""What the index of each facet is called in its address."""

FACETS = {name: facet for facet, name in INDEXES.items()}


class DateConverter:
    """A calendar date that exists: 1994-02-31 is no address at all."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class DayNumberConverter:
    """The number that a chronicle gives to a day. One of any length is an address, if only of no day."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class YearConverter:
    """A year that a calendar date can have, in its one spelling."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class SliceConverter:
    """The number of a slice of a sitemap, in its one spelling."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class SeqConverter(SliceConverter):
    """The place of an edition in the log of its chronicle, in its one spelling."""

    regex = "[1-9][0-9]{0,11}"


class FacetConverter(StringConverter):
    """A facet whose terms have pages."""

    regex = "|".join(TERM_FACETS)


class IndexConverter:
    """The facet of an index, by what the index is called."""

    regex = "|".join(INDEXES.values())

    def to_python(self, value: str) -> str:
        return FACETS[value]

    def to_url(self, value: str) -> str:
        return INDEXES[value]


class FeedConverter(StringConverter):
    """As what a feed is written."""

    regex = "|".join(feeds.WRITTEN)


class RenditionConverter(StringConverter):
    """The name of a file of a medium: the SHA-256 of its bytes, and its format."""

    regex = rf"[0-9a-f]{{64}}\.({'|'.join(files.TYPES)})"


class TextNameConverter:
    """The name of a text that a chronicle may have beside its days."""

    regex = "|".join(TEXTS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FacetConverter, "facet")
register_converter(FeedConverter, "feed")
register_converter(IndexConverter, "index")
register_converter(DateConverter, "date")
register_converter(YearConverter, "year")
register_converter(DayNumberConverter, "day")
register_converter(SliceConverter, "slice")
register_converter(SeqConverter, "seq")
register_converter(TextNameConverter, "text")
register_converter(RenditionConverter, "rendition")

handler404 = errors.not_found
handler500 = errors.failed

urlpatterns = [
    path("", home.home, name="home"),
    *([path("desk/", include("events.urls"))] if settings.DESK else []),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("media/<str:folder>/<rendition:name>", files.rendition, name="rendition"),
    path("<slug:slug>/sitemap-<slice:number>.xml", sitemaps.slice_of, name="sitemap_slice"),
    path("<slug:slug>/picture.png", pictures.of_chronicle, name="picture"),
    path("<slug:slug>/day-<day:number>/picture.png", pictures.of_day, name="page_picture"),
    path("<slug:slug>/", overviews.overview, name="overview"),
    path("<slug:slug>/day-<day:number>/", pages.page, name="page"),
    path("<slug:slug>/day-<day:number>/live.json", live.of_day, name="day_live"),
    path("<slug:slug>/changes/", histories.of_whole, name="chronicle_changes"),
    path("<slug:slug>/day-<day:number>/changes/", histories.of_day, name="page_changes"),
    path("<slug:slug>/entry/<int:number>/changes/", histories.of_an_entry, name="entry_changes"),
    path("<slug:slug>/<text:name>/changes/", histories.of_text, name="text_changes"),
    path("<slug:slug>/<facet:facet>/<int:number>/changes/", histories.of_term, name="term_changes"),
    path("<slug:slug>/corrections/", changes.listed, name="corrections"),
    path("<slug:slug>/log/checkpoint.txt", proofs.checkpoint, name="checkpoint"),
    path("<slug:slug>/log/edition-<seq:number>.txt", proofs.inclusion, name="proof"),
    path("<slug:slug>/feeds/", feeds.feeds, name="feeds"),
    path("<slug:slug>/feed.<feed:form>", feeds.of_timeline, name="feed"),
    path("<slug:slug>/timeline/feed.<feed:form>", feeds.of_timeline, name="timeline_feed"),
    path("<slug:slug>/corrections/feed.<feed:form>", feeds.of_corrections, name="corrections_feed"),
    path("<slug:slug>/days/feed.<feed:form>", feeds.of_days, name="days_feed"),
    path("<slug:slug>/timegate/", mementos.timegate, {"of": ""}, name="timegate_of_overview"),
    path("<slug:slug>/timegate/<path:of>", mementos.timegate, name="timegate"),
    path("<slug:slug>/timemap/", mementos.timemap, {"of": ""}, name="timemap_of_overview"),
    path("<slug:slug>/timemap/<path:of>", mementos.timemap, name="timemap"),
    path("<slug:slug>/timeline/", timelines.timeline, name="timeline"),
    path("<slug:slug>/timeline/suggest/", timelines.suggest, name="suggest"),
    path("<slug:slug>/<facet:facet>/<int:number>/", terms.term, name="term_by_number"),
    path("<slug:slug>/<facet:facet>/<int:number>-<str:called>/", terms.term, name="term"),
    path("<slug:slug>/media/", media.media, name="media"),
    path("<slug:slug>/<index:facet>/", indexes.index, name="terms"),
    path("<slug:slug>/days/", days.days, name="days"),
    path("<slug:slug>/days/<year:year>/", days.days, name="days_of_year"),
    path("<slug:slug>/<date:day>/", pages.by_date, name="day_by_date"),
    path("<slug:slug>/codebook/", codebooks.of_marks, name="codebook"),
    path("<slug:slug>/<text:name>/", texts.text, name="text"),
    path("<slug:slug>/entry/<int:number>/", entries.entry, name="entry"),
]
