"""Writes what SciPy, scikit-learn, statsmodels and NumPy make of random series: `statistics.answers.h5`.

* `bootstrap/<n>`: the values, and the ends of the interval of their mean from 500 resamples of seed 9, at 95 and 80 %;
* `wilcoxon/<case>`: two series, and (smaller sum of ranks, probability) of `scipy.stats.wilcoxon`; the cases are exact ones, ties, zeros
  and more than 50 pairs;
* `holm`: probabilities and what `statsmodels.stats.multitest.multipletests` makes of them;
* `ranks`: items x methods, and the mean of `scipy.stats.rankdata`, both directions;
* `report/<case>`: actual and predicted classes, and accuracy, precision, recall, f1 per class, macro and weighted means of scikit-learn;
* `roc`: scores with ties and classes; the area of every class against the others; the points of class 1.
"""

import argparse
import os

import numpy as np
from scipy.stats import rankdata, wilcoxon
from sklearn.metrics import accuracy_score, precision_recall_fscore_support, roc_auc_score, roc_curve
from statsmodels.stats.multitest import multipletests

from fixtures import compact_hdf5


def bootstrap(random):
    for count in [1, 7, 40]:
        values = random.standard_normal(count) ** 3
        draws = np.random.RandomState(9).randint(0, count, (500, count))
        means = values[draws].mean(1)
        yield f"bootstrap/{count}/values", values
        yield f"bootstrap/{count}/interval", np.concatenate([np.percentile(means, [2.5, 97.5]), np.percentile(means, [10, 90])])


def tests(random):
    def pair(count, digits=None):
        a, b = random.standard_normal(count), random.standard_normal(count) + 0.3
        return (a, b) if digits is None else (np.round(a, digits), np.round(b, digits))

    cases = {
        "exact-1": (*pair(1), "exact"), "exact-6": (*pair(6), "exact"), "exact-50": (*pair(50), "exact"),
        "normal-51": (*pair(51), "approx"), "ties-30": (*pair(30, 0), "approx"), "large-200": (*pair(200, 1), "approx")}
    zeros = pair(20)
    zeros[1][:3] = zeros[0][:3]
    cases["zeros-20"] = (*zeros, "approx")
    for name, (a, b, method) in cases.items():
        found = wilcoxon(a, b, method=method, correction=False)
        yield f"wilcoxon/{name}/series", np.array([a, b])
        yield f"wilcoxon/{name}/answer", np.array([found.statistic, found.pvalue])


def reports(random):
    for name, classes, used in [("all", 4, 4), ("absent", 6, 4), ("never-predicted", 4, 4)]:
        actual = random.randint(0, used, 60)
        predicted = np.where(random.uniform(size=60) < 0.6, actual, random.randint(0, used, 60))
        if name == "never-predicted":
            predicted[predicted == 2] = 0
        scores = precision_recall_fscore_support(actual, predicted, labels=range(classes), zero_division=0)
        yield f"report/{name}/items", np.array([actual, predicted], "int32")
        yield f"report/{name}/classes", np.array(scores[:3]).T
        yield f"report/{name}/accuracy", np.array(
            [accuracy_score(actual, predicted)] + [accuracy_score(actual == k, predicted == k) for k in range(classes)])
        for kind in ["macro", "weighted"]:
            yield f"report/{name}/{kind}", np.array(
                precision_recall_fscore_support(actual, predicted, average=kind, zero_division=0)[:3])


def curves(random):
    actual = random.randint(0, 3, 50)
    scores = np.round(random.uniform(size=(50, 3)) + 0.5 * np.eye(3)[actual], 1)
    yield "roc/actual", actual.astype("int32")
    yield "roc/scores", scores
    yield "roc/areas", np.array([roc_auc_score(actual == k, scores[:, k]) for k in range(3)])
    false, true, thresholds = roc_curve(actual == 1, scores[:, 1], drop_intermediate=False)
    yield "roc/points", np.array([false, true, thresholds])


def others(random):
    probabilities = np.array([0.03, 0.001, 0.5, 0.03, 0.9, 0.012])
    yield "holm", np.array([probabilities, multipletests(probabilities, method="holm")[1]])
    rows = np.round(random.standard_normal((25, 5)), 1)
    yield "ranks/rows", rows
    yield "ranks/lower", rankdata(rows, axis=1).mean(0)
    yield "ranks/higher", rankdata(-rows, axis=1).mean(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Tests/ScoringTests/Resources"))
    path = os.path.join(parser.parse_args().output, "statistics.answers.h5")
    random = np.random.RandomState(8)
    with compact_hdf5.create(path) as file:
        for part in [bootstrap, tests, reports, curves, others]:
            for name, values in part(random):
                compact_hdf5.dataset(file, name, np.ascontiguousarray(values))


if __name__ == "__main__":
    main()
