"""Teams form a tree; a manager leads one or more of them, with all that lies below."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet


class TeamQuerySet(MP_NodeQuerySet):
    def led_by(self, user):
        """The teams a manager leads, and every team below them."""
        below = models.Q(pk__in=[])
        for path in user.teams_led.values_list("path", flat=True):
            below |= models.Q(path__startswith=path)
        return self.filter(below)


class TeamManager(MP_NodeManager.from_queryset(TeamQuerySet)):  # type: ignore[misc] # made by a call
    def get_queryset(self):
        return TeamQuerySet(self.model, using=self._db).order_by("path")


class Team(MP_Node):
    """A team. ``path`` orders the tree; people belong to one team, leaders lead from above."""

    name = models.CharField(_("name"), max_length=120)
    leaders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="teams_led", blank=True, verbose_name=_("led by")
    )
    node_order_by = ["name"]

    objects = TeamManager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name
