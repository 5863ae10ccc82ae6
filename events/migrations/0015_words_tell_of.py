from django.db import migrations, models

AT_A_TIME = 500
SOURCE, PLACE, CAPTION = "Source: ", "Place: ", "Caption in an event: "


def say_what_words_tell_of(apps, schema_editor):
    """Of what was decided before: by the links of today, and by the lines in which rows say what they are called."""
    called = _called(apps)
    found = []
    words = apps.get_model("events", "Words").objects.filter(about="subject").exclude(text="")
    for row in words.select_related("decision__citation__source", "decision__material__source").iterator(AT_A_TIME):
        lines = set(row.text.splitlines())
        told = set().union(*(called.get(line, ()) for line in lines), _linked(row.decision))
        row.tells_of = "".join(f" {name} " for name in sorted(told))
        found.append(row)
        if len(found) == AT_A_TIME:
            words.bulk_update(found, ["tells_of"])
            found = []
    words.bulk_update(found, ["tells_of"])


def _called(apps):
    """By line, the rows that it may tell of, in whichever story."""
    called = {}
    for source in apps.get_model("events", "Source").objects.select_related("outlet").iterator():
        names = {f"source/{source.pk}", f"outlet/{source.outlet_id}"}
        called.setdefault(f"{SOURCE}{source.outlet.name}: {source.title}", set()).update(names)
    for name in apps.get_model("events", "PlaceName").objects.iterator():
        called.setdefault(f"{PLACE}{name.name}", set()).add(f"place/{name.place_id}")
    for use in apps.get_model("events", "Use").objects.exclude(caption="").iterator():
        called.setdefault(f"{CAPTION}{use.caption}", set()).add(f"event/{use.event_id}")
    return called


def _linked(decision):
    """What the row that ``decision`` is on names today."""
    about = decision.citation or decision.material
    names = {f"source/{about.source_id}", f"outlet/{about.source.outlet_id}"} if about.source_id else set()
    if decision.material and decision.material.place_id:
        names.add(f"place/{decision.material.place_id}")
    return names


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0014_takedown'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='source',
            name='source_retracted_exactly_with_reason',
        ),
        migrations.RemoveConstraint(
            model_name='source',
            name='source_erased_exactly_without_words',
        ),
        migrations.AddField(
            model_name='words',
            name='tells_of',
            field=models.TextField(blank=True, help_text='The other rows of the desk whose words stand in the text: see named_as.'),
        ),
        migrations.RunPython(say_what_words_tell_of, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retracted_at__isnull', True), ('retraction_reason', '')), ('erased_at__isnull', False), models.Q(('retracted_at__isnull', False), models.Q(('retraction_reason', ''), _negated=True)), _connector='OR'), name='source_retracted_exactly_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('archived_url', ''), ('canonical_url', ''), ('erased_at__isnull', False), ('language', ''), ('published_on', ''), ('retraction_reason', ''), ('title', ''), ('url', '')), _connector='OR'), name='source_erased_exactly_without_words'),
        ),
    ]
