from django.db import migrations

REFUSAL = "editions are only added, never changed or removed"

POSTGRESQL = f"""
CREATE FUNCTION chronicle_edition_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER chronicle_edition_kept_rows BEFORE UPDATE OR DELETE ON chronicle_edition
    FOR EACH ROW EXECUTE FUNCTION chronicle_edition_kept();
CREATE TRIGGER chronicle_edition_kept_table BEFORE TRUNCATE ON chronicle_edition
    FOR EACH STATEMENT EXECUTE FUNCTION chronicle_edition_kept();
"""
POSTGRESQL_BACK = """
DROP TRIGGER chronicle_edition_kept_table ON chronicle_edition;
DROP TRIGGER chronicle_edition_kept_rows ON chronicle_edition;
DROP FUNCTION chronicle_edition_kept();
"""
SQLITE = [
    f"""CREATE TRIGGER chronicle_edition_kept_{verb.lower()} BEFORE {verb} ON chronicle_edition
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for verb in ("UPDATE", "DELETE")
]
SQLITE_BACK = [f"DROP TRIGGER chronicle_edition_kept_{verb}" for verb in ("update", "delete")]


def keep(apps, schema_editor):
    run(schema_editor, [POSTGRESQL], SQLITE)


def let_go(apps, schema_editor):
    run(schema_editor, [POSTGRESQL_BACK], SQLITE_BACK)


def run(schema_editor, postgresql, sqlite):
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0001_initial")]
    operations = [migrations.RunPython(keep, let_go)]
