"""Serving: an Airflow with FAB's log-ins, asked over its REST API by people of several roles."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import SECONDS_TO_READ

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 600
Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in."""

    address: str
    token: str

    @classmethod
    def logged_in(cls, address: str, login: str, password: str) -> Person:
        """Log in as the pages do."""
        given = {"username": login, "password": password}
        return cls(address, cls(address, "").ask("/auth/token", given)["access_token"])

    def ask(self, path: str, body: Json | None = None, method: str | None = None) -> Json:
        """The answer to a question, or to a body that is posted."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: Json = json.loads(answer.read() or b"{}")
            return found

    def status(self, path: str, body: Json | None = None, method: str | None = None) -> int:
        """The status of the answer."""
        try:
            self.ask(path, body, method)
        except urllib.error.HTTPError as refused:
            return refused.code
        return 200

    def begun(self, dag: str, **conf: str) -> str:
        """The path of a run that was triggered now."""
        given = {"logical_date": None, "conf": conf}
        run = self.ask(f"/api/v2/dags/{dag}/dagRuns", given)
        return f"/api/v2/dags/{dag}/dagRuns/{run['dag_run_id']}"

    def ended(self, run: str) -> str:
        """How a run ended, once it has."""
        return str(self.until(run, lambda found: found["state"] in {"success", "failed"})["state"])

    def asked(self, run: str) -> Json:
        """The question a run puts, once it does, and a person could have read it."""
        path = f"{run}/hitlDetails"
        found = self.until(path, lambda found: found["total_entries"] > 0)["hitl_details"][0]
        time.sleep(SECONDS_TO_READ)
        return dict(found)

    def answers(self, run: str, chosen: str, reason: str | None = None) -> int:
        """Answer the question of a run; gives the status of the reply."""
        given = {
            "chosen_options": [chosen],
            "params_input": {"reason": reason, "exceptions": None},
        }
        return self.status(f"{run}/taskInstances/approve/-1/hitlDetails", given, "PATCH")

    def until(self, path: str, is_so: Callable[[Json], bool]) -> Json:
        """What is found there once it is so."""
        give_up_at = time.monotonic() + SECONDS
        while not is_so(found := self.ask(path)):
            assert time.monotonic() < give_up_at, f"{path} is still {found}"
            time.sleep(1)
        return found
