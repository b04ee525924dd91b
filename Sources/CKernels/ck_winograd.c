// Winograd's convolution with three taps along one or two axes, channels last: 2 or 4 times fewer multiplications than taps ask for.
//
// Method (Winograd 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). Four neighbouring outputs of
// three taps are coefficients of a product of polynomials, which is known from its values at six points. So the six source positions
// that a tile of four reads are transformed to six points, multiplied there by the transformed weights and summed over the source
// channels, and the sums are transformed back; over two axes 36 products take the place of 144.
//
// Points: 0, +-5/8, +-3/2 and infinity; the transforms' factors are exact. Measured over 3x3 taps x 32 channels, numbers between -1 and
// 1, root mean square error as a share of the result's: 5.6e-7, against 10.7e-7 of the usual points 0, +-1, +-2, 1.2e-7 of the direct
// kernel's short chains and 3.0e-7 of single chains; over 256 channels 6.4e-7 against 1.8e-7 and 8.3e-7. Along one axis: 2.3e-7.
//
// Blocking. A block of tiles is transformed, as many as a core's share of the second-level cache holds at all points. For every panel
// of destination channels the values at each point, a matrix of tiles x source channels, are multiplied by weights that are read
// front to back, CK_POSITIONS tiles x two vectors of sums in registers as in ck_convolution.c; then the block's sums are transformed
// back. Taps of the outermost axis count as further source channels.
//
//  * Borders: a tile that reads positions outside the source reads a copy with zeros there; outputs outside the destination are left out.
//  * While a panel is multiplied, memory is asked for what it will write.
//  * Chains of products are as short as in ck_convolution.c.
//  * Equal patches of the source give different roundings at different places of a tile. Where that matters the caller hands over
//    weights for the direct kernel too: it computes the tiles that may have equal patches (ck_winograd_twins.h).
//  * A number that is not finite makes all outputs of the tiles that read it NaN or infinite, also those it does not reach.

#ifndef CK_TEXT
#define CK_TEXT "ck_winograd.c"

#include "ck_winograd.h"
#include "ck_winograd_layout.h"

enum { CK_LONGEST_SUM = 32 };

#include "ck_every_isa.h"

static tiling tiling_for(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  return tiling_of(lanes(isa), lanes(isa) == 16 ? 12 : 6, window, channels);
}

int64_t ck_winograd_blocks(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  const tiling t = tiling_for(isa, window, channels);
  return (t.tiles + t.block - 1) / t.block;
}

int64_t ck_winograd_scratch(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  const tiling t = tiling_for(isa, window, channels);
  return points(t.axes) * (t.values + t.sums + t.depth / window->axes[0].kernel);
}

void ck_convolve_winograd(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const float *direct, const ck_epilogue *epilogue, float *destination, float *scratch) {
  CK_DISPATCH(isa, convolve_winograd, isa, window, channels, part, source, packed, direct, epilogue, destination, scratch)
}

#else

#define task CK_NAME(winograd_task)
#define patch CK_NAME(winograd_patch)
#define place CK_NAME(winograd_place)
#define tile_block CK_NAME(winograd_tile_block)

/// What stays the same for all tiles of an item.
typedef struct task {
  tiling tiling;
  ck_isa isa;
  const ck_window *window;
  const ck_channels *channels;
  const ck_axis *axes;
  int64_t taps;         // of the outermost axis
  int64_t from;         // source channels
  int64_t to;           // destination channels
  const float *source;  // the item
  const float *direct;  // weights for the direct kernel, or null
  const ck_epilogue *epilogue;
  float *destination;   // the item
  float *values;        // [point][tile][tap of the outermost axis][source channel]
  float *sums;          // [point][tile][two vectors of destination channels]
  float *gathered;      // [source position of a tile][source channel], for tiles at the border
} task;

#include "ck_winograd_tile.h"
#include "ck_winograd_twins.h"

/// Sums the products of `positions` tiles' values at one point with a panel of weights over all source channels.
CK_INLINE void CK_NAME(multiply_tiles)(
    const task *task, const float *values, const float *weights, float *sums, int positions, int vectors) {
  for (int64_t tap = 0; tap < task->taps; tap++) {
    const float *x[CK_POSITIONS];
    CK_UNROLL for (int p = 0; p < positions; p++) x[p] = values + p * task->tiling.depth + tap * (task->tiling.depth / task->taps);
    for (int64_t first = 0; first < task->from; first += CK_LONGEST_SUM) {
      const int64_t last = smaller(first + CK_LONGEST_SUM, task->from);
      vector chain[CK_POSITIONS][2];
      CK_UNROLL for (int p = 0; p < positions; p++)
        CK_UNROLL for (int v = 0; v < vectors; v++) chain[p][v] = (vector){0};
      for (int64_t s = first; s < last; s++, weights += vectors * CK_LANES) {
        vector w[2];
        CK_UNROLL for (int v = 0; v < vectors; v++) w[v] = *(const vector *)(weights + v * CK_LANES);
        CK_UNROLL for (int p = 0; p < positions; p++) {
          const vector value = x[p][s] - (vector){0};
          CK_UNROLL for (int v = 0; v < vectors; v++) chain[p][v] += value * w[v];
        }
      }
      CK_UNROLL for (int p = 0; p < positions; p++)
        CK_UNROLL for (int v = 0; v < vectors; v++) {
          vector *sum = (vector *)(sums + (2 * p + v) * CK_LANES);
          *sum = tap == 0 && first == 0 ? chain[p][v] : *sum + chain[p][v];
        }
    }
  }
}

