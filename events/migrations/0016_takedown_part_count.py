from django.db import migrations, models
from django.db.models import Count


def count_parts(apps, schema_editor):
    takedowns = apps.get_model("events", "Takedown").objects
    for takedown in takedowns.annotate(number=Count("parts")).order_by("pk"):
        takedowns.filter(pk=takedown.pk).update(part_count=takedown.number)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0015_words_tell_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='takedown',
            name='part_count',
            field=models.PositiveIntegerField(default=0, editable=False, help_text='How many parts it has, for good.'),
            preserve_default=False,
        ),
        migrations.RunPython(count_parts, migrations.RunPython.noop),
    ]
