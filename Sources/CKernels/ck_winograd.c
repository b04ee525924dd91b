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
//  * Borders: positions outside the source are read from zeros behind the packed weights; outputs outside the destination are left out.
//  * Chains of products are as short as in ck_convolution.c.
//  * A number that is not finite makes all outputs of the tiles that read it NaN or infinite, also those it does not reach.

#ifndef CK_TEXT
#define CK_TEXT "ck_winograd.c"

#include "ck_winograd.h"
#include "ck_winograd_layout.h"

enum { CK_LONGEST_SUM = 32 };

#include "ck_every_isa.h"

static tiling tiles(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  return tiling_of(lanes(isa), lanes(isa) == 16 ? 12 : 6, window, channels);
}

int64_t ck_winograd_blocks(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  const tiling t = tiles(isa, window, channels);
  return (t.tiles + t.block - 1) / t.block;
}

int64_t ck_winograd_scratch(ck_isa isa, const ck_window *window, const ck_channels *channels) {
  const tiling t = tiles(isa, window, channels);
  return points(t.axes) * (t.values + t.sums);
}

void ck_convolve_winograd(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination, float *scratch) {
  CK_DISPATCH(isa, convolve_winograd, window, channels, part, source, packed, epilogue, destination, scratch)
}

#else

#include "ck_winograd_points.h"

#define task CK_NAME(winograd_task)

/// What stays the same for all tiles of an item.
typedef struct task {
  tiling tiling;
  const ck_axis *axes;
  int64_t taps;         // of the outermost axis
  int64_t from;         // source channels
  int64_t to;           // destination channels
  const float *source;  // the item
  const float *zeros;   // as many as there are source channels
  const ck_epilogue *epilogue;
  float *destination;   // the item
  float *values;        // [point][tile][tap of the outermost axis][source channel]
  float *sums;          // [point][tile][two vectors of destination channels]
} task;

/// The coordinates of a tile's first destination position.
CK_INLINE void CK_NAME(find_tile)(const task *task, int64_t tile, int64_t at[3]) {
  const tiling *tiling = &task->tiling;
  const int64_t row = tile / tiling->columns;
  at[0] = row / tiling->rows;
  at[1] = row % tiling->rows * (tiling->axes == 2 ? CK_OUTPUTS : 1);
  at[2] = tile % tiling->columns * CK_OUTPUTS;
}

/// Transforms what a tile reads.
CK_INLINE void CK_NAME(transform_tile)(const task *task, int64_t tile, float *values, int rows) {
  const ck_axis *axes = task->axes;
  int64_t corner[3];
  CK_NAME(find_tile)(task, tile, corner);
  for (int a = 0; a < 3; a++) corner[a] += axes[a].origin;
  for (int64_t tap = 0; tap < task->taps; tap++) {
    const float *at[CK_POINTS * CK_POINTS];
    for (int64_t i = 0; i < rows; i++) {
      const int64_t y = corner[0] + tap, x = corner[1] + i;
      const int inside = y >= 0 && y < axes[0].source && x >= 0 && x < axes[1].source;
      const int64_t row = ((y * axes[1].source + x) * axes[2].source + corner[2]) * task->from;
      for (int64_t j = 0; j < CK_POINTS; j++) {
        const int64_t z = corner[2] + j;
        at[i * CK_POINTS + j] = inside && z >= 0 && z < axes[2].source ? task->source + (row + j * task->from) : task->zeros;
      }
    }
    for (int64_t s = 0; s < task->from; s += CK_LANES, values += CK_LANES) {
      vector held[CK_POINTS * CK_POINTS];
      CK_UNROLL for (int j = 0; j < CK_POINTS; j++) {
        CK_UNROLL for (int i = 0; i < rows; i++) held[i * CK_POINTS + j] = load(at[i * CK_POINTS + j] + s, task->from - s);
        if (rows > 1) CK_NAME(to_points)(held + j, held + j, CK_POINTS);
      }
      CK_UNROLL for (int i = 0; i < rows; i++) {
        CK_NAME(to_points)(held + i * CK_POINTS, held + i * CK_POINTS, 1);
        CK_UNROLL for (int j = i * CK_POINTS; j < (i + 1) * CK_POINTS; j++)
          *(vector *)(values + j * task->tiling.values) = held[j];
      }
    }
  }
}

