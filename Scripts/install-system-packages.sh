#!/usr/bin/env bash
# Installs the system libraries that SignalLens is built on, where they are missing. Uses sudo only when it is not run by root.
set -euo pipefail

packages=(libhdf5-dev libssl-dev libpng-dev libtiff-dev libjpeg-dev libcairo2-dev fonts-dejavu-core pkg-config)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
