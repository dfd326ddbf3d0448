"""Sets the stage for the load: a bank, learners with open attempts and sessions. Run once per database; prints JSON."""

import json
import os
import sys
from datetime import timedelta
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from lessons.models import Competency  # noqa: E402
from quizzes import sitting  # noqa: E402
from quizzes.models import QuestionVersion, Quiz  # noqa: E402
from tests.benchmarks.models import BareRow  # noqa: E402
from tests.conftest import single_choice  # noqa: E402
from training.models import User  # noqa: E402

QUESTIONS = 20


def competency() -> Competency:
    texts = {f"{field}_{lang}": field for field in ("name", "short", "definition") for lang in ("de", "en")}
    return Competency.objects.create(code="K2", **texts)


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def learner(quiz, versions, number: int) -> dict:
    user = User.objects.create_user(f"learner{number}", password=None)
    now = timezone.now()
    end = now + timedelta(hours=2)
    attempt = sitting.start(
        quiz,
        user=user,
        versions=versions,
        title="Bench",
        language="de",
        seed=number,
        closes_at=end,
        released_at=end,
        now=now,
    )
    options = {q.position: [public for public, _ in q.options] for q in attempt.questions.all()}
    return {"session": session_of(user), "attempt": str(attempt.public_id), "options": options, "csrf": uuid4().hex}


def main(learners: int) -> None:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(BareRow)
    quiz = Quiz.objects.create(title_de="Bench", title_en="Bench", pool="check")
    subject = competency()
    for i in range(QUESTIONS):
        single_choice(f"bench-{i}", subject)
    versions = list(QuestionVersion.objects.all())
    print(json.dumps([learner(quiz, versions, i) for i in range(learners)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
