"""Redis is a cache: its loss slows, and never logs anybody out."""

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.cache import caches


@pytest.fixture
def no_redis(settings):
    nowhere = {"BACKEND": "cms_site.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": {**nowhere, "OPTIONS": {"socket_connect_timeout": 0.1}}}
    return caches["default"]


def test_a_cache_without_redis_answers_like_an_empty_one(no_redis):
    no_redis.set("a", 1)
    assert no_redis.get("a") is None
    assert no_redis.get("a", "otherwise") == "otherwise"
    assert no_redis.get_many(["a", "b"]) == {}
    assert not no_redis.has_key("a")
    no_redis.delete("a")


@pytest.mark.django_db
def test_a_session_survives_the_loss_of_redis(no_redis):
    session = SessionStore()
    session["who"] = "aylin"
    session.create()
    assert SessionStore(session.session_key).load()["who"] == "aylin"
    session.delete()
    assert SessionStore(session.session_key).load() == {}
