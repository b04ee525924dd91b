#!/usr/bin/env bash
# Judges every method by the known truth of the three generated data sets and writes Documentation/localisation-benchmark.md.
#
#   Scripts/localisation-benchmark.sh [FILE] [SEQUENCES] [BEATS] [TILES]
#
# FILE: the page to write; SEQUENCES, BEATS: items of the generated test sets (200 and 200 by default); TILES: tiles of every class (4; 0 leaves tissue out).
# Needs the release build of `lens` (or LENS), which it makes when missing. Tiles take far longest: about six minutes of one
# processor for each.
set -euo pipefail
cd "$(dirname "$0")/.."
page=${1:-Documentation/localisation-benchmark.md}
sequences=${2:-200}
beats=${3:-200}
tiles=${4:-4}
lens=${LENS:-.build/release/lens}
[ -x "$lens" ] || swift build -c release --product lens
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$lens" dataset mnist1d --output "$work/mnist1d.h5" --seed 7 > "$work/log"
"$lens" dataset beats --output "$work/beats.h5" --seed 7 --count "$beats" > "$work/log"
if [ "$tiles" -gt 0 ]; then "$lens" dataset tissue --output "$work/tissue" --seed 7 --count "$tiles" > "$work/log"; fi

# All methods but those that do not explain this kind of item (by Scripts/gallery/methods.txt), and consensus, which only repeats others.
methods() {
  "$lens" methods | awk 'NR > 2 && !NF { ended = 1 } NR > 2 && !ended { print $1 }' | while read -r method; do
    awk -v block="[$method]" -v kind="$1" '
      $0 == block { inside = 1; next } /^\[/ { inside = 0 }
      inside && /^not-for:/ && index($0, kind) { found = 1 }
      END { exit found }' Scripts/gallery/methods.txt && [ "$method" != consensus ] && echo "$method"
  done | paste -sd, -
}

# $1 name, $2 kind of item in the gallery, then the model, the data and further options: judges signed maps, then their absolute values.
judge() {
  local name=$1 kind=$2 form
  shift 2
  for form in signed absolute; do
    "$lens" evaluate "$@" --methods "$(methods "$kind")" --metrics localisation-auc,relevance-rank,relevance-mass,pointing-game \
      --target label --set rise.masks=1000 --set kernel-shap.masks=1000 --set "localisation-auc.form=$form" --set "relevance-rank.form=$form" \
      --set "pointing-game.form=$form" --set "relevance-mass.form=$([ "$form" = signed ] && echo positive || echo absolute)" \
      --examples 0 --quiet --output "$work/$name-$form"
  done
}

# The table of one data set, best first by the ranking of the better form.
table() {
  local name=$1
  echo "| Method | Form | AUC | 95 % interval | Rank | Mass | Pointing |"
  echo "|---|---|---:|---:|---:|---:|---:|"
  for form in signed absolute; do
    awk -F, -v form="$form" 'NR > 1 { mean[$1, $2] = $4; low[$1, $2] = $6; high[$1, $2] = $7; methods[$1] = 1 }
      END { for (m in methods)
        printf "%s,%s,%s,%s,%s,%s,%s,%s\n", m, form, mean[m, "localisation-auc"], low[m, "localisation-auc"], high[m, "localisation-auc"],
          mean[m, "relevance-rank"], mean[m, "relevance-mass"], mean[m, "pointing-game"] }' "$work/$name-$form/table.csv"
  done | sort -t, -k3,3gr -k2,2r | awk -F, '!seen[$1]++ {
      printf "| `%s` | %s | %.3f | %.3f to %.3f | %.3f | %.3f | %.3f |\n", $1, $2, $3, $4, $5, $6, $7, $8 }'
  awk -F, 'NR > 1 && $3 > 0 { sum += $4; count++ } END { printf "| a random map | | 0.500 | | %.3f | %.3f | %.3f |\n", sum / count, sum / count, sum / count }' \
    "$work/$name-signed/evidence.csv"
}

# Which methods of a table are better than chance: the interval of their AUC lies above one half.
verdict() {
  awk -F' *[|] *' '
    $2 ~ /^`/ { split($5, ends, " to "); if (ends[1] > 0.5) found = found ", " $2; else missed = missed ", " $2 }
    END {
      printf "Better than chance (the interval of the AUC lies above 0.5): %s.\n", found ? substr(found, 3) : "none"
      printf "\nNot told apart from chance by these items: %s.\n", missed ? substr(missed, 3) : "none"
    }'
}

# How many items a run judged, and how often the network is right on them.
facts() {
  awk -F, -v quote='`' 'NR > 1 && $3 > 0 { count++ } END { printf "%d items with evidence", count }' "$work/$1-signed/evidence.csv"
  awk -F, '$1 == "all" { printf "; the network is right on %.1f %% of all items", 100 * $4 }' "$work/$1-signed/classification.csv"
}

judge mnist1d digit data/models/mnist1d-cnn.h5 "$work/mnist1d.h5" --key x_test --masks-key mask_test --items "0-$((sequences - 1))"
judge beats beat data/models/beats-cnn.h5 "$work/beats.h5" --key x_test --masks-key mask_test
if [ "$tiles" -gt 0 ]; then judge tissue tile data/models/tissue-vgg7.h5 "$work/tissue" --masks "$work/tissue-masks"; fi

{
  cat <<'TEXT'
# Which methods find the evidence?

Generated data sets, in which it is known what makes the class of an item: the positions of the template in an MNIST-1D sequence, the wave that
differs in a heartbeat, the structures that define the kind of tissue in a tile. Every method of `lens methods` explains the logit of the true class
with its standard settings (RISE and Kernel SHAP with 1,000 masks), and `lens evaluate` compares its maps with the masks. Written by `Scripts/localisation-benchmark.sh`.

* **AUC**: how well the map ranks evidence above all other positions; 0.5 is chance.
* **Rank**: the share of evidence among as many highest values as there is evidence; chance is the share of the item that the evidence covers.
* **Mass**: the share of the map's positive (or absolute) values that lies on evidence; a level map reaches that share by chance.
* **Pointing**: how often the highest value lies on evidence.
* **Form**: whether the map is taken as it is or by its absolute values, whichever has the higher AUC: for many methods the sign says for or against
  the class, and evidence can be either.

A network may use less than the evidence, or something else that goes with it: these numbers judge the method together with the network. Where all
methods are weak, look at the network first.
TEXT
  for set in "mnist1d:MNIST-1D" "beats:Heartbeats" "tissue:Tissue"; do
    [ -d "$work/${set%%:*}-signed" ] || continue
    echo
    echo "## ${set#*:}"
    echo
    echo "$(facts "${set%%:*}")."
    echo
    table "${set%%:*}" > "$work/table"
    verdict < "$work/table"
    echo
    cat "$work/table"
  done
} > "$work/page.md"
mv "$work/page.md" "$page"
echo "$page"
