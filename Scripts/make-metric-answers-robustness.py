"""Writes what the metrics of robustness must give, in float64, and the two networks that the tests of metrics share.

The explanations are gradient times input of the logits, summed over channels. The noise is that of NumPy's `RandomState(11)`. For the
network with one channel Quantus 0.6 computes the same from the same draws, and is compared before anything is written; continuity is the
definition of our own, in NumPy. Needs TensorFlow and quantus.
"""

import argparse
import os

import numpy as np
import quantus

from fixtures import keras_float64 as float64
from fixtures.metric_networks import NETWORKS, SEED, Network, rounded

SAMPLES = 20
STEPS = 9


def unit(maps):
    """Every map divided by its largest absolute value."""
    return maps / np.abs(maps).reshape(len(maps), -1).max(-1).reshape(-1, *[1] * (maps.ndim - 1))


def norm(x):
    return np.linalg.norm(x.reshape(len(x), -1), axis=-1)


class Item:
    def __init__(self, network, index):
        self.network, self.x, self.target = network, network.items[index], network.targets[index]
        self.map = self.maps(self.x[None])

    def maps(self, x):
        return self.network.positions(x, self.target)

    def noisy(self, kind, magnitude):
        random = np.random.RandomState(SEED)
        shape = (SAMPLES, *self.x.shape)
        noise = random.normal(0, magnitude, shape) if kind == "normal" else random.uniform(-magnitude, magnitude, shape)
        return rounded(self.x + noise)

    def lipschitz(self, kind="normal", magnitude=0.1, normalise=True):
        noisy = self.noisy(kind, magnitude)
        own, others = self.map, self.maps(noisy)
        if normalise:
            own, others = unit(own), unit(others)
        return (norm(others - own) / norm(noisy - self.x)).max()

    def sensitivities(self, magnitude=0.2, relative=True):
        distances = norm(self.maps(self.noisy("uniform", magnitude)) - self.map)
        return distances / norm(self.map) if relative else distances

    def shifted(self, axis, shift, fill):
        """The item shifted along an axis."""
        padded = np.pad(
            self.x, [(abs(shift), abs(shift)) if other == axis else (0, 0) for other in range(self.x.ndim)],
            **({"mode": "edge"} if fill == "edge" else {"constant_values": 0 if fill == "zero" else self.x.min()}))
        start = abs(shift) - shift
        return np.take(padded, np.arange(start, start + self.x.shape[axis]), axis=axis)

    def continuity(self, fill):
        values = []
        for axis in range(self.x.ndim - 1):
            length = self.x.shape[axis]
            places = length * (2 * np.arange(1, STEPS + 1) / (STEPS + 1) - 1)
            shifts = set((np.sign(places) * np.floor(np.abs(places) + 0.5)).astype(int)) - {0}
            for shift in shifts:
                changed = self.shifted(axis, shift, fill)
                difference = np.abs(np.abs(unit(self.maps(changed[None]))) - np.abs(unit(self.map))).sum()
                values.append(difference / np.linalg.norm(changed - self.x))
        return max(values)

    def check_quantus(self):
        """Quantus draws the same noise when its generator is seeded alike; it does not round inputs to float32."""
        assert self.x.shape[-1] == 1
        x = np.moveaxis(self.x, -1, 0)[None]

        def explain(model, inputs, targets, **_):
            maps = self.maps(np.moveaxis(np.asarray(inputs), 1, -1))
            return maps[:, None]

        def quantus_score(metric, normalise):
            metric.explain_func, metric.explain_func_kwargs = explain, {}
            np.random.seed(SEED)
            own = self.map[:, None]
            return metric.evaluate_batch(
                model=None, x_batch=x, y_batch=np.array([self.target]), a_batch=unit(own) if normalise else own)[0]

        options = {"nr_samples": SAMPLES, "disable_warnings": True}
        found = {
            "lipschitz": quantus_score(quantus.LocalLipschitzEstimate(**options), True),
            "max": quantus_score(quantus.MaxSensitivity(lower_bound=0.2, **options), False),
            "avg": quantus_score(quantus.AvgSensitivity(lower_bound=0.2, **options), False),
        }
        ours = {"lipschitz": self.lipschitz(), "max": self.sensitivities().max(), "avg": self.sensitivities().mean()}
        for name, value in ours.items():
            assert abs(found[name] - value) < 1e-5 * value, (name, found[name], value)
            print(f"{self.network.name} {name}: ours {value:.9f}, Quantus {found[name]:.9f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Tests/ScoringTests/Resources"))
    folder = parser.parse_args().output
    answers = {"seed": np.array([SEED], "int32")}
    for name in NETWORKS:
        network = Network(name, folder)
        items = [Item(network, index) for index in range(2)]
        if name == "signal-smooth":
            for item in items:
                item.check_quantus()
        answers[f"{name}/input"] = network.items.astype("float32")
        answers[f"{name}/target"] = network.targets.astype("int32")
        for metric, value in {
            "local-lipschitz": lambda item: item.lipschitz(),
            "local-lipschitz-uniform-raw": lambda item: item.lipschitz("uniform", 0.3, False),
            "max-sensitivity": lambda item: item.sensitivities().max(),
            "max-sensitivity-absolute": lambda item: item.sensitivities(relative=False).max(),
            "avg-sensitivity": lambda item: item.sensitivities().mean(),
            "continuity-zero": lambda item: item.continuity("zero"),
            "continuity-edge": lambda item: item.continuity("edge"),
            "continuity-minimum": lambda item: item.continuity("minimum"),
        }.items():
            answers[f"{name}/{metric}"] = np.array([value(item) for item in items])
    float64.write(os.path.join(folder, "robustness.answers.h5"), answers)


if __name__ == "__main__":
    main()
