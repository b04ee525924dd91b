"""Writes what the metrics of randomisation must give, in float64: `randomisation.answers.h5`.

The networks are those of `make-metric-answers-robustness.py`, the explanations gradient times input of the logits, summed over channels.
Layer `k` from the input on draws its weights anew from `RandomState(words[k])`, where `words` are those of `RandomState(11)`: every array
normal with mean zero and its own root mean square, rounded to float32, the kernel before the bias. Correlations are SciPy's, structural
similarities scikit-image's, entropies those of NumPy's histograms. `ssim` has the structural similarity of random maps.
Needs TensorFlow, SciPy and scikit-image.
"""

import argparse
import os

import numpy as np
from scipy.stats import entropy, pearsonr, spearmanr
from skimage.metrics import structural_similarity

from fixtures import keras_float64 as float64
from fixtures.metric_networks import NETWORKS, SEED, Network, rounded

SAMPLES = 6
NOISE = 0.1


def ssim(a, b):
    a, b = a / np.abs(a).max(), b / np.abs(b).max()
    both = np.concatenate([a.ravel(), b.ravel()])
    return structural_similarity(a, b, win_size=7, data_range=both.max() - both.min())


SIMILARITIES = {
    "spearman": lambda a, b: spearmanr(a.ravel(), b.ravel())[0], "pearson": lambda a, b: pearsonr(a.ravel(), b.ravel())[0],
    "ssim": ssim}


class Randomised:
    """The network with some layers drawn anew while the context lasts."""

    def __init__(self, network, chosen):
        self.layers = network.weighted()
        self.chosen = chosen

    def __enter__(self):
        self.kept = [layer.get_weights() for layer in self.layers]
        words = np.random.RandomState(SEED).randint(0, 2**32, len(self.layers), dtype=np.uint32)
        for index in self.chosen:
            random = np.random.RandomState(words[index])
            drawn = [
                rounded(np.sqrt(np.mean(array**2)) * random.standard_normal(array.shape)) for array in self.kept[index]]
            self.layers[index].set_weights(drawn)

    def __exit__(self, *_):
        for layer, weights in zip(self.layers, self.kept):
            layer.set_weights(weights)


def steps(order, count):
    if order == "top-down":
        return [range(count - 1 - k, count) for k in range(count)]
    if order == "bottom-up":
        return [range(k + 1) for k in range(count)]
    return [[k] for k in range(count)]


class Item:
    def __init__(self, network, index):
        self.network, self.x, self.target = network, network.items[index], network.targets[index]
        self.count = len(network.weighted())
        random = np.random.RandomState(SEED)
        noise = NOISE * (self.x.max() - self.x.min()) * random.standard_normal((SAMPLES - 1, *self.x.shape))
        self.copies = rounded(np.concatenate([self.x + noise, self.x[None]]))

    def map(self, chosen=(), target=None):
        with Randomised(self.network, chosen):
            return self.network.positions(self.x[None], self.target if target is None else target)[0]

    def smooth(self, chosen=()):
        with Randomised(self.network, chosen):
            return self.network.positions(self.copies, self.target).mean(0)

    def similarities(self, order, name, smooth=False):
        make = self.smooth if smooth else self.map
        own = np.abs(make())
        return np.array([SIMILARITIES[name](own, np.abs(make(chosen))) for chosen in steps(order, self.count)])

    def entropies(self):
        found = []
        for values in [self.map(), self.map(range(self.count))]:
            counts, edges = np.histogram(values, bins=30)
            distance = np.abs(values.ravel()[:, None] - edges[None, 1:-1]).min() / (edges[-1] - edges[0])
            assert distance > 2e-6, f"a value lies on an edge: {distance}"
            found.append(entropy(counts))
        return np.array(found)

    def random_logit(self):
        classes = self.network.logits(self.x[None]).shape[-1]
        others = [index for index in range(classes) if index != self.target]
        other = others[np.random.RandomState(SEED).randint(0, len(others))]
        return ssim(self.map().ravel(), self.map(target=other).ravel())


def random_maps():
    random = np.random.RandomState(5)
    answers = {}
    for extents in [(7,), (30,), (9, 8), (8, 7, 9)]:
        a = random.standard_normal(extents)
        b = a + random.standard_normal(extents)
        both = np.concatenate([a.ravel(), b.ravel()])
        name = "ssim/" + "x".join(map(str, extents))
        answers[f"{name}/maps"] = np.array([a.ravel(), b.ravel()])
        answers[f"{name}/value"] = np.array([structural_similarity(a, b, win_size=7, data_range=both.max() - both.min())])
    values = random.standard_normal((2, 500))
    values[1] = np.round(values[1] * 4)
    answers["histogram/values"] = values
    answers["histogram/entropy"] = np.array([entropy(np.histogram(row, bins=24)[0]) for row in values])
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Tests/ScoringTests/Resources"))
    folder = parser.parse_args().output
    answers = {"seed": np.array([SEED], "int64"), **random_maps()}
    for name in NETWORKS:
        network = Network(name)
        items = [Item(network, index) for index in range(2)]
        answers[f"{name}/input"] = network.items.astype("float32")
        answers[f"{name}/target"] = network.targets.astype("int32")
        for order in ["top-down", "bottom-up", "independent"]:
            for similarity in SIMILARITIES:
                answers[f"{name}/mprt/{order}/{similarity}"] = np.array([item.similarities(order, similarity) for item in items])
            answers[f"{name}/smooth/{order}"] = np.array([item.similarities(order, "spearman", True) for item in items])
        answers[f"{name}/entropies"] = np.array([item.entropies() for item in items])
        answers[f"{name}/random-logit"] = np.array([[item.random_logit()] for item in items])
    float64.write(os.path.join(folder, "randomisation.answers.h5"), answers)


if __name__ == "__main__":
    main()
