"""What a person or a script sees of a running stack: Airflow's REST API and the mail catcher."""

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

SECONDS_TO_FINISH = 420


def fetched(url: str, body: object = None, method: str | None = None, token: str = "") -> Any:
    """What an address answers, as JSON."""
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"}
        | ({"Authorization": f"Bearer {token}"} if token else {}),
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


@dataclass(frozen=True)
class Served:
    """Airflow's REST API, as somebody who logged in."""

    address: str
    token: str

    @classmethod
    def log_in(cls, address: str, name: str, password: str) -> Served:
        """Log in by name and password, as the web pages do."""
        given = {"username": name, "password": password}
        return cls(address, fetched(f"{address}/auth/token", given)["access_token"])

    def ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        """The answer to a question, or to a body that is sent."""
        return fetched(f"{self.address}/api/v2/{path}", body, method, self.token)

    def status(self, path: str, body: object = None, method: str | None = None) -> int:
        """The status of an answer."""
        try:
            self.ask(path, body, method)
        except urllib.error.HTTPError as refused:
            return refused.code
        return 200

    def begun(self, dag: str, logical_date: str | None = None, **conf: str) -> dict[str, Any]:
        """A run that was triggered of a DAG that was switched on."""
        self.ask(f"dags/{dag}", {"is_paused": False}, "PATCH")
        run: dict[str, Any] = self.ask(
            f"dags/{dag}/dagRuns", {"logical_date": logical_date, "conf": conf}
        )
        return run

    def ended(self, run: dict[str, Any]) -> dict[str, Any]:
        """The run when it has ended."""
        ended = self.until(_path(run), lambda found: found["state"] in {"success", "failed"})
        if ended["state"] == "failed":
            ended["tasks"] = self.tasks(run)
        return ended

    def run(self, dag: str, logical_date: str | None = None, **conf: str) -> dict[str, Any]:
        """A run that was triggered, when it has ended."""
        return self.ended(self.begun(dag, logical_date, **conf))

    def tasks(self, run: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The tasks of a run by name: state, tries, where they ran."""
        found = self.ask(f"{_path(run)}/taskInstances")["task_instances"]
        return {one["task_id"]: one for one in found}

    def log(self, run: dict[str, Any], task: str, attempt: int) -> str:
        """What the pages show of a task's log."""
        return json.dumps(self.ask(f"{_path(run)}/taskInstances/{task}/logs/{attempt}"))

    def question(self, run: dict[str, Any]) -> dict[str, Any]:
        """What the run asks a person, once it does, and a person could have read it."""
        asked: dict[str, Any] = self.until(
            f"{_path(run)}/hitlDetails", lambda found: found["total_entries"] > 0
        )
        time.sleep(SECONDS_TO_READ)
        return asked["hitl_details"][0]

    def answer(self, run: dict[str, Any], chosen: str, reason: str) -> int:
        """Answer the approval of a run; gives the status of the reply."""
        return self.status(
            f"{_path(run)}/taskInstances/approve/-1/hitlDetails",
            {"chosen_options": [chosen], "params_input": {"reason": reason, "exceptions": None}},
            "PATCH",
        )

    def until(self, path: str, is_so: Callable[[Any], bool], seconds: float = 0) -> Any:
        """What is found there once it is so."""
        give_up_at = time.monotonic() + (seconds or SECONDS_TO_FINISH)
        while True:
            try:
                if is_so(found := self.ask(path)):
                    return found
            except (urllib.error.URLError, ConnectionError, TimeoutError) as away:
                found = away
            assert time.monotonic() < give_up_at, f"{path} is still {found}"
            time.sleep(1)


def _path(run: dict[str, Any]) -> str:
    return f"dags/{run['dag_id']}/dagRuns/{run['dag_run_id']}"
