"""Gives the groups of events/roles.py what they may do with media: see 0002_roles."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from events.roles import set_up


def make_groups(apps, schema_editor):
    create_permissions(
        installed.get_app_config("events"),
        verbosity=0,
        using=schema_editor.connection.alias,
        apps=apps,
    )
    set_up(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), all_known=False)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0006_decided_media"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
