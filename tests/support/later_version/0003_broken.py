from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0002_constraints")]
    operations = [migrations.RunSQL("DELETE FROM chronicle_nothing", migrations.RunSQL.noop)]
