"""Airflow's REST API as a script of an operator's uses it: logged in, and patient."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

SECONDS_TO_ANSWER = 90
AWAY = {429, 500, 502, 503, 504}


@dataclass
class Rest:
    """One user of the API; whatever is asked while the server is away is asked again."""

    address: str
    user: str
    password: str
    _token: str = field(default="", repr=False)

    def ask(
        self, path: str, body: Mapping[str, object] | None = None, method: str | None = None
    ) -> dict[str, Any]:
        """The answer to a question, or to a body that is posted.

        Raises:
            urllib.error.HTTPError: it was refused.
        """
        give_up_at = time.monotonic() + SECONDS_TO_ANSWER
        while True:
            try:
                return self._asked(path, body, method)
            except urllib.error.HTTPError as refused:
                if refused.code == 401:
                    self._token = ""
                elif refused.code not in AWAY:
                    raise
                wrong: Exception = refused
            except (urllib.error.URLError, ConnectionError, TimeoutError) as away:
                wrong = away
            if time.monotonic() > give_up_at:
                raise wrong
            time.sleep(0.5)

    def begun(self, dag: str, logical_date: str | None = None, **conf: str) -> str:
        """Trigger a DAG; gives the path of its run."""
        asked = {"logical_date": logical_date, "conf": conf}
        run = self.ask(f"/api/v2/dags/{dag}/dagRuns", asked)
        return f"/api/v2/dags/{dag}/dagRuns/{urllib.parse.quote(run['dag_run_id'])}"

    def tasks(self, run: str) -> dict[str, dict[str, Any]]:
        """The task instances of a run, by task."""
        found = self.ask(f"{run}/taskInstances")["task_instances"]
        return {one["task_id"]: one for one in found}

    def answers(self, is_so: Callable[[dict[str, Any]], bool] = lambda _: True) -> bool:
        """Whether the server is there now, and its health as wished."""
        try:
            return is_so(self._asked("/api/v2/monitor/health", None, None))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _asked(
        self, path: str, body: Mapping[str, object] | None, method: str | None
    ) -> dict[str, Any]:
        if not self._token and path != "/api/v2/monitor/health":
            given = {"username": self.user, "password": self.password}
            self._token = self._sent("/auth/token", given, None)["access_token"]
        return self._sent(path, body, method)

    def _sent(
        self, path: str, body: Mapping[str, object] | None, method: str | None
    ) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
