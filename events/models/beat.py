from django.db import models


class Beat(models.Model):
    """When a worker was last at work: what ``/health/ready`` goes by. One row a name, refreshed in place."""

    name = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
