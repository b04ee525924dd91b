"""Writes mean ranks by SciPy and mean qualities of classes by scikit-learn for random items: `means.answers.h5`.

* `ranks`: items x methods, and the mean of `scipy.stats.rankdata`, both directions;
* `report/<case>`: labels and predictions, and macro and weighted means of precision, recall and f1; classes that are never predicted or
  do not occur are among them.
"""

import argparse
import os

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import precision_recall_fscore_support

from fixtures import compact_hdf5


def reports(random):
    for name, used in [("all", 4), ("absent", 4), ("never-predicted", 4)]:
        actual = random.randint(0, used, 60)
        predicted = np.where(random.uniform(size=60) < 0.6, actual, random.randint(0, used, 60))
        if name == "never-predicted":
            predicted[predicted == 2] = 0
        yield f"report/{name}/items", np.array([actual, predicted], "int32")
        for kind in ["macro", "weighted"]:
            yield f"report/{name}/{kind}", np.array(
                precision_recall_fscore_support(actual, predicted, average=kind, zero_division=0)[:3])


def ranks(random):
    rows = np.round(random.standard_normal((25, 5)), 1)
    yield "ranks/rows", rows
    yield "ranks/lower", rankdata(rows, axis=1).mean(0)
    yield "ranks/higher", rankdata(-rows, axis=1).mean(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Tests/ScoringTests/Resources"))
    path = os.path.join(parser.parse_args().output, "means.answers.h5")
    random = np.random.RandomState(8)
    with compact_hdf5.create(path) as file:
        for part in [reports, ranks]:
            for name, values in part(random):
                compact_hdf5.dataset(file, name, np.ascontiguousarray(values))


if __name__ == "__main__":
    main()
