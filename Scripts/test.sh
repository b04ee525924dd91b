#!/usr/bin/env bash
# Everything that is checked before a change lands: formatting, documentation of the public API, a build without warnings, all tests.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/install-system-packages.sh

echo "Formatting and documentation of public declarations"
swift format lint --strict --recursive Package.swift Sources Tests

echo "Kernels under the address sanitizer"
Scripts/check-kernels.sh

# Warnings are errors in every target (Package.swift). Release, because a debug build does not optimise the C kernels.
echo "Build"
swift build -c release --build-tests

echo "Exported notebooks"
Scripts/export-notebooks.sh --check

echo "Tests"
swift test -c release --skip-build
