from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Desk"
    default = True

    def ready(self) -> None:
        from chronicle import triggers as of_the_record
        from events import triggers, upkeep
        from events.finding import keeping
        from events.signing import ending

        keeping.connect()
        ending.connect()
        post_migrate.connect(keeping.fill_what_is_empty, sender=self, dispatch_uid="events.finding")

        of_the_record.REFUSALS.extend(
            trigger
            for trigger in (*triggers.REFUSALS, *upkeep.UPKEEPS)
            if trigger not in of_the_record.REFUSALS
        )


class DeskConfig(admin_apps.AdminConfig):
    default_site = "events.admin.site.Desk"
    default = False
