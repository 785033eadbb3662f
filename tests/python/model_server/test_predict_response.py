"""Output tensors to bodies, byte for byte."""

from __future__ import annotations

import numpy as np
import pytest

from local.model_server.errors import ServingError
from local.model_server.predict_response import format_predict_response
from local.model_server.signature import Tensors

LABELS = np.array([b"positive", "négative".encode()], dtype=object)
SCORES = np.array([[0.2, 1.0, 1 / 3], [0.0, 0.25, 1e-7]], dtype=np.float32)


def test_several_outputs_become_an_object_per_instance_with_short_floats() -> None:
    body = format_predict_response({"label": LABELS, "scores": SCORES}, row=True)
    assert body.decode() == (
        '{"predictions": [{"label": "positive", "scores": [0.2, 1.0, 0.333333343]},'
        ' {"label": "négative", "scores": [0.0, 0.25, 1e-07]}]}'
    )


def test_one_output_becomes_a_bare_value_per_instance() -> None:
    assert format_predict_response({"label": LABELS}, row=True) == (
        '{"predictions": ["positive", "négative"]}'.encode()
    )


def test_columnar_form_keeps_the_columns() -> None:
    body = format_predict_response({"label": LABELS, "n": np.array([1, 2])}, row=False)
    assert body.decode() == '{"outputs": {"label": ["positive", "négative"], "n": [1, 2]}}'


def test_columnar_form_of_one_output_is_the_bare_column() -> None:
    assert format_predict_response({"n": np.int64(3)}, row=False) == b'{"outputs": 3}'  # type: ignore[dict-item]


def test_an_output_named_bytes_is_base64() -> None:
    body = format_predict_response({"image_bytes": np.array([b"\x00\xff"], object)}, row=True)
    assert body == b'{"predictions": [{"b64": "AP8="}]}'


@pytest.mark.parametrize(
    "outputs",
    [
        {"next": np.array(3)},
        {"a": np.array([1]), "b": np.array([1, 2])},
    ],
)
def test_row_form_needs_one_output_per_instance(outputs: Tensors) -> None:
    with pytest.raises(ServingError) as caught:
        format_predict_response(outputs, row=True)
    assert caught.value.status == 400
    assert caught.value.message == (
        "Outputs are not one per instance; ask with 'inputs' (columnar form) instead."
    )
