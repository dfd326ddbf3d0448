"""The demo's six accounts, and how the site knows that it is the demo.

The mark of the demo is a fact in the database: people whose mail address ends in ``DOMAIN``. The top-level domain
``.example`` is reserved (RFC 2606), so nobody real can ever have such an address.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.models import Role, User

DOMAIN = "demo.leitlinie.example"
PASSWORD = "leitlinie-demo"  # noqa: S105 - printed by the command and offered at the door, in the demo alone
ROLES = {
    "employee": Role.EMPLOYEE,
    "trainer": Role.TRAINER,
    "manager": Role.MANAGER,
    "hr": Role.HR,
    "council": Role.COUNCIL,
    "admin": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class DemoAccount:
    """A door into the demo."""

    username: str
    name: str
    role: str
    password: str = PASSWORD


def is_demo() -> bool:
    """Whether this database holds the demo company."""
    return User.objects.filter(email__endswith=f"@{DOMAIN}").exists()


def demo_accounts() -> list[DemoAccount]:
    """The demo's accounts in the order of the roles; an empty list outside the demo. One query."""
    people = User.objects.filter(username__in=ROLES, email__endswith=f"@{DOMAIN}", is_active=True)
    by_username = {person.username: person for person in people.only("username", "first_name", "last_name")}
    return [
        DemoAccount(username, str(by_username[username]), str(role.label))
        for username, role in ROLES.items()
        if username in by_username
    ]
