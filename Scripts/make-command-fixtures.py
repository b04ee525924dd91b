#!/usr/bin/env python3
"""Makes the picture that the tests of the command explain. Needs numpy and pillow."""

import pathlib

import numpy as np
from PIL import Image

resources = pathlib.Path(__file__).resolve().parent.parent / "Tests/lensTests/Resources"
row, column = np.mgrid[0:40, 0:32]
waves = np.stack(
    [
        128 + 100 * np.sin(column / 5),
        128 + 100 * np.cos(row / 7),
        255 * np.exp(-((column - 16) ** 2 + (row - 20) ** 2) / 80),
    ],
    axis=-1,
)
Image.fromarray(waves.clip(0, 255).astype(np.uint8)).save(resources / "image.png")
