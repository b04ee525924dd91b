// A tile of Winograd's convolution: where it is, what it reads and what it writes; included once per instruction set by the kernel.

#include "ck_winograd_points.h"

/// Where a tile is in the destination.
typedef struct place {
  int64_t corner[3]; // its first position
  int64_t height;    // positions that it has there along the middle axis
  int64_t width;     // and along the innermost one
} place;

CK_INLINE place CK_NAME(find_tile)(const task *task, int64_t tile, int rows) {
  const tiling *tiling = &task->tiling;
  const ck_axis *axes = task->axes;
  const int64_t row = tile / tiling->columns, outputs = rows == 1 ? 1 : CK_OUTPUTS;
  const int64_t y = row % tiling->rows * outputs, x = tile % tiling->columns * CK_OUTPUTS;
  return (place){
      {row / tiling->rows, y, x}, smaller(axes[1].destination - y, outputs), smaller(axes[2].destination - x, CK_OUTPUTS)};
}

/// Where row `i` of a tile begins in the destination.
CK_INLINE int64_t CK_NAME(destination_at)(const task *task, const place *place, int64_t i) {
  const ck_axis *axes = task->axes;
  const int64_t row = place->corner[0] * axes[1].destination + place->corner[1] + i;
  return (row * axes[2].destination + place->corner[2]) * task->to;
}

/// What a tile reads by one tap of the outermost axis: positions of a row lie `step` floats apart, rows `row_step`.
typedef struct patch {
  const float *values;
  int64_t step;
  int64_t row_step;
} patch;

/// Copies what a tile at the border reads, with zeros for what lies outside the source.
CK_INLINE patch CK_NAME(gather_patch)(const task *task, const int64_t corner[3], int64_t step, int rows) {
  const ck_axis *axes = task->axes;
  float *to = task->gathered;
  for (int64_t y = corner[1]; y < corner[1] + rows; y++) {
    for (int64_t x = corner[2]; x < corner[2] + CK_POINTS; x++, to += step) {
      const int inside = corner[0] >= 0 && corner[0] < axes[0].source && y >= 0 && y < axes[1].source && x >= 0 && x < axes[2].source;
      const float *from = task->source + ((corner[0] * axes[1].source + y) * axes[2].source + x) * task->from;
      for (int64_t s = 0; s < task->from; s += CK_LANES)
        *(vector *)(to + s) = inside ? load(from + s, task->from - s) : (vector){0};
    }
  }
  return (patch){task->gathered, step, CK_POINTS * step};
}

/// What a tile reads by one tap of the outermost axis, where it is or gathered.
CK_INLINE patch CK_NAME(find_patch)(const task *task, const place *place, int64_t tap, int rows) {
  const ck_axis *axes = task->axes;
  int64_t corner[3];
  for (int a = 0; a < 3; a++) corner[a] = place->corner[a] + axes[a].origin;
  corner[0] += tap;
  const int inside = corner[0] >= 0 && corner[0] < axes[0].source && corner[1] >= 0 && corner[1] + rows <= axes[1].source
                     && corner[2] >= 0 && corner[2] + CK_POINTS <= axes[2].source;
  if (!inside) return CK_NAME(gather_patch)(task, corner, task->tiling.depth / task->taps, rows);
  const int64_t row = axes[2].source * task->from;
  return (patch){task->source + (corner[0] * axes[1].source + corner[1]) * row + corner[2] * task->from, task->from, row};
}

/// Transforms `count` channels of a patch, from channel `s` on.
CK_INLINE void CK_NAME(transform_lanes)(const task *task, patch patch, int64_t s, int64_t count, float *values, int rows) {
  vector held[CK_POINTS * CK_POINTS];
  CK_UNROLL for (int j = 0; j < CK_POINTS; j++) {
    vector column[CK_POINTS];
    CK_UNROLL for (int i = 0; i < rows; i++) column[i] = load(patch.values + i * patch.row_step + j * patch.step + s, count);
    if (rows > 1)
      CK_NAME(to_points)(column, held + j, CK_POINTS);
    else
      held[j] = column[0];
  }
  CK_UNROLL for (int i = 0; i < rows; i++) {
    vector row[CK_POINTS];
    CK_NAME(to_points)(held + i * CK_POINTS, row, 1);
    CK_UNROLL for (int j = 0; j < CK_POINTS; j++) *(vector *)(values + (i * CK_POINTS + j) * task->tiling.values) = row[j];
  }
}

/// Transforms what a tile reads.
CK_INLINE void CK_NAME(transform_tile)(const task *task, const place *place, float *values, int rows) {
  for (int64_t tap = 0; tap < task->taps; tap++) {
    const patch patch = CK_NAME(find_patch)(task, place, tap, rows);
    int64_t s = 0;
    for (; s + CK_LANES <= task->from; s += CK_LANES, values += CK_LANES)
      CK_NAME(transform_lanes)(task, patch, s, CK_LANES, values, rows);
    if (s < task->from) {
      CK_NAME(transform_lanes)(task, patch, s, task->from - s, values, rows);
      values += CK_LANES;
    }
  }
}

/// Transforms the sums of a tile back, finishes them and writes what lies in the destination.
CK_INLINE void CK_NAME(finish_tile)(const task *task, const place *place, const float *sums, int64_t channel, int rows) {
  const int64_t rest = task->to - channel;
  vector held[CK_OUTPUTS * CK_POINTS];
  CK_UNROLL for (int j = 0; j < CK_POINTS; j++) {
    vector column[CK_POINTS];
    CK_UNROLL for (int i = 0; i < rows; i++) column[i] = *(const vector *)(sums + (i * CK_POINTS + j) * task->tiling.sums);
    if (rows > 1)
      CK_NAME(from_points)(column, held + j, CK_POINTS);
    else
      held[j] = column[0];
  }
  for (int i = 0; i < place->height; i++) {
    const int64_t at = CK_NAME(destination_at)(task, place, i) + channel;
    vector row[CK_OUTPUTS];
    CK_NAME(from_points)(held + i * CK_POINTS, row, 1);
    if (place->width == CK_OUTPUTS && rest >= CK_LANES)
      write_run(task->epilogue, row, CK_OUTPUTS, at, task->to, channel, CK_LANES, task->destination);
    else
      for (int j = 0; j < place->width; j++)
        write_run(task->epilogue, row + j, 1, at + j * task->to, task->to, channel, rest, task->destination);
  }
}

/// Asks for the part of the destination that a panel of a tile is written to, so that it is there in time.
CK_INLINE void CK_NAME(fetch_outputs)(const task *task, const place *place, int64_t channel) {
  for (int64_t i = 0; i < place->height; i++) {
    const float *at = task->destination + CK_NAME(destination_at)(task, place, i) + channel;
    for (int64_t j = 0; j < place->width; j++) __builtin_prefetch(at + j * task->to, 1, 2);
  }
}
