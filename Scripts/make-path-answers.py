"""Writes what expected, blur and guided integrated gradients must give, in float64.

The networks are those of make-explainer-fixtures.py, rebuilt in torch. `paths.answers.h5` has for every network and space of scores,
one row per item (two items), channels last:

* `expected-gradients/map` and `.../error`: 7 samples over the set of `background` with a deviation of 0.2 and seed 3, the numbers
  drawn by NumPy as the documentation of the method says; `expected-gradients/baseline-score`; Captum's GradientShap has the same formula
  and draws numbers of its own, so its mean over 4,000 samples is compared with ours over 300 before anything is written;
* `blur-integrated-gradients/map` and `.../baseline-score`: 9 steps up to a standard deviation of 3;
* `guided-integrated-gradients/map`: 12 steps, a fraction of 0.25 and a distance of 0.02, by the algorithm of
  Kapishnikov et al. (2021), for the smooth network alone.

The set is in `<network>/background`, float32, three items.
"""

import argparse
import os

import h5py
import numpy as np
import torch
from captum.attr import GradientShap
from scipy.ndimage import gaussian_filter

from fixtures import compact_hdf5
from fixtures.torch_networks import Network, Scored

NETWORKS = ["signal-relu", "image-relu", "signal-smooth"]
EXPECTED = {"samples": 7, "deviation": 0.2, "seed": 3}
BLUR = {"steps": 9, "sigma": 3.0}
GUIDED = {"steps": 12, "fraction": 0.25, "distance": 0.02}


class Item:
    """The score of one item's class as a function of arrays with channels last."""

    def __init__(self, model, x, target):
        self.model, self.x, self.target = model, x, target

    def torch(self, x):
        x = torch.tensor(np.moveaxis(x, -1, 1))
        return x[:, :, None] if x.ndim == 3 else x

    def score(self, x):
        with torch.no_grad():
            return self.model(self.torch(x[None]))[0, self.target].item()

    def gradient(self, x):
        x = self.torch(x[None].astype("float32").astype("float64")).requires_grad_()
        gradient = torch.autograd.grad(self.model(x)[0, self.target], x)[0].numpy()[0]
        return np.moveaxis(gradient.reshape(gradient.shape[0], *self.x.shape[:-1]), 0, -1)

    def expected(self, background, samples):
        draws = []
        for seed in np.random.RandomState(EXPECTED["seed"]).randint(0, 2**32, samples, dtype=np.uint32):
            random = np.random.RandomState(seed)
            start = background[random.randint(len(background))]
            share = random.uniform()
            difference = self.x + EXPECTED["deviation"] * random.standard_normal(self.x.shape) - start
            draws.append(difference * self.gradient(start + share * difference))
        draws = np.array(draws)
        return draws.mean(0), draws.std(0, ddof=1) / np.sqrt(samples)

    def check_captum(self, background):
        """Both means of many samples lie within a few standard errors of each other."""
        ours, error = self.expected(background, 300)
        torch.manual_seed(0)
        theirs = GradientShap(self.model).attribute(
            self.torch(self.x[None]), self.torch(background), n_samples=4000, stdevs=EXPECTED["deviation"], target=self.target)
        theirs = np.moveaxis(theirs.detach().numpy()[0].reshape(-1, *self.x.shape[:-1]), 0, -1)
        distance = np.abs(ours - theirs) / np.maximum(error, 1e-12)
        assert np.percentile(distance, 95) < 5, np.percentile(distance, 95)

    def blur(self):
        def blurred(step):
            sigma = BLUR["sigma"] * step / BLUR["steps"]
            return gaussian_filter(self.x, [sigma] * (self.x.ndim - 1) + [0], mode="reflect") if sigma > 0 else self.x

        total = np.zeros_like(self.x)
        for step in range(BLUR["steps"]):
            total += self.gradient(blurred(step + 0.5)) * (blurred(step) - blurred(step + 1))
        return total, self.score(blurred(BLUR["steps"]))

    def guided(self):
        """Algorithm 1 of the paper as its authors compute it: see the method's documentation."""
        steps, fraction, distance = GUIDED["steps"], GUIDED["fraction"], GUIDED["distance"]
        end, start = self.x.astype("float64"), np.zeros_like(self.x)
        whole = end - start
        length = np.abs(whole).sum()
        x, total = start.copy(), np.zeros_like(start)
        for step in range(steps):
            gradient = self.gradient(x)
            sizes = gradient.copy()
            alpha = (step + 1) / steps
            low, high = max(alpha - distance, 0), min(alpha + distance, 1)
            floor, ceiling = start + whole * low, start + whole * high
            left = length * (1 - alpha)
            gamma = np.inf
            while gamma > 1:
                before = x.copy()
                with np.errstate(invalid="ignore", divide="ignore"):
                    share = np.where(whole == 0, high, (x - start) / whole)
                x[share < low] = floor[share < low]
                current = np.abs(x - end).sum()
                if np.isclose(current, left, rtol=1e-9, atol=1e-9):
                    total += (x - before) * gradient
                    break
                sizes[x == ceiling] = np.inf
                threshold = np.quantile(np.abs(sizes), fraction, method="lower")
                chosen = (np.abs(sizes) <= threshold) & (sizes != np.inf)
                room = (np.abs(x - ceiling) * chosen).sum()
                gamma = (current - left) / room if room > 0 else np.inf
                if gamma > 1:
                    assert room > 0, "the corridor has no room left"
                    x[chosen] = ceiling[chosen]
                else:
                    x[chosen] = (x + (ceiling - x) * gamma)[chosen]
                total += (x - before) * gradient
        return total


def main():
    parser = argparse.ArgumentParser(description="Writes answers of path methods, computed in float64.")
    parser.add_argument("directory")
    directory = parser.parse_args().directory
    datasets = {}
    for name in NETWORKS:
        network = Network(os.path.join(directory, f"{name}.h5")).eval()
        with h5py.File(os.path.join(directory, f"{name}.answers.h5")) as known:
            inputs, targets = known["input"][()].astype("float64"), known["target"][()]
        background = np.random.RandomState(11).uniform(-1, 1, (3, *inputs.shape[1:])).astype("float32")
        datasets[f"{name}/background"] = background
        for space in ("logit", "probability"):
            rows = {}
            for row, target in zip(inputs, targets):
                item = Item(Scored(network, space), row, int(target))
                item.check_captum(background.astype("float64"))
                expected, error = item.expected(background.astype("float64"), EXPECTED["samples"])
                blur, blurred_score = item.blur()
                found = {
                    "expected-gradients/map": expected, "expected-gradients/error": error,
                    "expected-gradients/baseline-score": np.array(
                        [np.mean([item.score(one.astype("float64")) for one in background])]),
                    "blur-integrated-gradients/map": blur,
                    "blur-integrated-gradients/baseline-score": np.array([blurred_score]),
                }
                if name == "signal-smooth":
                    found["guided-integrated-gradients/map"] = item.guided()
                for key, value in found.items():
                    rows.setdefault(key, []).append(value)
            for key, values in rows.items():
                datasets[f"{name}/{space}/{key}"] = np.array(values)
    path = os.path.join(directory, "paths.answers.h5")
    with compact_hdf5.create(f"{path}.partial") as file:
        for name, values in datasets.items():
            kind = "float64" if name.endswith("score") else "float32"
            compact_hdf5.dataset(file, name, np.ascontiguousarray(values.astype(kind)))
    os.replace(f"{path}.partial", path)


if __name__ == "__main__":
    main()
