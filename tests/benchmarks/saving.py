"""How fast answers are saved: 16 learners, 2 workers, against a bare Django view that checks the session and inserts a row."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

LEARNERS = 16
WORKERS = 2
SAVES = 60  # per learner and phase
PHASES = 3
HOST, PORT = "127.0.0.1", 8765
PYTHON = sys.executable


def environment(database: str, var: str) -> dict[str, str]:
    return {
        **os.environ,
        "LEITLINIE_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": database,
        "VAR_DIR": var,
        "LOG_LEVEL": "ERROR",
    }


def serve(env: dict[str, str]) -> subprocess.Popen:
    command = [PYTHON, "-m", "gunicorn", "cms_site.wsgi", "--bind", f"{HOST}:{PORT}", "--workers", str(WORKERS)]
    command += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "30", "--log-level", "error"]
    server = subprocess.Popen(command, env=env)
    for _ in range(100):
        time.sleep(0.2)
        try:
            http.client.HTTPConnection(HOST, PORT, timeout=2).request("GET", "/accounts/login/")
            return server
        except OSError:
            continue
    raise RuntimeError("the server did not start")


def post(connection: http.client.HTTPConnection, path: str, body: dict, learner: dict) -> float:
    """One POST; the seconds it took. Raises on anything but 200."""
    token = learner["token"]
    headers = {
        "Cookie": f"sessionid={learner['session']}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/json",
    }
    begun = time.perf_counter()
    connection.request("POST", path, json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {text[:200]!r}")
    return time.perf_counter() - begun


def save_body(learner: dict, i: int) -> tuple[str, dict]:
    position = str(i % len(learner["options"]) + 1)
    choice = learner["options"][position][i % 3]
    answer = {"position": int(position), "key": str(uuid4()), "fields": {"choice": [choice]}}
    return f"/attempts/{learner['attempt']}/answers/", {"answers": [answer]}


def bare_body(learner: dict, i: int) -> tuple[str, dict]:
    return "/bare/", {"choice": i}


def phase(learners: list[dict], body: Callable[[dict, int], tuple[str, dict]]) -> tuple[float, list[float]]:
    """All learners at once; requests per second and every request's seconds."""

    def one(learner: dict) -> list[float]:
        connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
        return [post(connection, *body(learner, i), learner) for i in range(SAVES)]

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(learners)) as pool:
        took = [seconds for row in pool.map(one, learners) for seconds in row]
    return len(took) / (time.perf_counter() - begun), took


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def measure(name: str, database: str, var: str) -> None:
    env = environment(database, var)
    staged = subprocess.run(
        [PYTHON, "-m", "tests.benchmarks.stage", str(LEARNERS)], env=env, check=True, capture_output=True, text=True
    )
    learners = [{**row, "token": secrets.token_hex(16)} for row in json.loads(staged.stdout.splitlines()[-1])]
    server = serve(env)
    try:
        phase(learners[:4], bare_body), phase(learners[:4], save_body)  # warm
        runs = [(phase(learners, bare_body), phase(learners, save_body)) for _ in range(PHASES)]
    finally:
        server.terminate()
        server.wait()
    bare, save = (statistics.median(run[i][0] for run in runs) for i in (0, 1))
    late = [statistics.median(p95(run[i][1]) for run in runs) for i in (0, 1)]
    print(f"saving, {name}: {save:.0f} answers/s, bare view {bare:.0f} inserts/s, ratio {save / bare:.2f}")
    print(
        f"saving, {name}: p95 {late[1] * 1000:.0f} ms, bare view {late[0] * 1000:.0f} ms, ratio {late[1] / late[0]:.2f}"
    )


def fresh_postgres() -> str | None:
    """The address of an empty database, or None where no server answers."""
    import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL

    server = os.environ.get("BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS leitlinie_bench WITH (FORCE)")
            connection.execute("CREATE DATABASE leitlinie_bench")
    except psycopg.OperationalError as error:
        print(f"saving, PostgreSQL: not measured, no server answers ({error})")
        return None
    return f"{server}/leitlinie_bench"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'bench.sqlite3'}", folder)
        if postgres := fresh_postgres():
            measure("PostgreSQL", postgres, folder)
