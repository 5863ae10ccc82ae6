from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0001_initial")]
    operations = [
        migrations.AddConstraint(
            model,
            models.CheckConstraint(name=f"later_{model}_is_committed", condition=~models.Q(commitment="")),
        )
        for model in ("edition", "sheet", "removal")
    ]
