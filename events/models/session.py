from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """That somebody's browser is signed in, or is about to be: Django's own session, and what its owner is
    told of it. It ends when its row goes."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions", null=True
    )
    device = models.CharField(max_length=60, blank=True)
    prefix = models.CharField(max_length=50, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> Any:
        # The store imports this.
        return import_module(settings.SESSION_ENGINE).SessionStore
