"""The run state's files as one tar stream, out of a folder or a bucket, and back into it."""

from __future__ import annotations

import io
import os
import posixpath
import sys
import tarfile

import fsspec


def main() -> int:
    """``backup`` writes the stream to standard output, ``restore`` reads it from standard input."""
    files, root = fsspec.core.url_to_fs(os.environ["CANDOUR_HOME"])
    if sys.argv[1:] == ["backup"]:
        count = backup(files, root)
    elif sys.argv[1:] == ["restore"]:
        count = restore(files, root)
    else:
        print("usage: state.py backup|restore", file=sys.stderr)  # noqa: T201
        return 2
    print(f"{count} files", file=sys.stderr)  # noqa: T201
    return 0


def backup(files: fsspec.AbstractFileSystem, root: str) -> int:
    """Write every file below the root; gives how many."""
    count = 0
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=tarfile.PAX_FORMAT) as stream:
        for count, path in enumerate(sorted(files.find(root)), start=1):  # noqa: B007
            content = files.cat_file(path)
            entry = tarfile.TarInfo(posixpath.relpath(path, root))
            entry.size, entry.mode = len(content), 0o440
            stream.addfile(entry, io.BytesIO(content))
    return count


def restore(files: fsspec.AbstractFileSystem, root: str) -> int:
    """Put every file of the stream below the root, where nothing may be yet; gives how many.

    What is there already would be mixed with what was then, so it is refused.
    """
    if files.exists(root) and files.find(root):
        print(f"{root} is not empty. Restore into an empty place.", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    count = 0
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as stream:
        for entry in stream:
            content = stream.extractfile(entry)
            if content is None or entry.name.startswith("/") or ".." in entry.name.split("/"):
                print(f"{entry.name} is not of a backup.", file=sys.stderr)  # noqa: T201
                sys.exit(2)
            target = posixpath.join(root, entry.name)
            files.makedirs(posixpath.dirname(target), exist_ok=True)
            files.pipe_file(target, content.read())
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(main())
