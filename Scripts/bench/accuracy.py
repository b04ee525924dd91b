"""Errors of SignalLens and of PyTorch float32 against stored float64 maps, side by side.

The stored maps are files with `input`, and below `logit/` and `probability/` `gradient` and `integrated-gradients/<rule>-<n>`, below
`logit/` also `grad-cam/<layer>`, signed and at the layer's resolution. The error of a map is its largest difference as a share of the largest value of the stored one.
"""

import argparse
import os
import sys
import tempfile

import h5py
import numpy as np

from compare import HERE, Worker


def jobs(golden):
    for layer in golden["logit/grad-cam"]:
        yield f"logit/grad-cam/{layer}", {
            "method": "grad-cam", "settings": {"layer": layer}, "space": "logit", "atLayer": True}
    for space in ("logit", "probability"):
        yield f"{space}/gradient", {"method": "gradient", "settings": {}, "space": space}
        for name in golden[f"{space}/integrated-gradients"]:
            rule, steps = name.rsplit("-", 1)
            settings = {"rule": rule, "steps": steps}
            if rule != "trapezoid":  # Captum's has other weights
                yield f"{space}/integrated-gradients/{name}", {
                    "method": "integrated-gradients", "settings": settings, "space": space}


def errors(found, stored):
    axes = tuple(range(1, stored.ndim))
    return np.abs(found.reshape(stored.shape) - stored).max(axes) / np.abs(stored).max(axes)


def main():
    parser = argparse.ArgumentParser(description="Compares errors against stored float64 maps.")
    parser.add_argument("--lens-bench", required=True)
    parser.add_argument("networks", nargs="+", help="pairs MODEL.h5=GOLDEN.h5")
    options = parser.parse_args()
    workers = Worker([options.lens_bench, "worker"]), Worker([sys.executable, os.path.join(HERE, "peer.py")])
    print("| Network | Maps | Median, SignalLens | Median, PyTorch | 99th percentile, SignalLens | 99th percentile, PyTorch |")
    print("|---|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for pair in options.networks:
            model, path = pair.split("=")
            kinds = {}
            with h5py.File(path) as golden:
                items = os.path.join(folder, os.path.basename(model) + ".npy")  # workers keep arrays by their paths
                np.save(items, golden["input"][()].astype("float32"))
                for name, more in jobs(golden):
                    stored = golden[name][()]
                    both = []
                    for worker in workers:
                        output = os.path.join(folder, "map")
                        job = {"kind": "explain", "model": model, "input": items, "output": output, **more,
                               "setting": {"batch": 10}}
                        worker.do({**job, "items": len(stored)})
                        both.append(errors(np.fromfile(output, "float32"), stored))
                    kind = name.split("/")[0] + ", " + name.split("/")[1].replace("-", " ")
                    kinds.setdefault(kind, []).append(both)
            for kind, found in kinds.items():
                ours, theirs = (np.concatenate([pair[index] for pair in found]) for index in (0, 1))
                print(f"| {os.path.basename(model)} | {len(ours)} {kind} | {np.median(ours):.1e} | {np.median(theirs):.1e} | "
                      f"{np.percentile(ours, 99):.1e} | {np.percentile(theirs, 99):.1e} |", flush=True)


if __name__ == "__main__":
    main()
