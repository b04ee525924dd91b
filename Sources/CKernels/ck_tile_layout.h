// How a convolution is divided into tiles.

#ifndef CK_TILE_LAYOUT_H
#define CK_TILE_LAYOUT_H

#include "ck_bfloat16.h"
#include "ck_convolution.h"

enum {
  CK_ROWS = 16,                 // positions, or pairs of source channels, of a tile
  CK_COLUMNS = 16,              // destination channels of a tile
  CK_DEPTH = 32,                // source channels of a tile
  CK_TILE = CK_ROWS * CK_DEPTH, // numbers of a tile
  CK_SEGMENT = 256,             // positions of a row that are computed together: a multiple of two tiles
};

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

static inline int64_t rounded_up(int64_t count, int64_t unit) { return (count + unit - 1) / unit * unit; }

/// Blocks of source channels of a group.
static inline int64_t blocks(const ck_channels *channels) {
  return (channels->source / channels->groups + CK_DEPTH - 1) / CK_DEPTH;
}

/// Tiles of destination channels of a group.
static inline int64_t columns(const ck_channels *channels) {
  return (channels->destination / channels->groups + CK_COLUMNS - 1) / CK_COLUMNS;
}

/// The numbers that a tile of destination channels takes of the packed weights.
static inline int64_t column_weights(int64_t taps, const ck_channels *channels) {
  return taps * blocks(channels) * CK_TERMS * CK_TILE;
}

/// The source coordinates of an axis that the window of one destination coordinate spans.
static inline int64_t ring(const ck_axis *axis) {
  const int64_t span = (axis->kernel - 1) / axis->tap_step * axis->source_step + 1;
  return span < axis->source ? span : axis->source > 0 ? axis->source : 1;
}

/// Positions of a split row: all that the taps read for a segment.
static inline int64_t split_positions(const ck_axis *axis) {
  const int64_t positions = smaller(rounded_up(axis->destination, CK_ROWS), CK_SEGMENT);
  return (positions - 1) * axis->stride + (axis->kernel - 1) * axis->source_step + 1;
}

/// Numbers of a split row.
static inline int64_t split_row(const ck_window *window, const ck_channels *channels) {
  return blocks(channels) * CK_TERMS * split_positions(&window->axes[2]) * CK_DEPTH;
}

/// Floats that the list of held rows takes: one 64-bit number each, and the planes behind it start at a multiple of 64 bytes.
static inline int64_t held_list(int64_t rows) { return rounded_up(2 * rows, 16); }

#endif
