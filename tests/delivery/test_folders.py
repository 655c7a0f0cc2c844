"""A tree reaches a folder or a bucket whole, is not written twice, and harms nothing of others'."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from candour.errors import CandourError
from candour.period import Period
from tasks import declared
from tasks.build import build
from tasks.compute_kpis import compute_kpis
from tasks.deliver import deliver
from tasks.extract import extract
from tasks.folders import RECORD, deliver_folder
from tasks.publish import publish
from tasks.settings import Settings
from tasks.store import Store
from tasks.validate import validate
from tests.conftest import LANDED_ON, RELEASED_AT
from tests.delivery.object_storage import BUCKET, object_storage
from tests.delivery.servers import fussy, settings_for

SOURCE = "portal/northmere/public"
TREE = {
    "index.html": b"<a href=pack/2024-03/v1/report.pdf>",
    "pack/2024-03/v1/manifest.json": b"{}",
    "pack/2024-03/v1/report.pdf": b"%PDF",
    "pack/2024-03/v1/figures.xlsx": b"PK",
}


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with object_storage(tmp_path_factory.mktemp("s3") / "server") as reached:
        yield reached


@pytest.fixture
def reachable(bucket: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in bucket.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(params=["folder", "bucket"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the public's files go: a folder of this machine, and a bucket."""
    if request.param == "folder":
        return f"file://{tmp_path}/share/complaints"
    request.getfixturevalue("reachable")
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture
def here(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A store that holds the tree, and a council that wants it at the URL."""
    home = settings_for(tmp_path / "home")
    lay(home, TREE)
    wants(monkeypatch, home, url)
    return home


def wants(monkeypatch: pytest.MonkeyPatch, home: Settings, url: str) -> None:
    """Northmere wants what is its public's, and its managers', at a URL."""
    council = declared.council(home, "northmere")
    folders = {"public": url, "managers": url}
    delivery = council.profile.delivery.model_copy(update={"folders": folders})
    profile = council.profile.model_copy(update={"delivery": delivery})
    monkeypatch.setattr(declared, "council", lambda *_: replace(council, profile=profile))


def lay(home: Settings, tree: dict[str, bytes]) -> None:
    store = Store(home.home)
    for name in set(store.names(SOURCE)) - {f"{SOURCE}/{name}" for name in tree}:
        store.remove(name)
    for name, content in tree.items():
        store.write(f"{SOURCE}/{name}", content)


def go(here: Settings, source: str = SOURCE, audience: str = "public") -> list[str]:
    return deliver_folder(here, "northmere", audience, source)


def found(url: str) -> dict[str, bytes]:
    """What a reader finds, read without our code."""
    files, root = fsspec.core.url_to_fs(url)
    files.invalidate_cache()
    if not files.exists(root):
        return {}
    names = (path.removeprefix(f"{root}/") for path in files.find(root))
    return {name: files.cat_file(f"{root}/{name}") for name in names if not name.endswith(RECORD)}


def test_the_tree_is_copied_and_what_leads_to_files_goes_last(here: Settings, url: str) -> None:
    written = go(here)
    assert found(url) == TREE
    assert written[-2:] == ["pack/2024-03/v1/manifest.json", "index.html"]


def test_nothing_is_written_twice(
    here: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(here)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", lambda *_: pytest.fail("it was written again"))
        assert go(here) == []
    lay(here, {**TREE, "index.html": b"<a href=other>"})
    assert go(here) == ["index.html"]
    assert found(url)["index.html"] == b"<a href=other>"


def test_ours_that_are_gone_are_taken_away_and_others_files_stay(here: Settings, url: str) -> None:
    files, root = fsspec.core.url_to_fs(url)
    files.makedirs(root, exist_ok=True)
    files.pipe_file(f"{root}/minutes.txt", b"somebody's")
    go(here)
    lay(here, {"index.html": b"<p>none"})
    go(here)
    assert found(url) == {"index.html": b"<p>none", "minutes.txt": b"somebody's"}


def test_a_file_of_somebody_elses_is_not_written_over(here: Settings, url: str) -> None:
    files, root = fsspec.core.url_to_fs(url)
    files.makedirs(root, exist_ok=True)
    files.pipe_file(f"{root}/index.html", b"their own site")
    with pytest.raises(CandourError, match=r"index\.html was there before and is not ours"):
        go(here)
    assert found(url) == {"index.html": b"their own site"}


def test_stopped_anywhere_no_page_leads_nowhere_and_the_next_run_ends_it(
    here: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(here)
    new = {
        "index.html": b"<a href=pack/2024-03/v2/report.pdf>",
        "pack/2024-03/v2/report.pdf": b"%PDF-2",
        "pack/2024-03/v2/figures.xlsx": b"PK-2",
    }
    steps = 0
    for stop in range(20):
        lay(here, TREE)
        go(here)
        lay(here, new)
        left = [stop]

        def stepping(step: object, left: list[int] = left) -> object:
            def stepped(store: Store, *given: object) -> None:
                if left[0] == 0:
                    raise OSError(28, "No space left on device")
                left[0] -= 1
                step(store, *given)  # type: ignore[operator]

            return stepped

        with monkeypatch.context() as patched:
            for name in ("write", "remove"):
                patched.setattr(Store, name, stepping(getattr(Store, name)))
            try:
                go(here)
            except CandourError as told:
                assert "No space left on device" in str(told)  # noqa: PT017
                steps += 1
            else:
                break
        between = found(url)
        leads_to = between["index.html"].decode().removeprefix("<a href=").removesuffix(">")
        assert leads_to in between
        go(here)
        assert found(url) == new
    assert steps == 8  # two records, three files, and three of the old ones taken away


def test_what_lies_below_the_audience_is_a_folder_below_its_own(here: Settings, url: str) -> None:
    Store(here.home).write("portal/northmere/managers/p_osei/index.html", b"yours")
    go(here, "portal/northmere/managers/p_osei", "managers")
    assert found(url) == {"p_osei/index.html": b"yours"}


def test_an_audience_without_a_folder_gets_none(here: Settings, url: str) -> None:
    assert go(here, audience="members") == []
    assert found(url) == {}


@pytest.mark.parametrize("nowhere", ["file:///proc/nowhere", f"s3://{BUCKET}/portal"])
def test_a_folder_that_cannot_be_written_is_a_sentence(
    nowhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = settings_for(tmp_path / "home")
    lay(home, TREE)
    wants(monkeypatch, home, nowhere)
    s3 = {
        "endpoint_url": "http://127.0.0.1:1",
        **{"key": "key", "secret": "secret"},
        "config_kwargs": {"retries": {"max_attempts": 0}},
    }
    monkeypatch.setitem(fsspec.config.conf, "s3", s3)
    with pytest.raises(CandourError, match=r"The folder for 'public' .* could not be written"):
        go(home)


@pytest.mark.gate
def test_a_bulletin_is_made_and_sent_with_the_whole_run_state_in_a_bucket(
    reachable: None, tmp_path: Path
) -> None:
    with fussy() as (smtp, server):
        database = f"sqlite:///{tmp_path}/candour.db"
        here = settings_for(tmp_path, smtp, CANDOUR_DATABASE=database)
        here = replace(here, home=f"s3://{BUCKET}/var")
        validate(here, "northmere", extract(here, "northmere", LANDED_ON).id)
        week = Period.parse("2024-W14")
        draft = build(here, compute_kpis(here, "northmere", "weekly_bulletin", week))
        release = publish(here, draft, released_at=RELEASED_AT)
        later = RELEASED_AT + dt.timedelta(hours=1)
        posted = deliver(here, release.folder, now=later)
    assert len(posted.sent) == len(server.names) >= 12
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".eml"]
