"""Runs SignalLens and PyTorch with Captum and pytorch-grad-cam, or Keras, in turn on the same jobs and writes a table of ratios."""

import argparse
import glob
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

import networks

HERE = os.path.dirname(os.path.abspath(__file__))


class Worker:
    """A process that does jobs."""

    def __init__(self, command):
        self.command = command
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, job):
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.command[0]} did not answer to {job}")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Case:
    """A job, the settings of the peer that are tried, on a shorter job when the job is long, and how often both sides run it."""

    def __init__(self, name, job, layouts, batches, rounds=7, shorter=None, peer="peer.py"):
        self.name, self.job, self.rounds, self.peer = name, job, rounds, peer
        self.trial = {**job, **(shorter or {})}
        self.settings = [{"layout": layout, "batch": batch} for layout in layouts for batch in batches]


def training_cases(image_model, signal_model, paths):
    def job(model, name, batch, epochs):
        return {"kind": "train", "model": model, "input": paths[name], "labels": paths[name + "-labels"], "batch": batch,
                "epochs": epochs}

    sequences = job(signal_model, "sequences", 100, 5)
    images = job(image_model, "images", 16, 1)
    return [
        Case("training, five epochs, 4,000 sequences", sequences, ["channels-first"], [100], 3),
        Case("training, five epochs, 4,000 sequences, Keras", sequences, ["plain", "XLA"], [100], 3, peer="peer_keras.py"),
        Case("training, one epoch, 64 images", images, ["channels-first", "channels-last"], [16], 3),
        Case("training, one epoch, 64 images, Keras", images, ["plain", "XLA"], [16], 3, peer="peer_keras.py"),
    ]


def cases(folder, image_model, signal_model, images, signals, masks):
    both = ["channels-first", "channels-last"]
    one = ["channels-first"]
    layer = "conv2d_3"

    def job(kind, model, items, **more):
        return {"kind": kind, "model": model, "input": images if model == image_model else signals, "items": items, **more}

    def steps(model, items, count=50):
        settings = {"steps": str(count), "rule": "midpoint"}
        return job("explain", model, items, method="integrated-gradients", settings=settings)

    def grad_cam(items):
        return job("explain", image_model, items, method="grad-cam", settings={"layer": layer})

    return [
        Case("forward, image network, batch 1", job("forward", image_model, 1), both, [1], 15),
        Case("forward, image network, batch 8", job("forward", image_model, 8), both, [1, 2, 8]),
        Case("forward, image network, batch 32", job("forward", image_model, 32), both, [1, 2, 8, 32], 5),
        Case("Grad-CAM, one image", grad_cam(1), both, [1], 15),
        Case("Grad-CAM, 64 images", grad_cam(64), both, [1, 4, 16], 3, grad_cam(16)),
        Case("integrated gradients, 50 steps, one image", steps(image_model, 1), both, [1, 2, 5, 10], 5, steps(image_model, 1, 20)),
        Case("integrated gradients, 50 steps, one sequence", steps(signal_model, 1), one, [1, 10, 50], 15),
        Case("integrated gradients, 50 steps, 1000 sequences", steps(signal_model, 1000), one, [1000, 5000, 10000, 50000], 5),
        Case("2,000 masked forward passes, one image", job("masked", image_model, 1, masks=masks, copies=2000),
             both, [1, 2, 8], 1, {"copies": 64}),
        Case("SISE, one image", job("explain", image_model, 1, method="sise", settings={"layers": "conv2d_1,conv2d_3"}, space="probability"),
             both, [1, 2, 8], 7),
    ]


