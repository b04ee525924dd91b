#!/usr/bin/env python3
"""Writes what the metrics of faithfulness must give for two tiny networks, in float64, from Quantus, SciPy and the formulas in NumPy.

    python3 Scripts/make-metric-answers-faithfulness.py Tests/ScoringTests/Resources

Needs from PyPI: quantus numpy scipy h5py. Reads the networks `signal-relu.h5` and `image-relu.h5` of that folder and writes
`<network>.faithfulness.h5`, one row per item: `input`, `target`, `map` (float32, exact; the map has one number for every position) and
`<metric>/<settings>`: a value for every item. Settings are written as in the command line, with spaces between them; `defaults` where there are
none. `seed` is that of everything random.

Where Quantus computes the same, it is run (without its own normalisation): `faithfulness-correlation`, `faithfulness-estimate`,
`monotonicity-correlation`, `pixel-flipping` (its curve; the area is taken here), `region-perturbation` of the signal, `sufficiency`, and the filling in
of `road`. It hides single values, where the metrics hide positions with all their channels: so it is given masks as inputs, and a model of masks.
Random draws are fed in. `infidelity`, `irof`, `monotonicity`, the fillings `mean` and `flip`, and `region-perturbation` of the image are the formulas.
"""

import functools
import itertools
import json
import sys

import h5py
import numpy as np
import scipy.spatial.distance
import scipy.stats
from quantus.functions.perturb_func import noisy_linear_imputation
from quantus.metrics import faithfulness

# Of equal values the lower index comes first: Quantus leaves that to chance.
np.argsort = functools.partial(np.argsort, kind="stable")

ITEMS, SEED = 4, 9


