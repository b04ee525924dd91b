#!/usr/bin/env bash
# Runs every C kernel over random geometries under the address sanitizer, with every instruction set that this processor has and with
# the emulation of tiles.
#
# check-kernels.sh [CASES [SEED]]. SANITIZERS=address,undefined looks for more, and compiles for over a minute.
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
clang -O1 -g -fsanitize="${SANITIZERS:-address}" -fno-sanitize-recover=all -fuse-ld=lld -Wall -Wextra -Werror \
  -ISources/CKernels -ISources/CKernels/include Scripts/check-kernels/main.c Sources/CKernels/*.c -lm \
  -o "$build/check-kernels"
"$build/check-kernels" "${1:-15}" "${2:-1}"
