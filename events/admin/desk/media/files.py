"""What the desk shows of files: copies to who may look at the medium, the original to who may open that."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chronicle.csp import HEADER
from events.admin.reach import held
from events.editorial import materials
from events.editorial.holding import may
from events.editorial.moves import APPROVE_MATERIAL, CHANGE_MATERIAL, OPEN_ORIGINAL
from events.editorial.refused import Refused
from events.models import Material
from media import storage
from media.models import Asset

SANDBOX = "default-src 'none'; sandbox"
"""The policy of what somebody uploaded, should a browser open it after all."""

KEPT = "private, max-age=3600"
"""For how long the browser of who was let in shows it again without asking."""

BELOW_THE_BOXES = (OPEN_ORIGINAL, CHANGE_MATERIAL.permission, APPROVE_MATERIAL.permission)
"""Who covers a picture, decides on that or may open the file sees what is covered; nobody else does."""

SMALL, LARGE = 480, 1600
"""Pixels across, at least, of pictures in lists and of those that are looked at."""


def address_of(asset: Asset, material: Material, width: int = SMALL) -> str:
    """Where the desk shows the picture of ``asset``, of ``material``; empty for what is no picture."""
    if asset.kind != Asset.Kind.PICTURE:
        return ""
    return reverse("admin:events_material_picture", args=[material.pk, asset.pk, width])


def found(model_admin: Any, request: Any, pk: int) -> Material:
    """The medium of that key, for whoever may look at it."""
    material = model_admin.get_queryset(request).filter(pk=pk).first()
    if material is None:
        raise Http404
    if not model_admin.has_view_permission(request, material):
        raise PermissionDenied
    return material


def picture(request, pk: int, asset: int, width: int, *, model_admin):
    """The copy of a picture, or of what is made of it, that is as wide or the next wider."""
    material = found(model_admin, request, pk)
    below = any(may(request.user, verb, material.story, held(request)) for verb in BELOW_THE_BOXES)
    if material.shown_id and asset == material.asset_id and not below:
        raise PermissionDenied
    copies = material.asset.renditions.model.objects.filter(format="webp", blurred=False, asset=asset)
    copies = copies.filter(asset__in=[material.asset_id, material.shown_id or material.asset_id])
    copy = copies.filter(width__gte=width).first() or copies.last()
    if copy is None:
        raise Http404
    try:
        file = storage.rendition(copy.filename).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file, content_type=copy.mime, headers={"Cache-Control": KEPT, "Vary": "Cookie", HEADER: SANDBOX}
    )


def original(request, pk: int, *, model_admin):
    """The file as it came, to be saved; that it was opened, and by whom, is kept."""
    material = found(model_admin, request, pk)
    try:
        file = materials.open_original(material, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("admin:events_material_change", pk)
    return FileResponse(
        file,
        as_attachment=True,
        filename=material.asset.name,
        content_type=material.asset.mime,
        headers={HEADER: SANDBOX, "X-Content-Type-Options": "nosniff"},
    )


picture = require_safe(picture)
original = require_POST(original)
