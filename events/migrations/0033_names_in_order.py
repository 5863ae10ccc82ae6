"""The names of each place and actor in their order, of which the first puts the lists of the desk in order."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE

from chronicle.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("events", "0032_words_of_a_sample")]

    operations = [
        migrations.AddIndex(
            "actorname",
            models.Index(fields=["actor", "position", "id", "name"], name="actor_names_in_order"),
        ),
        migrations.AddIndex(
            "placename",
            models.Index(fields=["place", "position", "id", "name"], name="place_names_in_order"),
        ),
        WithoutIndex(
            "actorname", "actor", models.ForeignKey("events.actor", CASCADE, "names", db_index=False)
        ),
        WithoutIndex(
            "placename", "place", models.ForeignKey("events.place", CASCADE, "names", db_index=False)
        ),
    ]
