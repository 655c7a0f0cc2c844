"""The compose file comes up in every profile; in each, a month becomes the same release."""

from __future__ import annotations

import hashlib
import re

import pytest

from tasks.settings import PROJECT
from tests.compose.month import BULLETIN, PACK, Month

pytestmark = [pytest.mark.compose, pytest.mark.timeout(2400)]

MANIFEST = re.compile(r"manifest\.json$")


@pytest.fixture(params=["default", "celery", "s3"])
def month(request: pytest.FixtureRequest) -> Month:
    """A profile's month."""
    found: Month = request.getfixturevalue(request.param)
    return found


def test_every_component_is_healthy_and_every_dag_is_read(month: Month) -> None:
    assert month.broken == []
    assert {part: told["status"] for part, told in month.health.items()} == dict.fromkeys(
        ("metadatabase", "scheduler", "triggerer", "dag_processor"), "healthy"
    )


def test_the_pack_and_the_bulletins_are_made(month: Month) -> None:
    assert month.states == {PACK: "success", BULLETIN: "success"}


def test_an_approver_of_another_council_is_turned_away_and_its_own_is_heard(month: Month) -> None:
    assert (month.stranger, month.approver) == (403, 200)


def test_the_log_of_a_task_is_on_the_pages(month: Month) -> None:
    assert "Could not read served logs" not in month.log
    assert "northmere" in month.log


def test_everybody_has_their_mail_once(month: Month) -> None:
    letters = [
        (mail["to"][0]["address"], mail["subject"], mail["messageId"]) for mail in month.mails
    ]
    assert len(letters) == len(set(letters))
    packs = {to for to, subject, _ in letters if "March 2024" in subject}
    assert "adjoa.osei@northmere.invalid" in packs


def test_the_portal_is_there(month: Month) -> None:
    assert [name for name in month.portal if name.endswith("index.html")]


def test_the_releases_are_the_same_in_every_profile(month: Month, default: Month) -> None:
    there, first = (
        {name: sha for name, sha in one.released.items() if not MANIFEST.search(name)}
        for one in (month, default)
    )
    assert {name.rpartition(".")[2] for name in first} >= {"xlsx", "html", "csv"}
    assert there == first


def test_the_pack_is_the_one_that_is_shown(month: Month) -> None:
    """The committed sample was made without a container; a PDF may differ with its library."""
    shown = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (PROJECT / "docs/sample/northmere/monthly_pack").iterdir()
        if file.suffix in {".xlsx", ".html", ".csv"}
    }
    made = {
        name.rpartition("/")[2]: sha
        for name, sha in month.released.items()
        if "/monthly_pack/2024-03/managers/" in name
    }
    assert len(shown) >= 5
    assert {name: made.get(name) for name in shown} == shown


def test_nothing_but_init_has_ended(month: Month) -> None:
    ended = {one["Service"] for one in month.containers.values() if one["State"] != "running"}
    assert ended == {"init"}
    assert {one["ExitCode"] for one in month.containers.values()} == {0}
