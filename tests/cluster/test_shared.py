"""Workers that share no folder make the release one machine makes, and keep nothing of it."""

from __future__ import annotations

import pytest

from tests.cluster.cluster import Cluster

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(1200)]


def test_a_bulletin_is_released_by_workers_that_share_no_folder(taken_in: Cluster) -> None:
    taken_in.done("northmere__weekly_bulletin", period="2024-W14")
    assert len(taken_in.post.taken) > 10
