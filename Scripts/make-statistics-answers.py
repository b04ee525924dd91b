#!/usr/bin/env python3
"""Computes with SciPy and scikit-learn what tests compare the statistics of evaluations with.

    make-statistics-answers.py OUTPUT.h5

Needs numpy, scipy, scikit-learn and h5py.
"""

import sys

import h5py
import numpy as np
from scipy import stats
from sklearn import metrics


def bootstrap(values, seed, resamples=2000):
    random = np.random.RandomState(seed)
    means = [values[random.randint(0, len(values), len(values))].mean() for _ in range(resamples)]
    low, high = np.percentile(means, [2.5, 97.5])
    return [values.mean(), values.std(ddof=1) / np.sqrt(len(values)), low, high]


def wilcoxon(differences, method):
    found = stats.wilcoxon(differences, zero_method="wilcox", correction=False, method=method)
    return [found.statistic, found.pvalue]


def main(path):
    random = np.random.default_rng(5)
    with h5py.File(path, "w") as file:
        for seed, count in ((0, 10), (7, 33)):
            values = random.normal(size=count)
            group = file.create_group(f"bootstrap/{seed}")
            group["values"], group["answer"] = values, bootstrap(values, seed)
        cases = {
            "exact": (random.normal(0.4, 1, 12), "exact"),
            "exact-50": (random.normal(0.2, 1, 50), "exact"),
            "large": (random.normal(0.1, 1, 80), "asymptotic"),
            "ties": (random.integers(-4, 6, 40).astype(float), "asymptotic"),
            "ties-without-zeros": (random.integers(1, 6, 20) * random.choice([-1.0, 1.0], 20), "asymptotic"),
        }
        for name, (differences, method) in cases.items():
            group = file.create_group(f"wilcoxon/{name}")
            group["differences"], group["answer"] = differences, wilcoxon(differences, method)
        labels = random.integers(0, 4, 60)
        labels[labels == 3] = 0
        logits = random.normal(size=(60, 4)) + 1.5 * np.eye(4)[labels]
        logits[::7] = np.round(logits[::7])
        scores = np.round(np.exp(logits) / np.exp(logits).sum(1, keepdims=True), 2).astype("float32")
        predicted = scores.argmax(1)
        group = file.create_group("classification")
        group["labels"], group["scores"], group["predicted"] = labels, scores, predicted
        group["confusion"] = metrics.confusion_matrix(labels, predicted, labels=range(4))
        precision, recall, f1, support = metrics.precision_recall_fscore_support(
            labels, predicted, labels=range(4), zero_division=0)
        group["precision"], group["recall"], group["f1"], group["support"] = precision, recall, f1, support
        group["auc"] = [metrics.roc_auc_score(labels == index, scores[:, index]) for index in range(3)]
        rates = metrics.roc_curve(labels == 1, scores[:, 1], drop_intermediate=False)
        group["roc"] = np.stack([rates[2][1:], rates[0][1:], rates[1][1:]], 1)


if __name__ == "__main__":
    main(sys.argv[1])
