"""Every address. German lives at the root, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

# Wagtail brings two password doors of its own, without rate limits; both lead to the one door.
to_login = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

# An address for mail belongs to HR's list of people, like a name: allauth's page for changing it leads to the account.
to_account = RedirectView.as_view(pattern_name="account")

urlpatterns = [
    path("admin/login/", to_login),
    path("_util/login/", to_login),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(
        path("accounts/email/", to_account),
        path("accounts/", include("allauth.urls")),
        path("", include("training.urls")),
        path("", include("quizzes.urls")),
        path("", include("lessons.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
