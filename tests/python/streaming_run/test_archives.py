"""Archives that jobs share are those of the folder's present content."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.python.streaming_run import archives
from tests.python.streaming_run.archives import kept_archive


@pytest.fixture(autouse=True)
def new_process() -> None:
    """Every process looks once at each folder; each test here is one."""
    kept_archive.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "client"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "one.class").write_bytes(b"1")
    (folder / "two.class").write_bytes(b"2")
    return folder


def contents(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_keeps_every_file_by_its_name_and_nothing_beside_the_archive(
    folder: Path, tmp_path: Path
) -> None:
    archive = kept_archive(folder, tmp_path / "store")
    assert contents(archive) == {"inner/one.class": b"1", "two.class": b"2"}
    assert list((tmp_path / "store").iterdir()) == [archive]


def test_another_process_writes_nothing_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = kept_archive(folder, tmp_path / "store")
    kept_archive.cache_clear()
    monkeypatch.delattr(archives, "write_archive")
    assert kept_archive(folder, tmp_path / "store") == archive


@pytest.mark.parametrize(
    ("name", "content"), [("two.class", b"3"), ("three.class", b""), ("inner/two.class", b"2")]
)
def test_other_content_is_another_archive(
    name: str, content: bytes, folder: Path, tmp_path: Path
) -> None:
    before = kept_archive(folder, tmp_path / "store")
    kept_archive.cache_clear()
    (folder / name).write_bytes(content)
    after = kept_archive(folder, tmp_path / "store")
    assert after != before
    assert contents(after)[name] == content
    assert name not in contents(before) or contents(before)[name] != content


def test_a_process_that_died_while_it_wrote_leaves_no_half_archive(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(archive: Path, files: object) -> Path:
        archive.write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archives, "write_archive", dies)
        with pytest.raises(KeyboardInterrupt):
            kept_archive(folder, tmp_path / "store")
    assert contents(kept_archive(folder, tmp_path / "store")) == {
        "inner/one.class": b"1",
        "two.class": b"2",
    }