def difference(ours, theirs, job):
    """The largest difference as a share of the largest value; Grad-CAM maps are compared after division by their maxima."""
    ours, theirs = np.fromfile(ours, "float32"), np.fromfile(theirs, "float32")
    if job.get("method") == "grad-cam":
        ours, theirs = (maps.reshape(job["items"], -1) for maps in (ours, theirs))
        ours, theirs = (maps / np.maximum(maps.max(1, keepdims=True), 1e-30) for maps in (ours, theirs))
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def best_setting(peer, case):
    """The setting with which the peer is fastest; one that takes far longer than another is tried once only."""
    best = None
    for setting in case.settings:
        job = {**case.trial, "setting": setting}
        seconds = peer.do(job)["seconds"]
        if best is None or seconds < 2 * best[0]:
            seconds = min(seconds, peer.do(job)["seconds"])
        if best is None or seconds < best[0]:
            best = seconds, setting
    return best[1]


def timed(ours, peer, case, folder):
    setting = best_setting(peer, case)
    job, peer_job = case.job, {**case.job, "setting": setting}
    files = os.path.join(folder, "ours"), os.path.join(folder, "theirs")
    ours.do({**job, "output": files[0]})
    peer.do({**peer_job, "output": files[1]})
    pairs = [(ours.do(job)["seconds"], peer.do(peer_job)["seconds"]) for _ in range(case.rounds)]
    mine, others = ([pair[index] for pair in pairs] for index in (0, 1))
    return {
        "case": case.name, "ours": statistics.median(mine), "ours_range": [min(mine), max(mine)],
        "peer": statistics.median(others), "peer_range": [min(others), max(others)],
        "ratio": statistics.median(other / own for own, other in pairs), "setting": setting,
        # Keras takes the items in an order of its own.
        "difference": None if case.peer != "peer.py" else difference(*files, job),
    }


def peak(command, job):
    worker = Worker(command)
    answer = worker.do(job)
    worker.close()
    return answer["peakBytes"]


def whole_commands(lens, signal_model, signals, folder, rounds):
    """From the start of the command to the table and the figure in files."""
    commands = (
        [lens, "explain", signal_model, signals, "--items", "0", "--method", "integrated-gradients", "--steps", "50",
         "--rule", "midpoint", "--output", os.path.join(folder, "lens"), "--quiet"],
        [sys.executable, os.path.join(HERE, "peer_command.py"), signal_model, signals, os.path.join(folder, "peer")],
    )
    times = []
    for _ in range(rounds + 1):
        pair = []
        for command in commands:
            start = os.times().elapsed
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            pair.append(os.times().elapsed - start)
        times.append(pair)
    mine, others = ([pair[index] for pair in times[1:]] for index in (0, 1))
    return {
        "case": "command start to table and figure, one sequence", "ours": statistics.median(mine),
        "ours_range": [min(mine), max(mine)], "peer": statistics.median(others),
        "peer_range": [min(others), max(others)], "ratio": statistics.median(b / a for a, b in times[1:]),
        "setting": {}, "difference": None,
    }


