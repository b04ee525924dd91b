// How the Winograd kernel divides an item into tiles, and where it keeps what it transforms: known to the kernel and to the packing of
// its weights.

#ifndef CK_WINOGRAD_LAYOUT_H
#define CK_WINOGRAD_LAYOUT_H

#include "ck_convolution.h"

enum {
  CK_OUTPUTS = 4,                 // destination positions of a tile along a transformed axis
  CK_POINTS = CK_OUTPUTS + 3 - 1, // source positions that they read, and points that the polynomials are taken at
  CK_GUARD = 16,                  // floats between planes, so that a tile's planes do not share their place in the cache
  CK_RUNS = 8,                    // runs of tiles in registers that a block has, or fewer
  CK_BLOCK = 1 << 15              // floats that the transformed values of a block of tiles take, or less
};

/// The positive finite points; they are exact, and so are their products that the transforms multiply by.
#define CK_NEAR 0.625
#define CK_FAR 1.5

/// How an item is divided.
typedef struct tiling {
  int axes;        // that are transformed: one or two
  int64_t rows;    // of tiles, at one coordinate of the outermost axis
  int64_t columns; // of tiles
  int64_t tiles;   // in all
  int64_t block;   // tiles that are computed together
  int64_t depth;   // floats of a tile's transformed values at one point
  int64_t values;  // floats from one point's values to the next one's
  int64_t sums;    // floats from one point's sums to the next one's
} tiling;

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/// Points of a tile over one or two transformed axes.
static inline int64_t points(int axes) { return axes == 2 ? CK_POINTS * CK_POINTS : CK_POINTS; }

/// A number of channels with the lanes that no channel fills.
static inline int64_t whole_vectors(int64_t lanes, int64_t channels) { return (channels + lanes - 1) / lanes * lanes; }

/// The tiles of an item, for vectors of `lanes` channels and runs of `positions` tiles in registers.
static inline tiling tiling_of(int64_t lanes, int64_t positions, const ck_window *window, const ck_channels *channels) {
  const ck_axis *axes = window->axes;
  tiling t = {.axes = axes[1].kernel == 3 ? 2 : 1};
  t.rows = t.axes == 2 ? (axes[1].destination + CK_OUTPUTS - 1) / CK_OUTPUTS : axes[1].destination;
  t.columns = (axes[2].destination + CK_OUTPUTS - 1) / CK_OUTPUTS;
  t.tiles = axes[0].destination * t.rows * t.columns;
  t.depth = axes[0].kernel * whole_vectors(lanes, channels->source);
  const int64_t runs = CK_BLOCK / (points(t.axes) * t.depth * positions);
  t.block = positions * (runs < 1 ? 1 : smaller(runs, CK_RUNS));
  if (t.tiles < t.block) t.block = t.tiles > 0 ? t.tiles : 1;
  t.values = t.block * t.depth + CK_GUARD;
  t.sums = t.block * 2 * lanes + CK_GUARD;
  return t;
}

#endif
