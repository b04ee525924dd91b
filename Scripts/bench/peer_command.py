"""What a user of Captum writes to explain one sequence: reads the model and the data, writes a table and a figure."""

import csv
import sys

import matplotlib
import numpy as np
import torch
from captum.attr import IntegratedGradients

import networks

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

model, data, stem = sys.argv[1:]
network, _ = networks.read(model)
x = torch.tensor(np.load(data)[:1]).movedim(-1, 1)
target = network(x).argmax(1)
map_ = IntegratedGradients(network).attribute(x, target=target, n_steps=50, method="riemann_middle")
signal, values = x[0, 0].numpy(), map_[0, 0].detach().numpy()
with open(stem + ".csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["position", "input", "attribution"])
    writer.writerows(zip(range(len(signal)), signal, values))
figure, axes = pyplot.subplots()
axes.plot(signal)
axes.bar(range(len(values)), values)
figure.savefig(stem + ".png")
