#!/usr/bin/env bash
# Builds lens, explains the sample signals and images by two methods, judges some of the maps and makes a report; where the reference material is
# present, real tissue tiles too.
set -euo pipefail
cd "$(dirname "$0")/.."

Scripts/install-system-packages.sh
echo "Building lens (a few minutes the first time)"
swift build -c release --product lens
lens="$(swift build -c release --show-bin-path)/lens"
output="lens-output/demo"

echo
echo "What the embedded network says of the sample sequences:"
"$lens" predict data/models/mnist1d-cnn.h5 data/samples/mnist1d-samples.h5 --key x
"$lens" explain data/models/mnist1d-cnn.h5 data/samples/mnist1d-samples.h5 --key x \
  --method integrated-gradients,grad-cam --output "$output/mnist1d"

echo
echo "The same for synthetic heartbeats and synthetic tissue:"
"$lens" explain data/models/beats-cnn.h5 data/samples/beats-samples.h5 --key x --sampling-rate 250 \
  --labels normal,absent-p,wide-qrs,inverted-t,raised-st --method integrated-gradients,grad-cam --output "$output/beats"
"$lens" explain data/models/tissue-vgg7.h5 data/samples/tissue --method integrated-gradients,grad-cam \
  --output "$output/tissue"

echo
echo "How good the maps of heartbeats are, with the wave that makes the class as the truth:"
"$lens" evaluate data/models/beats-cnn.h5 data/samples/beats-samples.h5 --key x --labels-key y --masks-key mask \
  --methods grad-cam,integrated-gradients,lrp --metrics confidence,localisation,sparseness --output "$output/judged"
"$lens" report "$output/judged"

reference="${LENS_REFERENCE:-../shared/reference}"
if [ -f "$reference/models/HMT.h5" ]; then
  echo
  echo "What the reference network says of one tissue tile per class:"
  "$lens" predict "$reference/models/HMT.h5" "$reference/hmt" --items 0,20,40,60,80,100,120,140
  "$lens" explain "$reference/models/HMT.h5" "$reference/hmt" --items 0,20,40,60,80,100,120,140 \
    --method integrated-gradients,grad-cam --output "$output/hmt"
fi

echo
echo "Pictures:"
find "$output" -name '*.png' | sort | sed 's/^/  /' | awk 'NR <= 6 { print } END { if (NR > 6) print "  … and " NR - 6 " more below '"$output"'" }'
echo "Report: $output/judged/report.html"
