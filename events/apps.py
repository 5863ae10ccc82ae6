from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Desk"
    default = True

    def ready(self) -> None:
        from chronicle import triggers as of_the_record
        from events import triggers, upkeep

        of_the_record.REFUSALS.extend(
            trigger
            for trigger in (*triggers.REFUSALS, *upkeep.UPKEEPS)
            if trigger not in of_the_record.REFUSALS
        )


class DeskConfig(admin_apps.AdminConfig):
    default_site = "events.admin.site.Desk"
    default = False
