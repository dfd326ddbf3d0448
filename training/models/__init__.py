"""The things of training: a file per noun."""

from training.models.appraisal import AppraisalSheet, Signature
from training.models.evidence import Evidence
from training.models.look import Look
from training.models.plan import CheckPlan, Pause, Round
from training.models.reading import Acknowledgement, Reading
from training.models.team import Team
from training.models.user import Position, Role, TargetLevel, User

__all__ = [
    "Acknowledgement",
    "AppraisalSheet",
    "CheckPlan",
    "Evidence",
    "Look",
    "Pause",
    "Position",
    "Reading",
    "Role",
    "Round",
    "Signature",
    "TargetLevel",
    "Team",
    "User",
]
