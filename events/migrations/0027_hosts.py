"""Which outlet publishes on which host, learned at once from the sources that are there.

Where many publish on one host, as accounts of a network, what is learned here is of the whole host: the
first that is saved from now on is told by its account.
"""

from collections import Counter
from urllib.parse import urlsplit

import django.db.models.deletion
from django.db import migrations, models


def learn(apps, schema_editor):
    Source, Host = (apps.get_model("events", name) for name in ("Source", "Host"))
    found = Counter()
    for outlet, url in Source.objects.exclude(canonical_url="").values_list("outlet", "canonical_url").iterator():
        try:
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host:
            found[outlet, host[:300]] += 1
    rows = (Host(outlet_id=outlet, host=host, times=times) for (outlet, host), times in found.items())
    Host.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0026_closed_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=300)),
                ('times', models.PositiveIntegerField(default=1)),
                ('outlet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='events.outlet')),
            ],
            options={
                'indexes': [models.Index(fields=['host', '-times'], name='host_known')],
                'constraints': [models.UniqueConstraint(fields=('outlet', 'host'), name='host_once_an_outlet'), models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='host_is_named')],
            },
        ),
        migrations.RunPython(learn, migrations.RunPython.noop),
    ]
