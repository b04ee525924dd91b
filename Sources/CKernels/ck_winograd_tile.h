// A tile of Winograd's convolution: where it is, what it reads and what it writes; included once per instruction set by the kernel.

#include "ck_winograd_points.h"

/// The coordinates of a tile's first destination position.
CK_INLINE void CK_NAME(find_tile)(const task *task, int64_t tile, int64_t at[3]) {
  const tiling *tiling = &task->tiling;
  const int64_t row = tile / tiling->columns;
  at[0] = row / tiling->rows;
  at[1] = row % tiling->rows * (tiling->axes == 2 ? CK_OUTPUTS : 1);
  at[2] = tile % tiling->columns * CK_OUTPUTS;
}

/// Where the values are that a tile reads by one tap of the outermost axis.
CK_INLINE void CK_NAME(find_values)(const task *task, int64_t tile, int64_t tap, const float *at[], int rows) {
  const ck_axis *axes = task->axes;
  int64_t corner[3];
  CK_NAME(find_tile)(task, tile, corner);
  for (int a = 0; a < 3; a++) corner[a] += axes[a].origin;
  for (int64_t i = 0; i < rows; i++) {
    const int64_t y = corner[0] + tap, x = corner[1] + i;
    const int inside = y >= 0 && y < axes[0].source && x >= 0 && x < axes[1].source;
    const int64_t row = ((y * axes[1].source + x) * axes[2].source + corner[2]) * task->from;
    for (int64_t j = 0; j < CK_POINTS; j++) {
      const int64_t z = corner[2] + j;
      at[i * CK_POINTS + j] = inside && z >= 0 && z < axes[2].source ? task->source + (row + j * task->from) : task->zeros;
    }
  }
}

/// Transforms what a tile reads.
CK_INLINE void CK_NAME(transform_tile)(const task *task, int64_t tile, float *values, int rows) {
  for (int64_t tap = 0; tap < task->taps; tap++) {
    const float *at[CK_POINTS * CK_POINTS];
    CK_NAME(find_values)(task, tile, tap, at, rows);
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
