"""How people come in: no self-registration; HR brings them in."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Allauth without a sign-up page."""

    def is_open_for_signup(self, request) -> bool:
        return False
