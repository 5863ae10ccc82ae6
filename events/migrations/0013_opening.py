import django.db.models.deletion
from django.conf import settings
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from events.roles import set_up


def open_what_was_printed(apps, schema_editor):
    """Stories that were printed before are open since then."""
    Edition = apps.get_model("chronicle", "Edition")
    Story = apps.get_model("events", "Story")
    for key, at in Edition.objects.filter(seq=1).values_list("chronicle__key", "at"):
        Story.objects.filter(key=key).update(opened_at=at)


def make_groups(apps, schema_editor):
    """Gives the groups what they may do with an opening: see 0002_roles."""
    create_permissions(
        installed.get_app_config("events"),
        verbosity=0,
        using=schema_editor.connection.alias,
        apps=apps,
    )
    set_up(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), all_known=False)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('chronicle', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('events', '0012_proposal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='story',
            options={'ordering': ['title'], 'permissions': [('set_policy_story', 'Can set the publication policy of a story'), ('open_story', 'Can open a story to readers')], 'verbose_name_plural': 'stories'},
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_scheduled_exactly_with_when_by_whom_and_which_version',
        ),
        migrations.AddField(
            model_name='day',
            name='awaits_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='day',
            name='awaits_refusal',
            field=models.TextField(blank=True, editable=False, help_text='Why it was not published at the opening.'),
        ),
        migrations.AddField(
            model_name='day',
            name='awaits_version',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='open_at',
            field=models.DateTimeField(editable=False, help_text='When it is to be opened.', null=True),
        ),
        migrations.AddField(
            model_name='story',
            name='open_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='story',
            name='open_origin',
            field=models.CharField(blank=True, editable=False, help_text='The domain that its chronicle is then known under in seals.', max_length=100),
        ),
        migrations.AddField(
            model_name='story',
            name='open_refusal',
            field=models.TextField(blank=True, editable=False, help_text='Why it was not opened at its time.'),
        ),
        migrations.AddField(
            model_name='story',
            name='opened_at',
            field=models.DateTimeField(editable=False, help_text='Since when readers see it.', null=True),
        ),
        migrations.AddField(
            model_name='text',
            name='awaits_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='text',
            name='awaits_refusal',
            field=models.TextField(blank=True, editable=False, help_text='Why it was not published at the opening.'),
        ),
        migrations.AddField(
            model_name='text',
            name='awaits_version',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='event',
            name='publish_at',
            field=models.DateTimeField(editable=False, help_text='Empty: at the opening.', null=True),
        ),
        migrations.AddIndex(
            model_name='day',
            index=models.Index(condition=models.Q(('awaits_by__isnull', False)), fields=['story'], name='day_that_awaits'),
        ),
        migrations.AddIndex(
            model_name='text',
            index=models.Index(condition=models.Q(('awaits_by__isnull', False)), fields=['story'], name='text_that_awaits'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('awaits_by__isnull', True), ('awaits_refusal', ''), ('awaits_version__isnull', True)), models.Q(('awaits_by__isnull', False), ('awaits_version__isnull', False), ('awaits_version__lte', models.F('version'))), _connector='OR'), name='day_awaits_in_somebodys_name_and_a_version'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scheduled_by__isnull', False), ('scheduled_version__isnull', False), ('scheduled_version__lte', models.F('version')), ('state', 'scheduled')), models.Q(models.Q(('state', 'scheduled'), _negated=True), ('publish_at__isnull', True), ('schedule_note', ''), ('schedule_refusal', ''), ('scheduled_by__isnull', True), ('scheduled_version__isnull', True)), _connector='OR'), name='event_scheduled_exactly_by_whom_and_which_version'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('open_at__isnull', True), ('open_by__isnull', True), ('open_origin', ''), ('open_refusal', '')), models.Q(('open_at__isnull', False), ('open_by__isnull', False), ('opened_at', None), models.Q(('open_origin', ''), _negated=True)), _connector='OR'), name='story_opens_once_at_a_time_by_somebody_from_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='text',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('awaits_by__isnull', True), ('awaits_refusal', ''), ('awaits_version__isnull', True)), models.Q(('awaits_by__isnull', False), ('awaits_version__isnull', False), ('awaits_version__lte', models.F('version'))), _connector='OR'), name='text_awaits_in_somebodys_name_and_a_version'),
        ),
        migrations.RunPython(open_what_was_printed, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
