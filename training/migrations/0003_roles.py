"""One group for each role, with what its people may do in the CMS; and the two languages content is written in.

Permissions are made here where they are missing: Django and Wagtail only create them after the last migration.
"""

from django.db import migrations

EDIT = ("add", "change", "delete", "view")
DRAFT = (*EDIT, "publish", "lock", "unlock")
QUESTIONS = ("question", "singlechoicequestion", "multiplechoicequestion", "situationalquestion")

# role → (app, model) → what the group may do with it
MODELS = {
    "trainer": {
        ("wagtailadmin", "admin"): ("access",),
        **{("quizzes", model): DRAFT for model in QUESTIONS},
        ("quizzes", "quiz"): EDIT,
        ("lessons", "principle"): DRAFT,
        ("lessons", "competency"): EDIT,
        ("lessons", "proficiencylevel"): EDIT,
    },
    "hr": {
        ("wagtailadmin", "admin"): ("access",),
        **{("training", model): EDIT for model in ("user", "team", "position", "targetlevel", "checkplan", "pause")},
    },
    "manager": {},
    "council": {},
    "administrator": {},  # a superuser may do everything; the group gives the role its name
}
PAGES = {"trainer": ("add", "change", "publish")}
COLLECTIONS = {
    "trainer": {
        ("wagtailimages", "image"): ("add", "change", "choose"),
        ("wagtaildocs", "document"): ("add", "change", "choose"),
    },
}


def permissions(apps, app: str, model: str, actions):
    """The permissions to do ``actions`` with a model, made where they do not exist yet."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    return [
        apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
        )[0]
        for action in actions
    ]


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    PagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    CollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, models in MODELS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for (app, model), actions in models.items():
            group.permissions.add(*permissions(apps, app, model, actions))
        for permission in permissions(apps, "wagtailcore", "page", PAGES.get(role, ())):
            PagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for (app, model), actions in COLLECTIONS.get(role, {}).items():
            for permission in permissions(apps, app, model, actions):
                CollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def make_locales(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in ("de", "en"):
        Locale.objects.get_or_create(language_code=code)


def forget_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=MODELS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0002_ledger"),
        ("quizzes", "0001_initial"),
        ("lessons", "0001_initial"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]
    operations = [
        migrations.RunPython(make_roles, forget_roles),
        migrations.RunPython(make_locales, migrations.RunPython.noop),
    ]