def tissue_images():
    """The tiles of data/samples/tissue, turned and mirrored: 64 images of 224x224 with the textures of a photograph."""
    tiles = []
    for path in sorted(glob.glob(os.path.join(HERE, "../../data/samples/tissue/*/*.png"))):
        tile = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
        for side in (tile, tile.transpose(Image.FLIP_LEFT_RIGHT)):
            tiles += [np.rot90(np.asarray(side, "float32") / 255, turns) for turns in range(4)]
    order = [first + 8 * second for first in range(8) for second in range(len(tiles) // 8)]
    return np.ascontiguousarray(np.stack(tiles)[order], "float32")


def processor():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {len(names)} logical processors"


def duration(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def markdown(results, memory, machine):
    lines = [
        f"Measured on {machine['processor']}, instruction set `{machine['instructions']}`, {machine['threads']} threads, "
        f"float32, against {machine['peers']}.",
        "",
        "| Case | SignalLens | Peer | Ratio | Peer's best setting | Largest difference |",
        "|---|---:|---:|---:|---|---:|",
    ]
    for result in results:
        setting = result["setting"]
        text = f"{setting['layout']}, batch {setting['batch']}" if setting else ""
        gap = "" if result["difference"] is None else f"{result['difference']:.1e}"
        lines.append(
            f"| {result['case']} | {duration(result['ours'])} | {duration(result['peer'])} | {result['ratio']:.1f}x | "
            f"{text} | {gap} |")
    for name, ours, theirs in memory:
        lines.append(f"| {name} | {ours / 2**20:.0f} MB | {theirs / 2**20:.0f} MB | {theirs / ours:.1f}x | batch 1 | |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Compares SignalLens with PyTorch, Captum and pytorch-grad-cam.")
    parser.add_argument("--lens-bench", required=True)
    parser.add_argument("--lens", required=True)
    parser.add_argument("--image-model", help="a Keras file of the reference architecture for images")
    parser.add_argument("--signal-model", required=True)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="only the cases whose names contain this text")
    parser.add_argument("--output", default="benchmark", help="the stem of the results, .json and .md")
    options = parser.parse_args()
    generator = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        image_model = options.image_model
        if not image_model:
            image_model = os.path.join(folder, "vgg7.h5")
            networks.write_vgg7(image_model)
        paths = {name: os.path.join(folder, name + ".npy") for name in ("images", "signals", "masks")}
        np.save(paths["images"], tissue_images())
        np.save(paths["signals"], generator.standard_normal((1000, 40, 1)).astype("float32"))
        grid = (generator.random((16, 7, 7, 1)) < 0.5).astype("float32")
        np.save(paths["masks"], np.kron(grid, np.ones((1, 32, 32, 1), "float32")))
        threads = str(options.threads)
        paths["sequences"] = os.path.join(folder, "sequences.npy")
        np.save(paths["sequences"], generator.standard_normal((4000, 40, 1)).astype("float32"))
        for name, count, classes in (("sequences", 4000, 10), ("images", 64, 8)):
            paths[name + "-labels"] = os.path.join(folder, name + "-labels.npy")
            np.save(paths[name + "-labels"], generator.integers(0, classes, count).astype("float32"))

        def command(peer):
            return [sys.executable, os.path.join(HERE, peer), "--threads", threads]

        commands = [options.lens_bench, "worker", "--threads", threads], command("peer.py")
        ours, workers = Worker(commands[0]), {}
        results = []
        chosen = [
            case for case in cases(folder, image_model, options.signal_model, paths["images"], paths["signals"], paths["masks"])
            + training_cases(image_model, options.signal_model, paths)
            if options.only in case.name
        ]
        for case in chosen:
            if case.peer not in workers:
                workers[case.peer] = Worker(command(case.peer))
            results.append(timed(ours, workers[case.peer], case, folder))
            print(json.dumps(results[-1]), flush=True)
        instructions = ours.do({"kind": "forward", "model": options.signal_model, "input": paths["signals"], "items": 1})
        ours.close()
        for peer in workers.values():
            peer.close()
        memory = []
        if options.only in "peak memory" or not options.only:
            results.append(whole_commands(options.lens, options.signal_model, paths["signals"], folder, 7))
            print(json.dumps(results[-1]), flush=True)
            for steps in ("50", "200"):
                job = {"kind": "explain", "model": image_model, "input": paths["images"], "items": 1,
                       "method": "integrated-gradients", "settings": {"steps": steps, "rule": "midpoint"}}
                theirs = peak(commands[1], {**job, "setting": {"layout": "channels-first", "batch": 1}})
                memory.append((f"peak memory, integrated gradients, {steps} steps, one image", peak(commands[0], job), theirs))
    import captum
    import torch
    from importlib.metadata import version

    machine = {
        "processor": processor(), "instructions": instructions["instructions"], "threads": options.threads,
        "peers": f"PyTorch {torch.__version__.split('+')[0]}, Captum {captum.__version__} and pytorch-grad-cam {version('grad-cam')}"
        + (f", where named Keras {version('keras')}" if "peer_keras.py" in workers else ""),
    }
    with open(options.output + ".json", "w") as file:
        json.dump({"machine": machine, "results": results, "memory": memory}, file, indent=2)
    with open(options.output + ".md", "w") as file:
        file.write(markdown(results, memory, machine))
    print(markdown(results, memory, machine))


if __name__ == "__main__":
    main()
