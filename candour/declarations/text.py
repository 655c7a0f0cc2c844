"""YAML as people write it: a key stands once, ``no`` is a word, and every part knows its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable
from dataclasses import dataclass

import yaml

from candour.declarations.wording import Path, place
from candour.errors import ConfigurationError

# libyaml's parser is many times quicker; it is part of every wheel of PyYAML, though not of every
# build from source.
_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# libyaml's tree is made by a function that calls itself: without a limit, a text of nothing but
# brackets ends the process, and with it the DAGs of every other council.
_NESTING = ("[", "{", "- ", "? ", ":")
_MOST_NESTING = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """A file's content, and the tree that knows on which line each part of it stands."""

    file: str
    value: object
    tree: yaml.Node

    def place(self, path: Path) -> str:
        """Where a part of the file is, with its line."""
        return place(self.file, *path, line=_line(self.tree, path))


class _Loader(_SafeLoader):  # type: ignore[valid-type, misc]
    """Safe YAML in which a key may stand once and only ``true`` and ``false`` are truth values."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if isinstance(key_node, yaml.ScalarNode):
                if key_node.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"'{key_node.value}' is written twice", key_node.start_mark
                    )
                seen.add(key_node.value)
        made: dict[Hashable, object] = super().construct_mapping(node, deep=deep)
        return made


_PLAIN = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    "float": (r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "timestamp": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    "merge": (r"<<", "<"),
}
for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def _construct_day(loader: _Loader, node: yaml.ScalarNode) -> dt.date | str:
    """A day; a text that looks like one and is none stays a text, for the model to object to."""
    try:
        return dt.date.fromisoformat(node.value)
    except ValueError:
        return str(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _construct_day)


def read_yaml(text: str, file: str) -> Written:
    """What a YAML text says.

    Raises:
        ConfigurationError: the text is empty, no YAML or too deeply nested, or names something
            twice.
    """
    if sum(map(text.count, _NESTING)) > _MOST_NESTING:
        raise ConfigurationError(f"{file} is longer or more deeply nested than any declaration is.")
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise ConfigurationError(f"{file} is empty; it must hold the declaration.")
        return Written(file, loader.construct_document(node), node)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = None if mark is None else mark.line + 1
        raise ConfigurationError(
            f"{place(file, line=line)}: the text cannot be read as YAML: {wrong.problem}."
        ) from None
    except (yaml.YAMLError, ValueError) as wrong:
        raise ConfigurationError(f"{file}: the text cannot be read as YAML: {wrong}.") from None


def _line(node: yaml.Node, path: Path) -> int:
    line = int(node.start_mark.line)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if str(step) not in pairs:
                break
            key, node = pairs[str(step)]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
    return line + 1
