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

#endif
