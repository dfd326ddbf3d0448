from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsSiteConfig(AppConfig):
    name = "cms_site"


class PeopleInTheCms(WagtailUsersAppConfig):
    """Wagtail's own people pages, with our fields and our rule on who makes administrators."""

    user_viewset = "training.people_admin.PersonViewSet"
