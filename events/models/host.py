"""Which outlet publishes where: learned from the addresses of its sources, and proposed for the next one."""

from django.db import models
from django.db.models import Q

from events.models.outlet import Outlet


class Host(models.Model):
    """That ``outlet``, or a source of it, has an address on ``host``, and how many times that was saved."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="hosts", db_index=False)
    host = models.CharField(max_length=300)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="host_once_an_outlet", fields=["outlet", "host"]),
            models.CheckConstraint(name="host_is_named", condition=~Q(host="")),
        ]
        indexes = [models.Index(fields=["host", "-times"], name="host_known")]

    def __str__(self) -> str:
        return self.host
