"""A sheet names the signed one it replaces, dates later changes of the manager's view, and is open once for two people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0004_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="appraisalsheet",
            name="manager_words_changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="appraisalsheet",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="training.appraisalsheet",
            ),
        ),
        migrations.AddConstraint(
            model_name="appraisalsheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest", "")), fields=("employee", "manager"), name="one_open_sheet_for_two_people"
            ),
        ),
    ]
