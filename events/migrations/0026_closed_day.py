from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0025_begun_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='day',
            name='closed_at',
            field=models.DateTimeField(editable=False, help_text='Since when it is complete: what is added later says so.', null=True),
        ),
    ]
