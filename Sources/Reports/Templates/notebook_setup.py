from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

folder = Path("FOLDER")
words = ["item", "method", "metric", "other", "class", "name", "label", "predicted", "layer", "target_name"]


def table(name):
    """A table of the run; empty cells are values that could not be computed."""
    return pd.read_csv(folder / name, dtype={word: str for word in words}, keep_default_na=False, na_values=[""])
