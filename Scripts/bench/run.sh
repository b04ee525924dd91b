#!/usr/bin/env bash
# Compares SignalLens with PyTorch, Captum, pytorch-grad-cam and (in training) Keras on this machine and writes .build/bench/benchmark.md and .json.
#
# Installs the peers from PyPI into a virtual environment below .build. Options go to compare.py, such as --only "Grad-CAM".
set -euo pipefail
cd "$(dirname "$0")/../.."

swift build -c release --product lens-bench
swift build -c release --product lens
folder=.build/bench
python=$folder/venv/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$folder/venv"
fi
"$folder/venv/bin/pip" install --quiet torch captum grad-cam h5py matplotlib keras tensorflow-cpu
binaries=$(swift build -c release --show-bin-path)
"$python" Scripts/bench/compare.py --lens-bench "$binaries/lens-bench" --lens "$binaries/lens" \
  --signal-model data/models/mnist1d-cnn.h5 --output "$folder/benchmark" "$@"