/// Transforms the sums of a tile back, finishes them and writes what lies in the destination.
CK_INLINE void CK_NAME(finish_tile)(const task *task, int64_t tile, const float *sums, int64_t channel, int rows) {
  const ck_axis *axes = task->axes;
  const int64_t rest = task->to - channel;
  int64_t corner[3];
  CK_NAME(find_tile)(task, tile, corner);
  const int64_t height = rows == 1 ? 1 : smaller(axes[1].destination - corner[1], CK_OUTPUTS);
  const int64_t width = smaller(axes[2].destination - corner[2], CK_OUTPUTS);
  const int64_t start = (corner[0] * axes[1].destination + corner[1]) * axes[2].destination + corner[2];
  vector held[CK_POINTS * CK_POINTS], results[CK_OUTPUTS * CK_POINTS];
  CK_UNROLL for (int j = 0; j < CK_POINTS; j++) {
    CK_UNROLL for (int i = 0; i < rows; i++)
      held[i * CK_POINTS + j] = *(const vector *)(sums + (i * CK_POINTS + j) * task->tiling.sums);
    if (rows > 1)
      CK_NAME(from_points)(held + j, results + j, CK_POINTS);
    else
      results[j] = held[j];
  }
  for (int64_t i = 0; i < height; i++) {
    vector row[CK_OUTPUTS];
    CK_NAME(from_points)(results + i * CK_POINTS, row, 1);
    CK_UNROLL for (int j = 0; j < CK_OUTPUTS; j++) {
      const int64_t at = (start + i * axes[2].destination + j) * task->to + channel;
      if (j < width) store(task->destination + at, finish(task->epilogue, row[j], at, channel, rest), rest);
    }
  }
}

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

/// One panel of `vectors` vectors of a block of tiles: whole runs, the last one moved back, or smaller ones; then back from the points.
CK_INLINE void CK_NAME(convolve_panel)(
    const task *task, int64_t first, int64_t count, int64_t channel, const float *weights, int vectors, int rows) {
  const int64_t depth = task->tiling.depth, step = task->taps * task->from * vectors * CK_LANES;
  const int run = count >= CK_POSITIONS ? CK_POSITIONS : count >= 4 ? 4 : count >= 2 ? 2 : 1;
  for (int64_t point = 0; point < rows * CK_POINTS; point++, weights += step) {
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
      CK_NAME(finish_tile)(task, first + t, task->sums + (2 * t + v) * CK_LANES, channel + v * CK_LANES, rows);
}

/// The blocks and panels of a part, `rows` x 6 points a tile.
CK_INLINE void CK_NAME(convolve_blocks)(const task *task, const ck_part *part, const float *packed, int rows) {
  const int64_t padded = whole_vectors(CK_LANES, task->to), step = rows * CK_POINTS * task->taps * task->from;
  for (int64_t block = part->first_row; block < part->last_row; block++) {
    const int64_t first = block * task->tiling.block, count = smaller(task->tiling.tiles - first, task->tiling.block);
    for (int64_t t = 0; t < count; t++)
      CK_NAME(transform_tile)(task, first + t, task->values + t * task->tiling.depth, rows);
    for (int64_t panel = part->first_panel; panel < part->last_panel; panel++) {
      const int64_t channel = panel * 2 * CK_LANES;
      if (padded - channel > CK_LANES)
        CK_NAME(convolve_panel)(task, first, count, channel, packed + channel * step, 2, rows);
      else
        CK_NAME(convolve_panel)(task, first, count, channel, packed + channel * step, 1, rows);
    }
  }
}

CK_FUNCTION void CK_NAME(convolve_winograd)(
    const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source, const float *packed,
    const ck_epilogue *epilogue, float *destination, float *scratch) {
  const tiling tiling = tiling_of(CK_LANES, CK_POSITIONS, window, channels);
  const int64_t taps = window->axes[0].kernel, padded = whole_vectors(CK_LANES, channels->destination);
  const task task = {
      .tiling = tiling,
      .axes = window->axes,
      .taps = taps,
      .from = channels->source,
      .to = channels->destination,
      .source = source,
      .zeros = packed + points(tiling.axes) * taps * channels->source * padded,
      .epilogue = epilogue,
      .destination = destination,
      .values = scratch,
      .sums = scratch + points(tiling.axes) * tiling.values};
  if (tiling.axes == 2)
    CK_NAME(convolve_blocks)(&task, part, packed, CK_POINTS);
  else
    CK_NAME(convolve_blocks)(&task, part, packed, 1);
}

#undef task

#endif