/// The tiles of a block that are transformed.
typedef struct tile_block {
  int64_t count;
  place places[CK_LONGEST_BLOCK * CK_RUNS];
} tile_block;

/// One panel of `vectors` vectors of a block: whole runs of tiles, the last one moved back, or smaller ones; then back from the points.
CK_INLINE void CK_NAME(convolve_panel)(
    const task *task, const tile_block *tiles, int64_t channel, const float *weights, int vectors, int rows) {
  const int64_t depth = task->tiling.depth, step = task->taps * task->from * vectors * CK_LANES, count = tiles->count;
  const int run = count >= CK_POSITIONS ? CK_POSITIONS : count >= 4 ? 4 : count >= 2 ? 2 : 1;
  for (int64_t point = 0; point < rows * CK_POINTS; point++, weights += step) {
    for (int64_t t = point; t < count; t += rows * CK_POINTS) CK_NAME(fetch_outputs)(task, &tiles->places[t], channel);
    for (int64_t done = 0; done < count; done += run) {
      if (done + run > count) done = count - run;
      const float *values = task->values + point * task->tiling.values + done * depth;
      float *sums = task->sums + point * task->tiling.sums + done * 2 * CK_LANES;
      switch (run) {
      case CK_POSITIONS: CK_NAME(multiply_tiles)(task, values, weights, sums, CK_POSITIONS, vectors); break;
      case 4: CK_NAME(multiply_tiles)(task, values, weights, sums, 4, vectors); break;
      case 2: CK_NAME(multiply_tiles)(task, values, weights, sums, 2, vectors); break;
      default: CK_NAME(multiply_tiles)(task, values, weights, sums, 1, vectors);
      }
    }
  }
  for (int64_t t = 0; t < count; t++)
    for (int v = 0; v < vectors; v++)
      CK_NAME(finish_tile)(task, &tiles->places[t], task->sums + (2 * t + v) * CK_LANES, channel + v * CK_LANES, rows);
}

/// Transforms the tiles of a block and lists them, but for those that the direct kernel has computed now.
CK_INLINE void CK_NAME(transform_block)(const task *task, const ck_part *part, int64_t block, tile_block *tiles, int rows) {
  const int64_t last = smaller((block + 1) * task->tiling.block, task->tiling.tiles);
  tiles->count = 0;
  for (int64_t tile = block * task->tiling.block; tile < last; tile++) {
    const place place = CK_NAME(find_tile)(task, tile, rows);
    const int64_t twins = task->direct ? CK_NAME(tiles_with_twins)(task, tile, last, rows) : 0;
    if (twins > 0) {
      CK_NAME(convolve_directly)(task, part, &place, twins);
      tile += twins - 1;
      continue;
    }
    CK_NAME(transform_tile)(task, &place, task->values + tiles->count * task->tiling.depth, rows);
    tiles->places[tiles->count++] = place;
  }
}

/// The blocks and panels of a part, `rows` x 6 points a tile.
CK_INLINE void CK_NAME(convolve_blocks)(const task *task, const ck_part *part, const float *packed, int rows) {
  const int64_t padded = whole_vectors(CK_LANES, task->to), step = rows * CK_POINTS * task->taps * task->from;
  for (int64_t block = part->first_row; block < part->last_row; block++) {
    tile_block tiles;
    CK_NAME(transform_block)(task, part, block, &tiles, rows);
    for (int64_t panel = part->first_panel; tiles.count > 0 && panel < part->last_panel; panel++) {
      const int64_t channel = panel * 2 * CK_LANES;
      if (padded - channel > CK_LANES)
        CK_NAME(convolve_panel)(task, &tiles, channel, packed + channel * step, 2, rows);
      else
        CK_NAME(convolve_panel)(task, &tiles, channel, packed + channel * step, 1, rows);
    }
  }
}

CK_FUNCTION void CK_NAME(convolve_winograd)(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const float *direct, const ck_epilogue *epilogue, float *destination, float *scratch) {
  const tiling tiling = tiling_of(CK_LANES, CK_POSITIONS, window, channels);
  const int64_t taps = window->axes[0].kernel;
  const task task = {
      .tiling = tiling,
      .isa = isa,
      .window = window,
      .channels = channels,
      .axes = window->axes,
      .taps = taps,
      .from = channels->source,
      .to = channels->destination,
      .source = source,
      .direct = direct,
      .epilogue = epilogue,
      .destination = destination,
      .values = scratch,
      .sums = scratch + points(tiling.axes) * tiling.values,
      .gathered = scratch + points(tiling.axes) * (tiling.values + tiling.sums)};
  if (tiling.axes == 2)
    CK_NAME(convolve_blocks)(&task, part, packed, CK_POINTS);
  else
    CK_NAME(convolve_blocks)(&task, part, packed, 1);
}

#undef task
#undef patch
#undef place
#undef tile_block

#endif
