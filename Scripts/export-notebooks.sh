#!/usr/bin/env bash
# Explains sample sequences with the embedded network and writes tables, figures, page and notebook to notebooks-export.
# With --check they are made in a temporary folder and compared with what is there: nothing may differ but times, and
# numbers only in the last digits. Needs a release build for --check, makes one otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"

case "${1:-}" in
  "") swift build -c release --product lens ;;
  --check) ;;
  *) echo "usage: Scripts/export-notebooks.sh [--check]" >&2; exit 64 ;;
esac
binaries="$(swift build -c release --show-bin-path)"

# As `lens`, with paths below the current folder: no path of this machine gets into the results.
lens() { (exec -a lens "$binaries/lens" "$@"); }

export_notebooks() {
  lens explain data/models/mnist1d-cnn.h5 data/samples/mnist1d-samples.h5 --key x --items 0,3,5,8 --threads 1 --quiet \
    --method integrated-gradients,grad-cam,smooth-grad --steps 128 --output notebooks-export/mnist1d
  lens report notebooks-export/mnist1d --quiet
}

if [ "${1:-}" = "--check" ]; then
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
  ln -s "$root/data" "$folder/data"
  (cd "$folder" && export_notebooks)
  if ! "$binaries/lens-export-check" notebooks-export/mnist1d "$folder/notebooks-export/mnist1d"; then
    echo "notebooks-export is not what lens makes now; run Scripts/export-notebooks.sh and look at the difference" >&2
    exit 1
  fi
  echo "notebooks-export is what lens makes"
else
  rm -rf notebooks-export/mnist1d
  export_notebooks
  du -sh notebooks-export/mnist1d
fi
