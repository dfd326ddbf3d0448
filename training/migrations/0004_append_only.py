"""The ledger and signatures are never changed, nor a sheet that somebody has signed: the database refuses it."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION refuse_change();
"""
TABLES = {
    "training_evidence": "",
    "training_signature": "",
    "training_appraisalsheet": "WHEN (OLD.digest <> '')",
}


def protect(apps, schema_editor):
    sql = {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]
    for table, when in TABLES.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(sql.format(table=table, when=when))


def release(apps, schema_editor):
    on = {"sqlite": "", "postgresql": " ON {table}"}[schema_editor.connection.vendor]
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes" + on.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("training", "0003_roles"), ("quizzes", "0002_append_only")]
    operations = [migrations.RunPython(protect, release)]
