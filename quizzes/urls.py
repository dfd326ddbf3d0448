"""Addresses of quizzes. An attempt is named by a random id, never by its number."""

from django.urls import path

from quizzes.views import practice, results, saving, sitting

urlpatterns = [
    path("practice/", practice.practice, name="practice"),
    path("practice/start/", practice.practice_start, name="practice_start"),
    path("attempts/<uuid:public_id>/", sitting.attempt, name="attempt"),
    path("attempts/<uuid:public_id>/<int:page>/", sitting.attempt_page, name="attempt_page"),
    path("attempts/<uuid:public_id>/answers/", saving.save_answers, name="save_answers"),
    path("attempts/<uuid:public_id>/flag/", sitting.attempt_flag, name="attempt_flag"),
    path("attempts/<uuid:public_id>/overview/", sitting.attempt_overview, name="attempt_overview"),
    path("attempts/<uuid:public_id>/submit/", sitting.submit, name="submit"),
    path("attempts/<uuid:public_id>/result/", results.result, name="result"),
    path("attempts/<uuid:public_id>/review/", results.review, name="review"),
]
