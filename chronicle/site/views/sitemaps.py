from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from chronicle.site import sitemaps
from chronicle.site.sitemaps import Address

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: all that is public. The desk is named only where there is one."""
    rule = f"Disallow: {reverse('admin:index')}" if settings.DESK else "Disallow:"
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = f"User-agent: *\n{rule}\n\nSitemap: {sitemap}\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of all chronicles, the first of each being that of its front."""
    found = [
        (reverse("sitemap_slice", args=[chronicle.slug, number]), sitemaps.changed_at(chronicle))
        for chronicle in sitemaps.chronicles().order_by("slug")
        for number in range(1, len(sitemaps.slices_of(chronicle)) + 2)
    ]
    return xml(request, "sitemapindex", "sitemap", found)


@require_safe
def slice_of(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One slice of the addresses of a chronicle; the first has those without a number."""
    chronicle = get_object_or_404(sitemaps.chronicles(), slug=slug)
    if number == 1:
        return xml(request, "urlset", "url", sitemaps.front(chronicle))
    slices = sitemaps.slices_of(chronicle)
    if number - 2 >= len(slices):
        raise Http404
    return xml(request, "urlset", "url", sitemaps.addresses(chronicle, slices[number - 2]))


def xml(request: HttpRequest, root: str, each: str, found: Iterable[Address]) -> HttpResponse:
    """``found`` as a document of the sitemap protocol: ``each`` is an address with when it last changed."""
    rows = (
        (each, request.build_absolute_uri(address), changed.isoformat(timespec="seconds"), each)
        for address, changed in found
    )
    listed = format_html_join("\n", "<{}><loc>{}</loc><lastmod>{}</lastmod></{}>", rows)
    text = format_html(
        '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="{}">\n{}\n</{}>\n', root, NAMESPACE, listed, root
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
