"""Archives of files, as spark-submit takes them."""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yields every file below a folder and its name in an archive of the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, str(path.relative_to(folder))


def write_archive(archive: Path, files: Iterable[tuple[Path, str]]) -> Path:
    """Writes files, each under its name, and returns the archive."""
    with zipfile.ZipFile(archive, "w") as file:
        for path, name in files:
            file.write(path, name)
    return archive


@functools.cache
def kept_archive(folder: Path, store: Path) -> Path:
    """Returns an archive of a folder, written unless the store has one of the same content.

    For a folder of thousands of files that does not change while this process runs.

    Args:
        folder: What is archived; the archive's name begins with its name.
        store: Keeps the archives, for other processes, too.
    """
    files = list(files_below(folder))
    archive = store / f"{folder.name}-{_digest(files)}.jar"
    if not archive.exists():
        store.mkdir(parents=True, exist_ok=True)
        # Others may write the same at once: whoever is last puts an equal one in its place.
        with tempfile.TemporaryDirectory(dir=store) as draft:
            os.replace(write_archive(Path(draft, archive.name), files), archive)
    return archive


def _digest(files: Iterable[tuple[Path, str]]) -> str:
    digest = hashlib.sha256()
    for path, name in files:
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
