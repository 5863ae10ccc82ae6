from importlib import import_module

Initial, AsOf, Restated = (
    import_module(f"chronicle.migrations.{name}").Migration
    for name in ("0001_initial", "0010_as_of", "0012_restated")
)


class Migration(Initial):
    """With what editions were given since: SQLite makes their table anew as earlier migrations say it is."""

    operations = [*Initial.operations, *AsOf.operations, *Restated.operations]
