#!/usr/bin/env bash
# Reads mutated copies of the tests' files and checks how every reading ends: Scripts/fuzz-readers.sh [COUNT [FIRST [SEED]]]
#
# Exit code 0, 64, 65 or 66, one sentence where it is not 0, at most 20 s of processor time and 1 GiB of memory. What ends otherwise is
# kept in the folder LENS_FUZZ_OUTPUT (fuzz-findings), with LENS_FUZZ_KEEP=1 also the files on which libhdf5 crashed. Case N of a
# seed is the same file on every machine.
set -euo pipefail
cd "$(dirname "$0")/.."

swift build -c release --product lens-fuzz
exec python3 Scripts/fixtures/fuzzing.py "$(swift build -c release --show-bin-path)/lens-fuzz" \
  "${1:-20000}" "${2:-0}" "${3:-0}" "${LENS_FUZZ_OUTPUT:-fuzz-findings}"
