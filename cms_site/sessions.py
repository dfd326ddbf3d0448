"""Sessions kept in the database and mirrored in the cache; a cache that is gone slows and never logs anybody out."""

import logging

from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SessionStore(CachedStore):
    """Django's ``cached_db`` store that goes on with the database when Redis does not answer.

    Django itself already survives a failing write to the cache; a failing read or delete would be a 500.
    """

    def load(self):
        try:
            return super().load()
        except RedisError:
            logger.warning("Redis did not answer; session read from the database.")
            session = self._get_session_from_db()
            return self.decode(session.session_data) if session else {}

    def exists(self, session_key):
        try:
            return super().exists(session_key)
        except RedisError:
            return self.model.objects.filter(session_key=session_key).exists()

    def delete(self, session_key=None):
        try:
            super().delete(session_key)
        except RedisError:
            logger.warning("Redis did not answer; session deleted in the database.")
