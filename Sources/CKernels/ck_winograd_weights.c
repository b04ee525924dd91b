// Transforms weights for the Winograd kernel and packs them.
//
// Along an axis of three taps g the transformed weights are the values of g0 + g1 x + g2 x^2 at the points, each divided by the
// product of the point's distances from the other finite points; at infinity g2. They are computed in 64 bits and rounded once.
//
// Order: [panel][point][tap of the outermost axis][source channel][lanes of the panel], panels as in ck_convolution.c.

#include "ck_lanes.h"
#include "ck_winograd.h"
#include "ck_winograd_layout.h"

int64_t ck_packed_winograd_weights(ck_isa isa, int64_t outer_taps, int axes, const ck_channels *channels) {
  const int64_t padded = whole_vectors(lanes(isa), channels->destination);
  return points(axes) * outer_taps * channels->source * padded;
}

static const double finite[CK_POINTS - 1] = {0, CK_NEAR, -CK_NEAR, CK_FAR, -CK_FAR};

/// What a tap counts at a point.
static double factor(int64_t point, int64_t tap) {
  if (point == CK_POINTS - 1) return tap == 2;
  double power = 1, distances = 1;
  for (int64_t t = 0; t < tap; t++) power *= finite[point];
  for (int64_t other = 0; other < CK_POINTS - 1; other++)
    if (other != point) distances *= finite[point] - finite[other];
  return power / distances;
}

void ck_pack_winograd_weights(
    ck_isa isa, int64_t outer_taps, int axes, const ck_channels *channels, int mirrored, const float *weights, float *packed) {
  const int64_t from = channels->source, to = channels->destination, width = 2 * lanes(isa);
  const int64_t padded = whole_vectors(width / 2, to), taps = axes == 2 ? 9 : 3, all = outer_taps * taps;
  for (int64_t first = 0; first < padded; first += width) {
    const int64_t count = padded - first < width ? padded - first : width;
    for (int64_t point = 0; point < points(axes); point++) {
      double factors[9];
      for (int64_t tap = 0; tap < taps; tap++)
        factors[tap] = factor(point % CK_POINTS, tap % 3) * (axes == 2 ? factor(point / CK_POINTS, tap / 3) : 1);
      for (int64_t outer = 0; outer < outer_taps; outer++) {
        for (int64_t s = 0; s < from; s++) {
          for (int64_t d = first; d < first + count; d++) {
            double sum = 0;
            for (int64_t t = 0; d < to && t < taps; t++) {
              const int64_t tap = outer * taps + t;
              sum += factors[t] * weights[mirrored ? ((all - 1 - tap) * to + d) * from + s : (tap * from + s) * to + d];
            }
            *packed++ = (float)sum;
          }
        }
      }
    }
  }
}
