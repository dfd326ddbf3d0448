"""What depends on the path: response headers, and the language of the CMS."""

from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class PathPolicyMiddleware(CSPMiddleware):
    """A strict policy for everybody; the CMS alone may run the inline widgets that Wagtail's admin still has."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_update = {  # type: ignore[attr-defined] # how django-csp is told
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
            }
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return super().process_response(request, response)


class CmsLanguageMiddleware(MiddlewareMixin):
    """The CMS has no language in its addresses: it speaks the one a person chose on their account page.

    What somebody chooses in Wagtail's own settings still wins there.
    """

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()  # as LocaleMiddleware does
