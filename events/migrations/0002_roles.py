"""Makes the groups of events/roles.py. Permissions are otherwise made only after all migrations."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from events.roles import set_up


def make_groups(apps, schema_editor):
    for label in ("chronicle", "events"):
        create_permissions(
            installed.get_app_config(label),
            verbosity=0,
            using=schema_editor.connection.alias,
            apps=apps,
        )
    set_up(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), all_known=False)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("chronicle", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
