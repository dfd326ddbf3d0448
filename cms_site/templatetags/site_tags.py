"""What only the site as a whole knows: whether it is the demo."""

from django import template

from cms_site.loading import accounts

register = template.Library()


@register.simple_tag
def demo_accounts():
    """The demo's accounts, so that the login page can offer them; nothing anywhere else."""
    return accounts.demo_accounts()