class Network:
    """The Keras model of a file in NumPy; channels last, any number of spatial axes."""

    def __init__(self, path):
        with h5py.File(path) as file:
            layers = json.loads(file.attrs["model_config"])["config"]["layers"]
            self.shape = next(tuple(layer["config"]["batch_shape"][1:]) for layer in layers if layer["class_name"] == "InputLayer")
            self.layers = [self.layer(layer, file["model_weights"]) for layer in layers if layer["class_name"] != "InputLayer"]

    def layer(self, entry, weights):
        kind, config, arrays = entry["class_name"], entry["config"], {}
        weights[config["name"]].visititems(
            lambda name, item: arrays.update({name.split("/")[-1].split(":")[0]: item[()].astype(float)})
            if isinstance(item, h5py.Dataset) else None)
        relu = config.get("activation") == "relu"
        if kind.startswith("Conv"):
            return lambda x: self.convolution(x, arrays["kernel"], arrays["bias"], config["padding"], relu)
        if kind.startswith("MaxPooling"):
            return lambda x: self.pooling(x, config["pool_size"])
        if kind.startswith("GlobalAverage"):
            return lambda x: x.mean(axis=tuple(range(1, x.ndim - 1)))
        if kind == "Flatten":
            return lambda x: x.reshape(len(x), -1)
        if kind == "Dense":
            return lambda x: x @ arrays["kernel"] + arrays["bias"]
        raise SystemExit(f"no {kind} here")

    @staticmethod
    def convolution(x, kernel, bias, padding, relu):
        extents = kernel.shape[:-2]
        if padding == "same":
            x = np.pad(x, [(0, 0)] + [((n - 1) // 2, n // 2) for n in extents] + [(0, 0)])
        windows = np.lib.stride_tricks.sliding_window_view(x, extents, axis=tuple(range(1, x.ndim - 1)))
        # batch, spatial..., channels, kernel...
        axes = list(range(windows.ndim - len(extents), windows.ndim)) + [x.ndim - 1]
        y = np.tensordot(windows, kernel, axes=(axes, list(range(len(extents) + 1)))) + bias
        return np.maximum(y, 0) if relu else y

    @staticmethod
    def pooling(x, size):
        for axis, n in enumerate(size, start=1):
            count = x.shape[axis] // n
            x = np.take(x, range(count * n), axis=axis)
            x = x.reshape(*x.shape[:axis], count, n, *x.shape[axis + 1:]).max(axis=axis + 1)
        return x

    def scores(self, x, target, space):
        x = np.asarray(x, float).reshape(-1, *self.shape)
        for layer in self.layers:
            x = layer(x)
        if space == "probability":
            x = np.exp(x - x.max(-1, keepdims=True))
            x /= x.sum(-1, keepdims=True)
        return x[:, target]


class MaskModel:
    """The model that Quantus is given: its input is a mask of positions, hidden ones become the filling."""

    def __init__(self, item, fill, space):
        self.item, self.fill, self.space = item, fill, space

    def shape_input(self, x, *_, **__):
        return x

    def predict(self, masks):
        return self.item.masked(np.asarray(masks), self.fill, self.space)[:, None]


class Item:
    def __init__(self, network, x, target, values, seed):
        self.network, self.x, self.target, self.map, self.seed = network, x, target, values.astype(float), seed
        self.extents, self.channels = x.shape[:-1], x.shape[-1]
        self.positions = int(np.prod(self.extents))

    def filling(self, name):
        return {"zero": np.zeros_like(self.x), "flip": self.x.min() + self.x.max() - self.x,
                "mean": np.broadcast_to(self.x.reshape(-1, self.channels).mean(0), self.x.shape)}[name]

    def masked(self, masks, fill, space):
        masks = masks.reshape(-1, *self.extents, 1)
        return self.scores(masks * self.x + (1 - masks) * self.filling(fill), space)

    def scores(self, inputs, space):
        return self.network.scores(inputs, self.target, space)

    def streams(self, count):
        seeds = np.random.RandomState(self.seed).randint(0, 2**32, size=count, dtype=np.uint32)
        return [np.random.RandomState(seed) for seed in seeds]

    def form(self, name):
        return {"signed": self.map, "absolute": abs(self.map), "positive": np.maximum(self.map, 0)}[name]

    def cumulative(self, parts, fill, space):
        """The scores while more and more parts are hidden, from none to all."""
        masks = np.ones((len(parts) + 1, self.positions))
        for k, part in enumerate(parts):
            masks[k + 1:, part] = 0
        return self.masked(masks, fill, space)

    def quantus(self, metric, values, fill, space, **options):
        """Quantus's result; masks have the shape `[1, 1, positions]`."""
        arguments = {"normalise": False, "abs": False, "disable_warnings": True, "perturb_baseline": 0.0, **options}
        masks, maps = np.ones((1, 1, self.positions)), values.reshape(1, 1, -1)
        metric = getattr(faithfulness, metric)(**arguments)
        return np.asarray(metric.evaluate_batch(model=MaskModel(self, fill, space), x_batch=masks, y_batch=np.array([0]), a_batch=maps))[0]


def area(curve):
    return np.trapezoid(curve) / (len(curve) - 1)


def faithfulness_correlation(item, o):
    runs, size = int(o.get("runs", 100)), int(o.get("size", round(item.positions / 5)))
    draws = iter([stream.permutation(item.positions)[:size] for stream in item.streams(runs)])
    original, np.random.choice = np.random.choice, lambda *_, **__: next(draws)
    try:
        return item.quantus("FaithfulnessCorrelation", item.form(o.get("form", "signed")), o.get("baseline", "zero"),
                            o.get("space", "logit"), nr_runs=runs, subset_size=size)
    finally:
        np.random.choice = original


def faithfulness_estimate(item, o):
    return item.quantus("FaithfulnessEstimate", item.form(o.get("form", "signed")), o.get("baseline", "zero"),
                        o.get("space", "logit"), features_in_step=int(o.get("step", 1)))


def pixel_flipping(item, o):
    fill, space = o.get("baseline", "zero"), o.get("space", "probability")
    curve = item.quantus("PixelFlipping", item.form(o.get("form", "signed")), fill, space, features_in_step=int(o.get("step", 1)))
    return area([item.scores(item.x, space)[0], *curve])


def patches(item, window):
    """Blocks of the grid, cut off at the far borders, in the order of memory."""
    extents = [min(w, n) for w, n in zip(window, item.extents)] if window else [-(-n // 8) for n in item.extents]
    index = np.arange(item.positions).reshape(item.extents)
    starts = itertools.product(*[range(0, n, w) for n, w in zip(item.extents, extents)])
    return [index[tuple(slice(b, b + w) for b, w in zip(start, extents))].ravel() for start in starts]


def region_perturbation(item, o):
    fill, space, count = o.get("baseline", "zero"), o.get("space", "probability"), int(o.get("regions", 100))
    values = item.form(o.get("form", "signed"))
    window = [int(w) for w in o["window"].split("x")] if "window" in o else None
    if window and len(window) == 1:
        window *= len(item.extents)
    regions = patches(item, window)
    sums = np.array([values[r].sum() for r in regions])
    falling = item.cumulative([regions[r] for r in np.argsort(-sums)[:count]], fill, space)
    if o.get("variant") == "between":
        return (item.cumulative([regions[r] for r in np.argsort(sums)[:count]], fill, space) - falling).mean()
    if len(item.extents) == 1 and item.positions % (window or [3])[0] == 0 and "window" in o:
        falls = item.quantus("RegionPerturbation", values, fill, space, patch_size=window[0], regions_evaluation=count, order="morf")
        assert np.allclose(falls, falling[0] - falling[1:], atol=1e-12), "Quantus disagrees"
    return (falling[0] - falling).mean()


def monotonicity(item, o):
    """As the code of the paper has it (aix360 `monotonicity_metric`), beginning with nothing shown."""
    fill, space, step = o.get("baseline", "zero"), o.get("space", "probability"), int(o.get("step", 1))
    order = np.argsort(item.form(o.get("form", "signed")))
    masks = [np.zeros(item.positions)]
    for k in range(0, item.positions, step):
        masks.append(masks[-1].copy())
        masks[-1][order[k:k + step]] = 1
    rises = np.diff(item.masked(np.array(masks), fill, space)) >= -1e-7
    return rises.mean() if o.get("variant") == "share" else float(rises.all())


def monotonicity_correlation(item, o):
    samples, step, space = int(o.get("samples", 20)), int(o.get("step", 1)), o.get("space", "logit")
    streams = iter(item.streams(-(-item.positions // step) * samples))
    values = item.form(o.get("form", "absolute"))
    low, high = item.x.min(), item.x.max()
    changed = []

    def redraw(arr, indices, **_):
        x, stream = item.x.reshape(-1, item.channels).copy(), next(streams)
        for position in np.asarray(indices).ravel():
            x[position] = np.float32(low + (high - low) * stream.random_sample(item.channels))
        changed.append(x)
        return arr

    class Redrawn:
        def shape_input(self, x, *_, **__):
            return x

        def predict(self, _):
            return item.scores(changed[-1] if changed else item.x, space)[:, None]

    metric = faithfulness.MonotonicityCorrelation(
        normalise=False, abs=False, disable_warnings=True, nr_samples=samples, features_in_step=step, perturb_func=redraw)
    ones = np.ones((1, 1, item.positions))
    return metric.evaluate_batch(model=Redrawn(), x_batch=ones, y_batch=np.array([0]), a_batch=values.reshape(1, 1, -1))[0]


def blocks(extents, count):
    """Positions of blocks: the longest ones are divided along their longest axis while there are not more than wanted."""
    parts = [1] * len(extents)
    while True:
        axis = max(range(len(extents)), key=lambda a: (extents[a] / parts[a], -a))
        if np.prod(parts) // parts[axis] * (parts[axis] + 1) > count:
            break
        parts[axis] += 1
    index = np.arange(np.prod(extents)).reshape(extents)
    edges = [[i * extent // n for i in range(n + 1)] for extent, n in zip(extents, parts)]
    sides = [list(itertools.starmap(slice, itertools.pairwise(e))) for e in edges]
    return [index[place].ravel() for place in itertools.product(*sides)]


def irof(item, o):
    """Only blocks: what regions of similar values are is the business of the segmentation's own tests."""
    fill, space = o.get("baseline", "mean"), o.get("space", "probability")
    values = item.form(o.get("form", "signed"))
    segments = blocks(item.extents, int(o["segments"]))
    means = np.array([values[s].mean() for s in segments])
    curve = item.cumulative([segments[s] for s in np.argsort(-means)], fill, space)
    return 1 - area(curve / curve[0])


def infidelity(item, o):
    fill, space, samples = o.get("baseline", "zero"), o.get("space", "logit"), int(o.get("samples", 200))
    score = item.scores(item.x, space)[0]
    values = item.form(o.get("form", "signed"))
    if o.get("perturbation") == "noise":
        deviation = float(o.get("noise", 0.2)) * (item.x.max() - item.x.min())
        changes = np.array([stream.randn(*item.x.shape) * deviation for stream in item.streams(samples)])
        foretold = np.array([(values.reshape(*item.extents, 1) * change).sum() for change in changes])
        found = score - item.scores(item.x - changes, space)
    else:
        window = [int(o["window"])] * len(item.extents) if "window" in o else [-(-n // 8) for n in item.extents]
        index = np.arange(item.positions).reshape(item.extents)
        places = list(itertools.product(*[range(n - w + 1) for n, w in zip(item.extents, window)]))
        if len(places) > samples:
            places = [places[stream.randint(0, len(places))] for stream in item.streams(samples)]
        masks = np.ones((len(places), item.positions))
        for mask, start in zip(masks, places):
            mask[index[tuple(slice(b, b + w) for b, w in zip(start, window))].ravel()] = 0
        foretold = ((1 - masks) * values).sum(-1)
        found = score - item.masked(masks, fill, space)
    scale = 1.0 if o.get("scaling") == "false" else max((foretold * found).sum() / (foretold**2).sum(), 0)
    return ((scale * foretold - found) ** 2).mean()


def road(item, o):
    steps, noise, space, order = int(o.get("steps", 9)), float(o.get("noise", 0.01)), o.get("space", "probability"), o.get("order", "both")
    values = item.form(o.get("form", "signed"))
    orders = {"highest-first": [np.argsort(-values)], "lowest-first": [np.argsort(values)],
              "both": [np.argsort(-values), np.argsort(values)]}[order]
    streams = item.streams(len(orders) * steps)
    deviation = noise * (item.x.max() - item.x.min())
    image = item.x.reshape(*([1] * (3 - item.x.ndim)), *item.x.shape).transpose(2, 0, 1)
    inputs = []
    for number, ranked in enumerate(orders):
        for k in range(steps):
            removed = np.sort(ranked[:item.positions * (k + 1) // (steps + 1)])
            filled = noisy_linear_imputation(image, removed, noise=0.0).reshape(item.channels, -1).T.copy()
            filled[removed] += deviation * streams[number * steps + k].randn(len(removed), item.channels)
            inputs.append(filled)
    scores = item.scores(np.array(inputs), space).reshape(len(orders), steps)
    whole = item.scores(item.x, space)[0]
    return {"both": lambda: ((scores[-1] - scores[0]) / 2).mean(), "highest-first": lambda: whole - scores[0].mean(),
            "lowest-first": lambda: scores[0].mean() - whole}[order]()


METRICS = {
    "faithfulness-correlation": (faithfulness_correlation, ["", "runs=30 size=3", "form=absolute space=probability", "baseline=mean"]),
    "faithfulness-estimate": (faithfulness_estimate, ["", "step=5", "form=absolute", "space=probability baseline=mean"]),
    "pixel-flipping": (pixel_flipping, ["", "step=5 space=logit", "form=absolute baseline=mean", "baseline=flip"]),
    "region-perturbation": (region_perturbation, ["", "window=4", "window=4 regions=3 space=logit", "window=5 variant=between", "baseline=mean"]),
    "monotonicity": (monotonicity, ["", "variant=share", "variant=share step=5 baseline=mean", "variant=share form=absolute space=logit"]),
    "monotonicity-correlation": (monotonicity_correlation, ["samples=5", "samples=3 step=5 form=signed", "samples=4 space=probability"]),
    "irof": (irof, ["segmentation=equal segments=6", "segmentation=equal segments=12 space=logit", "segmentation=equal segments=8 baseline=zero form=absolute"]),
    "infidelity": (infidelity, ["", "window=3 samples=10", "scaling=false space=probability", "perturbation=noise samples=40",
                                "perturbation=noise samples=20 noise=0.05 scaling=false"]),
    "road": (road, ["", "order=highest-first steps=4", "order=lowest-first noise=0 space=logit", "form=absolute noise=0.1"]),
}


def sufficiency(group, random):
    """Maps of three kinds, by SciPy's distances and Quantus's share."""
    kinds = random.rand(3, 12)
    maps = (kinds[np.arange(15) % 3] + 0.25 * random.randn(15, 12)).astype(np.float32)
    maps[:, 5] = 0
    predicted = np.where(random.rand(15) < 0.8, np.arange(15) % 3, random.randint(0, 3, 15))
    group["maps"], group["predicted"] = maps, predicted.astype(np.int32)
    for threshold, distance, form in [(0.6, "seuclidean", "absolute"), (0.5, "euclidean", "signed"), (0.3, "seuclidean", "signed")]:
        a = maps.astype(float)
        a = abs(a) if form == "absolute" else a
        a = np.delete(a / abs(a).max(-1, keepdims=True), 5, axis=1)
        d = scipy.spatial.distance.cdist(a, a, distance)
        similar = (d / d.max() <= threshold).astype(float)
        alone = similar.sum(-1) == 1
        metric = faithfulness.Sufficiency(normalise=False, disable_warnings=True)
        found = metric.evaluate_batch(i_batch=np.arange(15), a_sim_vector_batch=similar, y_pred_classes=predicted)
        # An item without similar ones has no value; Quantus says 0.
        group[f"sufficiency/threshold={threshold} distance={distance} form={form}"] = np.where(alone, -1, found)


def main(folder):
    for name in ["signal-relu", "image-relu"]:
        network = Network(f"{folder}/{name}.h5")
        random = np.random.RandomState(31)
        inputs = random.uniform(-1, 1, (ITEMS, *network.shape)).astype(np.float32)
        targets = [int(np.argmax([network.scores(x, c, "logit")[0] for c in range(3)])) for x in inputs]
        # Half of each map is what hiding positions does, so that values are away from zero.
        maps = []
        for x, target in zip(inputs, targets):
            item = Item(network, x, target, np.zeros(1), SEED)
            drops = item.scores(x, "logit") - item.masked(1 - np.eye(item.positions), "zero", "logit")
            maps.append((drops / abs(drops).max() + 0.7 * random.randn(item.positions)).astype(np.float32))
        with h5py.File(f"{folder}/{name}.faithfulness.h5", "w") as file:
            file["input"], file["target"], file["map"] = inputs, np.array(targets, np.int32), np.array(maps)
            file["seed"] = np.array([SEED], np.int32)
            items = [Item(network, x, t, m, SEED) for x, t, m in zip(inputs.astype(float), targets, maps)]
            for metric, (function, cases) in METRICS.items():
                for text in cases:
                    options = dict(pair.split("=") for pair in text.split())
                    found = np.array([function(item, options) for item in items], float)
                    assert np.isfinite(found).all(), (metric, text, found)
                    file[f"{metric}/{text or 'defaults'}"] = found
            if name == "signal-relu":
                sufficiency(file, random)


main(*sys.argv[1:])
