"""Response headers that depend on the path."""

from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
