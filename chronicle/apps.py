from django.apps import AppConfig
from django.core.checks import Tags, register


class ChronicleConfig(AppConfig):
    name = "chronicle"
    verbose_name = "Record"

    def ready(self) -> None:
        from chronicle import checks

        register(checks.sqlite_keeps_the_record_safe, Tags.database)
