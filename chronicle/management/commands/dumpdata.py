from django.core.management.commands import dumpdata

INDEXES = ("chronicle.Bitmap", "chronicle.EntryWords", "chronicle.Spelling")


class Command(dumpdata.Command):
    """Django's own, without the indexes: they hold ids of rows, and rebuild_record makes them anew."""

    def handle(self, *app_labels, **options):
        options["exclude"] = [*options["exclude"], *INDEXES]
        return super().handle(*app_labels, **options)
