#!/usr/bin/env python3
"""Writes the damaged and malicious files that the command's table of errors is tested with.

    python3 Scripts/make-hostile-fixtures.py Tests/lensTests/Resources/hostile

Needs from PyPI: h5py numpy pillow. Every model file is the same sound network (Conv1D, Flatten, Dense; `sound.h5` itself
is read without complaint) with one thing wrong; README.md in the directory, written by this script, says which.
"""

import os
import sys

import fixtures.hostile_data  # registers its files
import fixtures.hostile_libhdf5  # registers its files
import fixtures.hostile_models  # registers its files
from fixtures.faults import FAULTS

INTRODUCTION = """Damaged and malicious files, made by `Scripts/make-hostile-fixtures.py`. The models are `sound.h5` (input 8 x 2,
4 classes) with one thing wrong.

| File | What is wrong |
|---|---|
"""


def main():
    directory = sys.argv[1]
    os.makedirs(directory, exist_ok=True)
    rows = []
    for name, (what, make) in FAULTS.items():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(make())
        rows.append(f"| `{name}` | {what} |\n")
    with open(os.path.join(directory, "README.md"), "w") as file:
        file.write(INTRODUCTION)
        file.writelines(rows)


if __name__ == "__main__":
    main()
