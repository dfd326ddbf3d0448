"""What was asked, answered and marked is never changed: the database refuses it, whoever asks.

Deleting is left to the foreign keys (PROTECT) and to the retention rule, which must delete after three years.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_never_changes BEFORE UPDATE {columns} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
TABLES = {
    "quizzes_answer": "",
    "quizzes_mark": "",
    "quizzes_questionversion": "OF question_id, number, item, kind, track, competency_id, difficulty, public, key, published_at",
}


def protect(apps, schema_editor):
    sql = {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]
    for table, columns in TABLES.items():
        # no parameters: PostgreSQL's driver would read the % of the function's text as one
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(sql.format(table=table, columns=columns))


def release(apps, schema_editor):
    on = {"sqlite": "", "postgresql": " ON {table}"}[schema_editor.connection.vendor]
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes" + on.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
