"""Settings from the container's environment variables."""

from __future__ import annotations

import pytest

from local.model_server.settings import Settings, SettingsError, read_settings


def test_defaults_follow_the_cores() -> None:
    assert read_settings({}, cores=3) == Settings(
        batching=True,
        max_batch_size=64,
        batch_timeout_micros=1000,
        batch_threads=3,
        max_enqueued_batches=32,
    )


def test_the_names_are_those_of_the_container() -> None:
    environment = {
        "SAGEMAKER_TFS_ENABLE_BATCHING": "False",
        "SAGEMAKER_TFS_MAX_BATCH_SIZE": "1",
        "SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS": "0",
        "SAGEMAKER_TFS_NUM_BATCH_THREADS": "4",
        "SAGEMAKER_TFS_MAX_ENQUEUED_BATCHES": "1",
    }
    assert read_settings(environment, cores=1) == Settings(False, 1, 0, 4, 1)


def test_every_unusable_value_is_reported_at_once() -> None:
    environment = {
        "SAGEMAKER_TFS_ENABLE_BATCHING": "yes",
        "SAGEMAKER_TFS_MAX_BATCH_SIZE": "0",
        "SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS": "-1",
        "SAGEMAKER_TFS_NUM_BATCH_THREADS": "two",
    }
    with pytest.raises(SettingsError) as caught:
        read_settings(environment, cores=1)
    assert str(caught.value) == (
        "SAGEMAKER_TFS_MAX_BATCH_SIZE must be a whole number of at least 1. Received: '0'. "
        "SAGEMAKER_TFS_BATCH_TIMEOUT_MICROS must be a whole number of at least 0."
        " Received: '-1'. "
        "SAGEMAKER_TFS_NUM_BATCH_THREADS must be a whole number of at least 1."
        " Received: 'two'. "
        "SAGEMAKER_TFS_ENABLE_BATCHING must be true or false. Received: 'yes'."
    )
