#!/usr/bin/env python3
"""Validates the notebooks of `lens report` and runs every cell of them.

    python3 -m venv .venv && .venv/bin/pip install nbformat nbclient ipykernel pandas matplotlib
    .venv/bin/python Scripts/check-notebook.py [--lens PATH] [RUN-DIR...]

Every cell that has outputs stored must show outputs of the same kinds when it is run.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

sys.path.insert(0, str(Path(__file__).parent / "fixtures"))
import report_runs  # noqa: E402


def kinds(cell):
    """The richest MIME type of every output that is not a stream."""
    order = ["image/png", "image/svg+xml", "text/html", "text/plain"]
    return [next(kind for kind in order if kind in output.data)
            for output in cell.get("outputs", []) if output.output_type in ("display_data", "execute_result")]


def check(name, folder):
    stored = nbformat.read(folder / "report.ipynb", as_version=nbformat.NO_CONVERT)
    problems = []
    if (stored.nbformat, stored.nbformat_minor) != (4, 5):
        problems.append(f"the format is {stored.nbformat}.{stored.nbformat_minor}")
    nbformat.validate(stored, relax_add_props=False)
    run = nbformat.from_dict(stored)
    try:
        NotebookClient(run, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    except CellExecutionError as error:
        problems.append(f"a cell fails: {str(error)[-800:]}")
    else:
        for before, after in zip(stored.cells, run.cells):
            if before.cell_type != "code":
                continue
            if kinds(before) != kinds(after):
                problems.append(f"{before.id} stores {kinds(before)}, but shows {kinds(after)}")
            if not before.outputs and before.source.startswith("show("):
                problems.append(f"{before.id} has no figure stored")
            for output in after.outputs:
                if output.output_type == "stream" and output.name == "stderr":
                    problems.append(f"{before.id} complains: {output.text[:300]}")
    for problem in problems:
        print(f"  FAILED: {name}: {problem}")
    print(f"{name}: {len(stored.cells)} cells, {'green' if not problems else 'not right'}")
    return not problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="*", type=Path, help="folders with a report.ipynb; by default runs of every kind")
    parser.add_argument("--lens", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = {path.name: path for path in arguments.runs}
        if not runs:
            runs = report_runs.make(arguments.lens or report_runs.lens_path(), folder)
        results = [check(name, path) for name, path in runs.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
