"""Addresses of training."""

from django.urls import path

from training.views import account, appraisals, checks, disclosure, reading, scorecard, team, today

urlpatterns = [
    path("", today.today, name="today"),
    path("account/", account.account, name="account"),
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/<uuid:public_id>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<uuid:public_id>/freeze/", appraisals.appraisal_freeze, name="appraisal_freeze"),
    path("appraisals/<uuid:public_id>/sign/", appraisals.appraisal_sign, name="appraisal_sign"),
    path("appraisals/<uuid:public_id>/write/", appraisals.appraisal_write, name="appraisal_write"),
    path("appraisals/new/<int:person>/", appraisals.appraisal_new, name="appraisal_new"),
    path("checks/<int:pk>/begin/", checks.begin_check, name="begin_check"),
    path("checks/extra/", checks.extra_check, name="extra_check"),
    path("principles/<int:pk>/acknowledge/", reading.acknowledge, name="acknowledge"),
    path("reading/<uuid:lesson>/", reading.reading, name="reading"),
    path("rules/", disclosure.rules, name="rules"),
    path("scorecard/", scorecard.own_scorecard, name="scorecard"),
    path("scorecard/<slug:code>/csv", scorecard.scorecard_csv, name="scorecard_csv"),
    path("team/", team.team, name="team"),
    path("team/<int:pk>/", team.team, name="team_of"),
    path("who-sees-what/", disclosure.who_sees_what, name="who_sees_what"),
]
