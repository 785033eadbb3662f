"""Which files a state has, how long they stay, and what is said when one is missing or broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.python.spark.state_store import Provider, refused


def names(deltas: range, *segments: int) -> set[str]:
    return {f"{version}.delta" for version in deltas} | {f"{at}.segment" for at in segments}


def filled(
    spark: SparkSession,
    folder: Path,
    versions: int,
    lifetime: int,
    segment_interval: int | None = 4,
    retain: int = 3,
) -> Provider:
    """A state to which each version adds one key, which expires `lifetime` versions later."""
    provider = Provider(spark, folder, segment_interval, retain)
    for version in range(versions):
        provider.add(version, (version, 0), expires_at=version, watermark=version - lifetime)
    return provider


def lived(version: int, lifetime: int) -> list[tuple[tuple[int, int], int]]:
    return [((one, 0), one) for one in range(max(0, version - lifetime), version)]


def test_each_commit_writes_its_keys_and_some_a_segment(
    spark: SparkSession, tmp_path: Path
) -> None:
    provider = filled(spark, tmp_path, 9, lifetime=6)
    assert provider.files() == names(range(1, 10), 4, 8)
    header, key_and_run, checksum = 72, 32, 4
    sizes = {file: (provider.folder / file).stat().st_size for file in provider.files()}
    deltas = {sizes[f"{version}.delta"] for version in range(1, 10)}
    assert deltas == {header + key_and_run + checksum}
    assert sizes["4.segment"] == header + 4 * key_and_run + checksum


def test_a_segment_has_no_removed_key(spark: SparkSession, tmp_path: Path) -> None:
    provider = filled(spark, tmp_path, 8, lifetime=1)
    assert (provider.folder / "8.segment").stat().st_size == 72 + 32 + 4
    assert provider.content(8) == lived(8, 1)


def test_without_settings_every_64th_version_writes_a_segment(
    spark: SparkSession, tmp_path: Path
) -> None:
    provider = filled(spark, tmp_path, 65, lifetime=3, segment_interval=None)
    assert provider.files() == names(range(1, 66), 64)


def test_the_interval_between_segments_may_change(spark: SparkSession, tmp_path: Path) -> None:
    version = 0
    for interval in (3, 5, 2):
        provider = Provider(spark, tmp_path, interval)
        for _ in range(6):
            version = provider.add(version, (version, 0))
    segments = {name for name in provider.files() if name.endswith(".segment")}
    assert segments == {f"{number}.segment" for number in (3, 6, 11, 13, 15, 17)}
    expected = [((number, 0), 100) for number in range(18)]
    assert [provider.content(number) for number in range(19)] == [
        expected[:number] for number in range(19)
    ]


@pytest.mark.parametrize(
    ("versions", "lifetime", "kept"),
    [
        # Fewer versions than are retained.
        (3, 0, names(range(1, 4))),
        # The oldest retained version, 2, needs every delta from the start.
        (4, 0, names(range(1, 5), 4)),
        # Version 4 is loaded from its segment; its delta says what was removed.
        (6, 6, names(range(4, 7), 4)),
        # Version 7 needs the deltas since the segment, whose keys it has forgotten but for one.
        (9, 4, names(range(5, 10), 4, 8)),
        (9, 3, names(range(5, 10), 8)),
        # Version 18 has keys of two segments besides its deltas.
        (20, 8, names(range(17, 21), 12, 16, 20)),
        (20, 2, names(range(17, 21), 20)),
    ],
)
def test_maintenance_deletes_exactly_what_no_retained_version_needs(
    spark: SparkSession, tmp_path: Path, versions: int, lifetime: int, kept: set[str]
) -> None:
    provider = filled(spark, tmp_path, versions, lifetime)
    (provider.folder / "_metadata").mkdir()
    provider.java.doMaintenance()
    assert provider.files() == kept | {"_metadata"}
    for version in range(max(0, versions - 2), versions + 1):
        assert provider.content(version) == lived(version, lifetime)


def test_every_file_that_is_kept_is_needed(spark: SparkSession, tmp_path: Path) -> None:
    provider = filled(spark, tmp_path, 20, lifetime=8)
    provider.java.doMaintenance()
    for name in provider.files() - {"20.segment"}:
        hidden = (provider.folder / name).rename(tmp_path / name)
        with refused("is missing"):
            for version in (18, 19, 20):
                provider.content(version)
        hidden.rename(provider.folder / name)


def test_the_version_before_the_newest_is_always_kept(spark: SparkSession, tmp_path: Path) -> None:
    provider = filled(spark, tmp_path, 8, lifetime=9, retain=1)
    provider.java.doMaintenance()
    assert provider.content(7) == lived(7, 9)
    assert provider.files() == names(range(5, 9), 4, 8)


def test_maintenance_can_follow_each_commit(spark: SparkSession, tmp_path: Path) -> None:
    provider = Provider(spark, tmp_path)
    for version in range(30):
        store = provider.store(version)
        provider.java.doMaintenance()
        store.put((version, 0), version)
        store.evict(version - 5)
        store.commit()
        provider.java.doMaintenance()
        for retained in range(max(0, version - 1), version + 2):
            assert provider.content(retained) == lived(retained, 5)


def test_maintenance_deletes_nothing_where_a_file_is_broken(
    spark: SparkSession, tmp_path: Path
) -> None:
    provider = filled(spark, tmp_path, 9, lifetime=6)
    (provider.folder / "7.delta").write_bytes(b"")
    provider.java.doMaintenance()
    assert provider.files() == names(range(1, 10), 4, 8)


def sentence(provider: Provider, version: int, name: str) -> str:
    """Returns the message between the file's name and the advice."""
    with refused() as refusal:
        provider.java.getStore(version)
    before, _, rest = refusal.text.partition(f"{provider.folder}/{name}: ")
    assert before == ("java.lang.IllegalStateException: The remembered keys cannot be loaded from ")
    problem, _, advice = rest.partition(". ")
    assert advice == (
        "Restart the job on a new checkpoint generation; it remembers no keys at first."
    )
    return problem


