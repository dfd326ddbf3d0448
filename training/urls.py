"""Addresses of training."""

from django.urls import path

from training.views import appraisals, team

urlpatterns: list = []

urlpatterns += [
    path("team/", team.team, name="team"),
    path("team/<int:pk>/", team.team, name="team_of"),
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/new/<int:person>/", appraisals.appraisal_new, name="appraisal_new"),
    path("appraisals/<uuid:public_id>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<uuid:public_id>/write/", appraisals.appraisal_write, name="appraisal_write"),
    path("appraisals/<uuid:public_id>/freeze/", appraisals.appraisal_freeze, name="appraisal_freeze"),
    path("appraisals/<uuid:public_id>/sign/", appraisals.appraisal_sign, name="appraisal_sign"),
]
