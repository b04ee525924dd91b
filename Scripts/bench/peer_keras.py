"""The Keras side of the comparison: does training jobs that come as lines of JSON, as `lens-bench worker` does.

The `layout` of a job's `setting` is `plain` or `XLA`, whether the step is compiled by XLA.
"""

import argparse
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


class Bench:
    def __init__(self):
        self.kept = {}

    def prepare(self, job):
        """The compiled model with the weights of its file, the items and their classes."""
        layout = job.get("setting", {}).get("layout", "plain")
        key = job["model"], layout
        if key not in self.kept:
            model = keras.models.load_model(job["model"], compile=False)
            model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", jit_compile=layout == "XLA")
            self.kept[key] = model, model.get_weights()
        model, weights = self.kept[key]
        model.set_weights(weights)
        x, labels = np.load(job["input"])[: job.get("items")], np.load(job["labels"])
        return model, x, labels[: len(x)].astype("int32")

    def run(self, job, model, x, labels):
        history = model.fit(x, labels, batch_size=job["batch"], epochs=job["epochs"], verbose=0)
        return np.array(history.history["loss"], "float32")


def main():
    parser = argparse.ArgumentParser(description="Does training jobs that come as lines of JSON on standard input.")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    threads = parser.parse_args().threads
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    keras.utils.set_random_seed(0)
    bench = Bench()
    for line in sys.stdin:
        job = json.loads(line)
        prepared = bench.prepare(job)
        start = time.perf_counter()
        result = bench.run(job, *prepared)
        seconds = time.perf_counter() - start
        if "output" in job:
            result.tofile(job["output"])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "peakBytes": peak}), flush=True)


if __name__ == "__main__":
    main()
