#!/usr/bin/env bash
# Trains the networks of data/models by the recipes of `lens train`, from nothing.
#
#   Scripts/train-models.sh [FOLDER]     FOLDER: where the trainings go, with their learning curves; .build/models by default
#
# The two networks for signals take under a minute each, the one for tiles some fifteen minutes on two idle cores. A training that was interrupted
# goes on.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-.build/models}
swift build -c release --product lens
lens=$(swift build -c release --show-bin-path)/lens

# $1 recipe, $2 the network's name in data/models.
train() {
  if [ -f "$folder/$2/checkpoint.h5" ]; then
    "$lens" train --resume --output "$folder/$2"
  else
    "$lens" train "$1" --output "$folder/$2"
  fi
  cp "$folder/$2/last.h5" "data/models/$2.h5"
}

mkdir -p "$folder"
train mnist1d-cnn mnist1d-cnn
train beats-cnn beats-cnn
train vgg7 tissue-vgg7