def overwrite(provider: Provider, name: str, content: bytes) -> None:
    """Writes a file, and removes the checksum Hadoop would find wrong first."""
    (provider.folder / name).write_bytes(content)
    (provider.folder / f".{name}.crc").unlink()


@pytest.mark.parametrize("name", ["7.delta", "5.delta", "4.segment"])
def test_a_missing_file_is_named(spark: SparkSession, tmp_path: Path, name: str) -> None:
    filled(spark, tmp_path, 7, lifetime=9)
    provider = Provider(spark, tmp_path)
    (provider.folder / name).unlink()
    assert sentence(provider, 7, name) == "the file is missing"


@pytest.mark.parametrize("name", ["7.delta", "5.delta", "4.segment"])
@pytest.mark.parametrize("place", ["header", "runs", "keys", "checksum"])
def test_a_changed_bit_is_noticed(
    spark: SparkSession, tmp_path: Path, name: str, place: str
) -> None:
    filled(spark, tmp_path, 7, lifetime=9)
    provider = Provider(spark, tmp_path)
    content = bytearray((provider.folder / name).read_bytes())
    content[{"header": 30, "runs": 79, "keys": -6, "checksum": -1}[place]] ^= 1
    overwrite(provider, name, bytes(content))
    problem = sentence(provider, 7, name)
    if place == "header":
        assert problem == "the checksum of its header is wrong"
    else:
        assert problem.startswith("it was expected to end with the checksum ")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda content: b"", "the file ends too early"),
        (lambda content: content[:-1], "the file ends too early"),
        (lambda content: content[:70], "the file ends too early"),
        (lambda content: content + b"\0", "it was expected to end with the checksum "),
        (
            lambda content: b"PAR1" + content[4:],
            "expected to start with 4558504b in format 1, but received 50415231 and 1",
        ),
        (
            lambda content: content[:4] + b"\0\0\0\2" + content[8:],
            "expected to start with 4558504b in format 1, but received 4558504b and 2",
        ),
    ],
)
def test_the_fault_of_a_file_is_named(
    spark: SparkSession, tmp_path: Path, change: object, problem: str
) -> None:
    assert callable(change)
    provider = filled(spark, tmp_path, 3, lifetime=9)
    overwrite(provider, "2.delta", change((provider.folder / "2.delta").read_bytes()))
    provider.java.close()
    assert sentence(provider, 3, "2.delta").startswith(problem)


def test_files_of_two_histories_do_not_mix(spark: SparkSession, tmp_path: Path) -> None:
    provider = filled(spark, tmp_path, 9, lifetime=20)
    provider.add(4, (7, 7), (8, 8))
    provider.java.close()
    assert sentence(provider, 7, "6.delta") == (
        "it was expected to start with key number 6, but starts with number 5"
    )
    provider.add(4)
    provider.java.close()
    assert sentence(provider, 7, "6.delta") == (
        "it was expected to start with key number 4, but starts with number 5"
    )
    provider.add(2, (7, 7), (8, 8), (9, 9))
    provider.add(3)
    provider.java.close()
    assert sentence(provider, 9, "4.segment") == (
        "it was expected to end before key number 4, but ends before number 5"
    )
    overwrite(provider, "2.delta", (provider.folder / "1.delta").read_bytes())
    assert sentence(provider, 3, "2.delta") == "its content belongs to a file named 1.delta"


def test_a_key_is_in_the_files_once(spark: SparkSession, tmp_path: Path) -> None:
    provider = filled(spark, tmp_path, 3, lifetime=20)
    provider.add(1, (2, 0))
    provider.java.close()
    assert sentence(provider, 3, "3.delta") == (
        "the key (2, 0) was expected only once, but is there twice"
    )
