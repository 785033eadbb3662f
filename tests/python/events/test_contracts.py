from __future__ import annotations

from pathlib import Path

import pytest

from local.events import contracts


def test_the_local_stack_names_its_workload() -> None:
    assert contracts.workload_contract(contracts.stack_workload()).workload == "sentiment"


def test_says_that_a_stack_has_no_workload(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.joinpath("Pulumi.mine.yaml").write_text(
        "config:\n  aws:region: us-east-1\n  # streaming-ml:workload: no\n"
    )
    monkeypatch.setattr(contracts, "REPOSITORY", tmp_path)
    with pytest.raises(ValueError, match=r"Pulumi.mine.yaml has no line `streaming-ml:workload: N"):
        contracts.stack_workload("mine")
