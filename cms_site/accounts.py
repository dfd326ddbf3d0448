"""How people come in: no self-registration; HR brings them in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language


class AccountAdapter(DefaultAccountAdapter):
    """Allauth without a sign-up page."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def post_login(self, request, user, **kwargs):
        """Whoever signs in at the plain address, for their own day, arrives in the language of their account.

        An English address is a choice already, and any other page was asked for as it is.
        """
        response = super().post_login(request, user, **kwargs)
        if get_language() == settings.LANGUAGE_CODE and response.headers.get("Location") == reverse("today"):
            response.headers["Location"] = translate_url(reverse("today"), user.language)
        return response
