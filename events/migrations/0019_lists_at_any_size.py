import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from chronicle.migrating import WithoutIndex


# As in events/upkeep.py on the day of this migration.
SOURCE_TOTAL = """
UPDATE events_event SET source_total = (
    SELECT COUNT(DISTINCT c.source_id)
    FROM events_citation c JOIN events_source s ON s.id = c.source_id
    WHERE c.event_id = events_event.id AND c.stance = 'supports' AND s.retracted_at IS NULL
        AND (c.state = 'approved' OR (c.state = 'pending' AND c.keeps_approved))
)
"""


# What was published before the kind was kept was published by the one that it has.
PUBLISHED_KIND = """
UPDATE events_event SET published_kind_id = kind_id WHERE published_kind_id IS NULL AND state = 'published'
"""

# A decision is on exactly one thing, which stays in its story.
TOLD_IN = """
UPDATE events_decision SET told_in_id = COALESCE(
    story_id,
    (SELECT d.story_id FROM events_day d WHERE d.id = events_decision.day_id),
    (SELECT d.story_id FROM events_event e JOIN events_day d ON d.id = e.day_id
        WHERE e.id = events_decision.event_id),
    (SELECT d.story_id FROM events_citation c JOIN events_event e ON e.id = c.event_id
        JOIN events_day d ON d.id = e.day_id WHERE c.id = events_decision.citation_id),
    (SELECT s.story_id FROM events_source s WHERE s.id = events_decision.source_id),
    (SELECT t.story_id FROM events_text t WHERE t.id = events_decision.text_id),
    (SELECT m.story_id FROM events_material m WHERE m.id = events_decision.material_id),
    (SELECT p.story_id FROM events_proposal p WHERE p.id = events_decision.proposal_id),
    (SELECT t.story_id FROM events_takedown t WHERE t.id = events_decision.takedown_id)
)
"""


def check_keys(apps, schema_editor):
    """A table of which keys are yet to be checked is not altered."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def say_where(apps, schema_editor):
    """Nothing that was decided is changed: its trigger, which migrate lays again, knows no exception."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS events_decision_update_refused ON events_decision")
    schema_editor.execute(TOLD_IN)
    check_keys(apps, schema_editor)


def take_as_long_as_it_takes(apps, schema_editor):
    """A statement of a server is stopped after a while; every event of a large desk takes longer."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET LOCAL statement_timeout = 0")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0018_desk_text'),
        ('media', '0003_takedown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_as_long_as_it_takes, migrations.RunPython.noop),
        migrations.AddField(
            model_name='event',
            name='source_total',
            field=models.PositiveIntegerField(default=0, editable=False, help_text='How many sources readers see in its support, kept by the database: see events.upkeep.'),
        ),
        migrations.RunSQL(SOURCE_TOTAL, migrations.RunSQL.noop),
        WithoutIndex(
            model_name='event',
            name='published_kind',
            field=models.ForeignKey(db_index=False, editable=False, help_text='By which it was published: what it needs to stay so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.kind'),
        ),
        migrations.RunSQL(PUBLISHED_KIND, migrations.RunSQL.noop),
        migrations.RunPython(check_keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_kind__isnull', False), _connector='OR'), name='event_published_by_a_kind'),
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(condition=models.Q(('keeps_approved', True)), fields=['event'], name='citation_asked_again'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['published_kind', 'source_total'], name='event_supported'),
        ),
        migrations.AddIndex(
            model_name='material',
            index=models.Index(django.db.models.functions.text.Lower('state'), models.F('changed_at'), models.F('id'), name='material_listed_state'),
        ),
        migrations.AddField(
            model_name='decision',
            name='told_in',
            field=models.ForeignKey(db_index=False, editable=False, help_text='The story in which it was decided: that of its subject, which stays in it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.story'),
        ),
        migrations.RunPython(say_where, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='decision',
            name='told_in',
            field=models.ForeignKey(db_index=False, editable=False, help_text='The story in which it was decided: that of its subject, which stays in it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.story'),
        ),
        WithoutIndex(
            model_name='decision',
            name='by',
            field=models.ForeignKey(db_index=False, help_text='None where the worker did it: it takes down what may not be shown any longer.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['by', 'told_in'], name='decision_by_whom'),
        ),
        WithoutIndex(
            model_name='decision',
            name='citation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.citation'),
        ),
        WithoutIndex(
            model_name='decision',
            name='material',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='events.material'),
        ),
        WithoutIndex(
            model_name='event',
            name='day',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.day', verbose_name='told on'),
        ),
        WithoutIndex(
            model_name='event',
            name='kind',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.kind'),
        ),
        WithoutIndex(
            model_name='words',
            name='decision',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='events.decision'),
        ),
    ]
