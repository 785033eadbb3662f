"""Looks names up in compiled classes: a name that no class holds is one that nobody reads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

_UTF8_TAG = b"\x01"


def held_constants(jars: Iterable[Path], names: Iterable[str]) -> set[str]:
    """Returns those names that some class of the jars holds as a string constant, whole.

    A class file keeps a string as a tag, two bytes of length and its bytes (Java Virtual Machine
    Specification, 4.4.7), so a longer name that begins the same is not taken for it.
    """
    wanted = {name: _constant(name) for name in names}
    held: set[str] = set()
    for jar in jars:
        with zipfile.ZipFile(jar) as archive:
            for entry in archive.namelist():
                if not entry.endswith(".class") or len(held) == len(wanted):
                    continue
                content = archive.read(entry)
                held.update(
                    name
                    for name, constant in wanted.items()
                    if name not in held and constant in content
                )
    return held


def _constant(name: str) -> bytes:
    encoded = name.encode()
    return _UTF8_TAG + len(encoded).to_bytes(2, "big") + encoded
