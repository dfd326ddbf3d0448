"""People, their roles, and what their work asks of them."""

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lessons.language import LANGUAGES, Spoken


class Role(models.TextChoices):
    """Roles add up. Everybody is an employee; the others are groups of the same name, seen in the admin."""

    EMPLOYEE = "employee", _("employee")
    TRAINER = "trainer", _("trainer")
    MANAGER = "manager", _("manager")
    HR = "hr", _("HR")
    COUNCIL = "council", _("works council")
    ADMINISTRATOR = "administrator", _("administrator")


class UserQuerySet(models.QuerySet):
    def employed(self, on: date):
        """People who had joined and not left on that day."""
        joined = models.Q(joined_on__isnull=True) | models.Q(joined_on__lte=on)
        staying = models.Q(left_on__isnull=True) | models.Q(left_on__gte=on)
        return self.filter(joined, staying, is_active=True)

    def by_name(self):
        return self.order_by("last_name", "first_name", "pk")


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc] # made by a call
    """Django's own manager with our questions."""


class User(AbstractUser):  # type: ignore[django-manager-missing] # Wagtail adds locked_… without a typed manager
    """A person of the company. ``team`` is where they work now; a move takes effect at once."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=[(x, x) for x in LANGUAGES], default="de")
    team = models.ForeignKey(
        "training.Team", models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    position = models.ForeignKey(
        "training.Position", models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("position")
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = PeopleManager()  # type: ignore[misc] # takes the place of Django's own

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joined_on__isnull=True)
                | models.Q(left_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="nobody_leaves_before_joining",
            ),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles of this person, read once per request; a superuser administers."""
        named = {group.name for group in self.groups.all()}
        extra = {Role.ADMINISTRATOR.value} if self.is_superuser else set()
        return frozenset((named & set(Role.values)) | extra | {Role.EMPLOYEE.value})

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in (self.first_name, self.last_name) if part) or self.username[:2].upper()


class Position(models.Model):
    """What a person is employed as [Funktion]; its target levels say what the work needs."""

    name_de = models.CharField(_("name (German)"), max_length=120, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=120)

    name = Spoken()

    class Meta:
        ordering = ["name_de"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return self.name


class TargetLevel(models.Model):
    """The level that a position needs in a competency."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="targets", verbose_name=_("position"))
    competency = models.ForeignKey("lessons.Competency", models.PROTECT, related_name="+", verbose_name=_("competency"))
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1), MaxValueValidator(4)])

    class Meta:
        verbose_name = _("target level")
        verbose_name_plural = _("target levels")
        constraints = [
            models.UniqueConstraint(fields=["position", "competency"], name="one_target_per_position_and_competency"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=4), name="target_level_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.competency} {self.level}"
