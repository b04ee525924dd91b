#!/usr/bin/env bash
# Runs every C kernel over random geometries under the address and undefined-behaviour sanitizers, with every instruction set that this
# processor has and with the emulation of tiles.
#
# check-kernels.sh [CASES [SEED]]; 50 cases of every kind take about 15 seconds.
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fuse-ld=lld -Wall -Wextra -Werror \
  -ISources/CKernels -ISources/CKernels/include Scripts/check-kernels/main.c Sources/CKernels/*.c -lm \
  -o "$build/check-kernels"
"$build/check-kernels" "${1:-50}" "${2:-1}"
