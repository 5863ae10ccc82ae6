from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class ChronicleConfig(AppConfig):
    name = "chronicle"
    verbose_name = "Record"

    def ready(self) -> None:
        from chronicle import checks, triggers
        from media import triggers as of_files

        if apps.is_installed("media"):
            refusals = [triggers.Refusal(*said) for said in of_files.REFUSALS]
            triggers.REFUSALS.extend(one for one in refusals if one not in triggers.REFUSALS)
        register(checks.sqlite_keeps_the_record_safe, Tags.database)
        register(checks.every_trigger_is_laid, Tags.database)
        register(checks.database_is_not_from_before, Tags.database)
        pre_migrate.connect(triggers.lift_before_migrate, sender=self, dispatch_uid="chronicle.triggers")
        post_migrate.connect(triggers.lay_after_migrate, sender=self, dispatch_uid="chronicle.triggers")
