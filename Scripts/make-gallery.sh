#!/bin/bash
# Writes Documentation/gallery.md and Documentation/gallery/*.png: every method of `lens methods` on the same digit, heartbeat and tile.
#
#   Scripts/make-gallery.sh [FOLDER]     FOLDER: where to write, Documentation by default
#
# What is said of a method comes from Scripts/gallery/methods.txt; a method without a text there is an error. Needs the release build of `lens`
# (or LENS), and a Python (or PYTHON) with Pillow, which puts three figures side by side and makes them small.
set -euo pipefail
cd "$(dirname "$0")/.."
lens=${LENS:-.build/release/lens}
python=${PYTHON:-python3}
target=${1:-Documentation}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

methods=$("$lens" methods | awk 'NR > 2 && !NF { ended = 1 } NR > 2 && !ended { print $1 }')
texts=Scripts/gallery/methods.txt
for method in $methods; do
  grep -q "^\[$method\]$" "$texts" || { echo "$texts says nothing of '$method'" >&2; exit 1; }
done

# What methods.txt asks for beyond the standard settings.
options() {
  awk -v "block=[$1]" '$0 == block { inside = 1; next } /^\[/ { inside = 0 } inside && sub(/^options: /, "")' "$texts"
}

# Explains one item by one method; what a method says when it does not apply goes to a file in the figure's place.
explain() {
  local name=$1 method=$2
  shift 2
  if "$lens" explain "$@" --method "$method" $(options "$method") --output "$work/$name" --quiet 2> "$work/$name.$method.txt"; then
    mv "$work/$name"/"$stem.$method.png" "$work/$name.$method.png"
    rm "$work/$name.$method.txt"
  fi
}

beats=normal,absent-p,wide-qrs,inverted-t,raised-st
tissue=$(ls data/samples/tissue | grep -v README | paste -sd, -)
for method in $methods; do
  stem=x-7 explain digit "$method" data/models/mnist1d-cnn.h5 data/samples/mnist1d-samples.h5 --key x --items 7
  stem=x-6 explain beat "$method" data/models/beats-cnn.h5 data/samples/beats-samples.h5 --key x --items 6 --labels $beats \
    --sampling-rate 250
  stem=synthetic-0000 explain tile "$method" data/models/tissue-vgg7.h5 data/samples/tissue/06_MUCOSA/synthetic-0000.png --labels "$tissue"
done
mkdir -p "$target/gallery"
"$lens" methods > "$work/methods.txt"
"$python" Scripts/gallery/page.py "$work" "$texts" "$target"
