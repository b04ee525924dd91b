// Packs weights for the direct convolution: [group][panel][tap][source channel][lanes of the panel], behind them zeros, one for every
// source channel of a group. The last panel of a group has one vector when that is enough, and zeros in the lanes that no channel fills.

#include "ck_convolution.h"
#include "ck_lanes.h"

/// Destination channels of a group including the lanes that no channel fills.
static int64_t padded_channels(ck_isa isa, const ck_channels *channels) {
  const int64_t width = lanes(isa);
  return (channels->destination / channels->groups + width - 1) / width * width;
}

/// Panels of one group.
static int64_t panels_of_group(ck_isa isa, const ck_channels *channels) {
  return (padded_channels(isa, channels) + 2 * lanes(isa) - 1) / (2 * lanes(isa));
}

int64_t ck_panels(ck_isa isa, const ck_channels *channels) { return channels->groups * panels_of_group(isa, channels); }

int64_t ck_packed_weights(ck_isa isa, int64_t taps, const ck_channels *channels) {
  const int64_t per_group = channels->source / channels->groups;
  return channels->groups * taps * per_group * padded_channels(isa, channels) + per_group;
}

/// Packs one tap of a panel whose destination channels lie side by side.
static void pack_rows(int64_t from, int64_t width, int64_t filled, int64_t stride, const float *weights, float *packed) {
  for (int64_t s = 0; s < from; s++, weights += stride, packed += width) {
    for (int64_t d = 0; d < filled; d++) packed[d] = weights[d];
    for (int64_t d = filled; d < width; d++) packed[d] = 0;
  }
}

/// Packs one tap of a panel whose source channels lie side by side.
static void pack_columns(int64_t from, int64_t width, int64_t filled, int64_t stride, const float *weights, float *packed) {
  for (int64_t d = 0; d < filled; d++, weights += stride) {
    for (int64_t s = 0; s < from; s++) packed[s * width + d] = weights[s];
  }
  for (int64_t d = filled; d < width; d++) {
    for (int64_t s = 0; s < from; s++) packed[s * width + d] = 0;
  }
}

void ck_pack_weights(
    ck_isa isa, int64_t taps, const ck_channels *channels, int mirrored, int64_t first_panel, int64_t last_panel,
    const float *weights, float *packed) {
  const int64_t from = channels->source / channels->groups;
  const int64_t to = channels->destination / channels->groups;
  const int64_t padded = padded_channels(isa, channels);
  for (int64_t panel = first_panel; panel < last_panel; panel++) {
    const int64_t group = panel / panels_of_group(isa, channels);
    const int64_t first = panel % panels_of_group(isa, channels) * 2 * lanes(isa);
    const int64_t width = padded - first < 2 * lanes(isa) ? padded - first : 2 * lanes(isa);
    const int64_t filled = to - first < width ? to - first : width;
    for (int64_t tap = 0; tap < taps; tap++) {
      float *target = packed + (group * padded + first) * taps * from + tap * from * width;
      if (mirrored) {
        const float *start = weights + ((taps - 1 - tap) * to + first) * channels->source + group * from;
        pack_columns(from, width, filled, channels->source, start, target);
      } else {
        const float *start = weights + tap * from * channels->destination + group * to + first;
        pack_rows(from, width, filled, channels->destination, start, target);
      }
    }
  }
  if (last_panel < ck_panels(isa, channels)) return;
  float *zeros = packed + channels->groups * padded * taps * from;
  for (int64_t s = 0; s < from; s++) zeros[s] = 0;
}
