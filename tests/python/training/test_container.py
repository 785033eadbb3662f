from __future__ import annotations

from pathlib import Path

import pytest
from model_training.container import read_training_container
from model_training.distribution import cluster_specification, is_chief
from model_training.problems import InputError

COMPLETE = {
    "SM_CHANNEL_TRAIN": "/t",
    "SM_CHANNEL_VALIDATION": "/v",
    "SM_CHANNEL_MANIFEST": "/d",
    "SM_MODEL_DIR": "/m",
}


def test_reads_one_host() -> None:
    container = read_training_container(
        {**COMPLETE, "SM_HOSTS": '["algo-1"]', "SM_CURRENT_HOST": "algo-1"}
    )
    assert (container.train, container.validation) == (Path("/t"), Path("/v"))
    assert (container.manifest, container.model) == (Path("/d"), Path("/m"))
    assert container.hosts == ("algo-1",)
    assert container.current_host == "algo-1"


def test_needs_no_hosts() -> None:
    assert read_training_container(COMPLETE).hosts == ()


def test_names_all_missing_variables() -> None:
    with pytest.raises(InputError) as caught:
        read_training_container({"SM_HOSTS": "algo-1"})
    assert str(caught.value) == (
        "The training container's environment is incomplete: "
        "SM_CHANNEL_TRAIN is not set (is the channel missing?); "
        "SM_CHANNEL_VALIDATION is not set (is the channel missing?); "
        "SM_CHANNEL_MANIFEST is not set (is the channel missing?); "
        "SM_MODEL_DIR is not set; "
        "SM_HOSTS must be a JSON list of host names, received 'algo-1'."
    )


@pytest.mark.parametrize("hosts", ['{"a": 1}', "[1]", '[""]'])
def test_refuses_a_value_that_is_not_a_list_of_hosts(hosts: str) -> None:
    with pytest.raises(InputError, match="SM_HOSTS must be a JSON list of host names"):
        read_training_container({**COMPLETE, "SM_HOSTS": hosts})


def test_refuses_a_host_outside_the_cluster() -> None:
    with pytest.raises(InputError) as caught:
        read_training_container(
            {**COMPLETE, "SM_HOSTS": '["algo-1", "algo-2"]', "SM_CURRENT_HOST": "algo-3"}
        )
    assert "SM_CURRENT_HOST must be one of algo-1, algo-2, received 'algo-3'" in str(caught.value)


def test_every_host_derives_the_same_cluster() -> None:
    hosts = ("algo-2", "algo-1", "algo-3")
    assert cluster_specification(hosts, "algo-2") == {
        "cluster": {"worker": ["algo-1:2222", "algo-2:2222", "algo-3:2222"]},
        "task": {"type": "worker", "index": 1},
    }
    assert cluster_specification(hosts[::-1], "algo-1") == {
        "cluster": {"worker": ["algo-1:2222", "algo-2:2222", "algo-3:2222"]},
        "task": {"type": "worker", "index": 0},
    }


def test_one_host_writes_the_model() -> None:
    assert is_chief((), "")
    assert is_chief(("algo-1",), "algo-1")
    assert is_chief(("algo-2", "algo-1"), "algo-1")
    assert not is_chief(("algo-2", "algo-1"), "algo-2")
