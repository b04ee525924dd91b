#!/usr/bin/env python3
"""Writes what the metrics of localisation must give for random maps, from Quantus and, for `iou`, from NumPy and SciPy.

    python3 Scripts/make-metric-answers-localisation.py Tests/ScoringTests/Resources/localisation.answers.h5

Needs from PyPI: quantus numpy scipy h5py. One group per set of extents (`40`, `9x8`, `4x5x3`); one row per item: `map` (float32, exact) and
`evidence` (0 or 1), each with one number for every position, and `<metric>/<settings>`: a value for every item. Settings are written as in
the command line, with spaces between them; `defaults` where there are none.

Quantus is given maps of one sign where the metric asks for them, and `k` no larger than the evidence: what it does otherwise is a defect
or another measure (`differences` of the metrics).
"""

import functools
import sys

import h5py
import numpy as np
import scipy.ndimage
from quantus.metrics import localisation

# Of equal values the lower index comes first: Quantus leaves that to chance.
np.argsort = functools.partial(np.argsort, kind="stable")

EXTENTS = {"40": (40,), "9x8": (9, 8), "4x5x3": (4, 5, 3)}
ITEMS = 6
FORMS = {"signed": lambda a: a, "absolute": np.abs, "positive": lambda a: np.maximum(a, 0)}

CASES = {
    "pointing-game": ["", "form=absolute", "tolerance=2"],
    "energy-pointing-game": ["", "form=absolute"],
    "relevance-mass": ["", "form=absolute"],
    "attribution-localisation": ["", "weighted=true", "form=absolute"],
    "top-k-intersection": ["k=3", "k=3 weighted=true", "k=3 form=absolute"],
    "relevance-rank": ["", "form=absolute", "form=positive"],
    "localisation-auc": ["", "form=absolute", "form=positive"],
    "iou": ["", "threshold=0.5 form=absolute", "binarisation=top fraction=0.3", "binarisation=evidence",
            "threshold=0.15 largest-region=true", "threshold=0.15 largest-region=true box=true", "box=true"],
}


def quantus(metric, maps, evidence, **options):
    """Quantus's values, without its own normalisation."""
    arguments = {"normalise": False, "abs": False, "disable_warnings": True, **options}
    flat = lambda a: a.reshape(len(a), 1, -1)
    return np.array(getattr(localisation, metric)(**arguments).evaluate_batch(
        x_batch=flat(maps), a_batch=flat(maps), s_batch=flat(evidence.astype(bool))), dtype=float)


def pointing_with_tolerance(a, s, tolerance):
    """Whether a Euclidean distance transform of the evidence is within the tolerance at a maximal position."""
    distance = scipy.ndimage.distance_transform_edt(s == 0)
    return float((distance[a == a.max()] <= tolerance).any())


def largest(marked):
    """The largest region of SciPy's labels, connected by faces."""
    labels, count = scipy.ndimage.label(marked)
    sizes = np.bincount(labels.ravel())[1:]
    return labels == 1 + sizes.argmax() if count else marked


def box(marked):
    """The bounding box, by SciPy."""
    result = np.zeros_like(marked)
    result[scipy.ndimage.find_objects(marked.astype(int))[0]] = True
    return result


def iou(a, s, options):
    kind = options.get("binarisation", "maximum")
    if kind == "maximum":
        marked = a > float(options.get("threshold", 0.2)) * a.max()
    else:
        count = int(s.sum()) if kind == "evidence" else round(float(options["fraction"]) * a.size)
        marked = np.zeros(a.size, bool)
        marked[np.argsort(-a.ravel())[:count]] = True
        marked = marked.reshape(a.shape)
    s = s.astype(bool)
    if options.get("largest-region"):
        marked = largest(marked)
    if options.get("box"):
        marked, s = box(marked), box(s)
    return (marked & s).sum() / (marked | s).sum()


def values(metric, maps, evidence, options):
    standard = "positive" if metric in ("energy-pointing-game", "relevance-mass", "attribution-localisation") else "signed"
    maps = FORMS[options.get("form", standard)](maps.astype(float))
    size = evidence[0].size
    marked = evidence.reshape(len(evidence), -1).sum(-1)
    if metric == "pointing-game":
        if "tolerance" in options:
            return [pointing_with_tolerance(a, s, int(options["tolerance"])) for a, s in zip(maps, evidence)]
        return quantus("PointingGame", maps, evidence)
    if metric in ("energy-pointing-game", "relevance-mass"):
        return quantus("RelevanceMassAccuracy", maps, evidence)
    if metric == "attribution-localisation":
        # Quantus adds 1e-9 to the sum; its own weighting is the one with the wrong axes.
        total = maps.reshape(len(maps), -1).sum(-1)
        found = quantus("AttributionLocalisation", maps, evidence) * (total + 1e-9) / total
        return found * size / marked if options.get("weighted") else found
    if metric == "top-k-intersection":
        return quantus("TopKIntersection", maps, evidence, k=int(options["k"]), concept_influence=bool(options.get("weighted")))
    if metric == "relevance-rank":
        return quantus("RelevanceRankAccuracy", maps, evidence)
    if metric == "localisation-auc":
        return quantus("AUC", maps, evidence)
    return [iou(a, s, options) for a, s in zip(maps, evidence)]


def main(path):
    random = np.random.RandomState(17)
    with h5py.File(path, "w") as file:
        for name, extents in EXTENTS.items():
            group = file.create_group(name)
            evidence = np.zeros((ITEMS, *extents), np.float32)
            for item in evidence:
                for _ in range(2):
                    start = [random.randint(0, max(n - 2, 1)) for n in extents]
                    item[tuple(slice(b, b + 1 + n // 4) for b, n in zip(start, extents))] = 1
            # Smooth maps have regions; half of them lean towards the evidence.
            maps = np.stack([scipy.ndimage.gaussian_filter(random.randn(*extents), 1) for _ in range(ITEMS)])
            maps[::2] += 0.3 * evidence[::2]
            maps = maps.astype(np.float32)
            assert all(s.sum() >= 3 and a.max() > 0 for a, s in zip(maps, evidence))
            group["map"], group["evidence"] = maps.reshape(ITEMS, -1), evidence.reshape(ITEMS, -1)
            for metric, cases in CASES.items():
                for text in cases:
                    options = dict(pair.split("=") for pair in text.split())
                    found = np.asarray(values(metric, maps, evidence, options), float)
                    assert np.isfinite(found).all(), (metric, text)
                    group[f"{metric}/{text or 'defaults'}"] = found


main(*sys.argv[1:])
