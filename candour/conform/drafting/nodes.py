"""Nodes: a part of a YAML document to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

Node = str | int | Sequence["Node"] | Mapping[str, "Node"] | Mapping[int, "Node"]


def written(document: Mapping[str, Node], remarks: Sequence[str]) -> str:
    """A YAML text with remarks above it."""
    above = "".join(f"# {remark}\n" for remark in remarks)
    body = yaml.safe_dump(
        document, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None
    )
    return f"{above}\n{body}" if above else str(body)
