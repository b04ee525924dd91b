"""Writes what Quantus 0.6 says of the complexity of random maps, some of them sparse: `complexity.answers.h5`.

Per extents `40` and `9x7`: `map` (float32, one row per map), `sparseness`, `complexity` and `effective-complexity`. Every map is judged in a
batch of its own, because Quantus divides by the largest value of the batch. Needs quantus.
"""

import argparse
import os

import numpy as np
import quantus

from fixtures import compact_hdf5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", default=os.path.join(os.path.dirname(__file__), "../Tests/ScoringTests/Resources"))
    path = os.path.join(parser.parse_args().output, "complexity.answers.h5")
    random = np.random.RandomState(4)
    metrics = {
        "sparseness": quantus.Sparseness, "complexity": quantus.Complexity,
        "effective-complexity": quantus.EffectiveComplexity}
    with compact_hdf5.create(path) as file:
        for extents in [(40,), (9, 7)]:
            maps = random.standard_normal((6, *extents))
            maps[3:] *= random.uniform(size=maps[3:].shape) < 0.2
            maps[4] *= np.exp(random.uniform(-20, 0, extents))
            maps = maps.astype("float32")
            name = "x".join(map(str, extents))
            compact_hdf5.dataset(file, f"{name}/map", maps)
            for id, make in metrics.items():
                # Images, channel first; a signal has one row.
                shape = (1, 1, *extents)
                scores = [
                    float(make(disable_warnings=True, abs=True, normalise=True)(
                        model=None, x_batch=np.zeros(shape), y_batch=np.array([0]), a_batch=one.astype("float64").reshape(shape),
                        channel_first=True)[0])
                    for one in maps]
                compact_hdf5.dataset(file, f"{name}/{id}", np.array(scores))
                print(name, id, scores)


if __name__ == "__main__":
    main()
