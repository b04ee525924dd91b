// Direct convolution by products of bfloat16 tiles, as accurate as a chain of Float32 products.
//
// Values and weights are split into three bfloat16 terms (ck_bfloat16.h). Of the nine products of two split numbers those six are taken
// that reach beyond a Float32's last bit: x0w0, x0w1, x1w0, x0w2, x1w1, x2w0.
//
// Blocking. The sums of 32 positions x 32 destination channels stay in 2 x 2 tiles; two tiles hold a term of 32 source channels at 16
// positions each, two a term of the weights. First the five small products of all taps and source channels are summed, then the large
// ones: a sum rounds to its own last bit, so it should be small while small numbers are added.
//
//  * Source rows are copied, split into three planes of [position][32 channels], with zeros for padding and missing channels, so that
//    a tap is nothing but an address. A row is split when it is first read and kept while destination rows need it: a ring for each
//    of the two outer axes holds as many coordinates as a window spans. Rows are cut into segments to bound that memory.
//  * Weights come packed tile by tile in the order of use (ck_tile_weights.c). Panels have 32 destination channels, or 16 when that is
//    enough.
//
// Accuracy. Products of bfloat16 are exact in Float32; the instruction sums 16 of them at a time, from zero, before it adds to the
// tile. It takes numbers below 2^-126 for zero: a value or weight loses at most 2^-126 of each small term, so a product of x and w is off
// by at most (2|x| + 2|w| + 6) 2^-126, and a sum by as much for each of its products. An infinity becomes NaN.

#ifndef CK_TEXT
#define CK_TEXT "ck_convolution_tiles.c"

#include "ck_bfloat16.h"
#include "ck_convolution_tiles.h"
#include "ck_tile_layout.h"

/// A place of the scratch memory that names a row.
typedef int64_t held __attribute__((may_alias));

int64_t ck_tile_scratch(const ck_window *window, const ck_channels *channels) {
  const int64_t rows = ring(&window->axes[0]) * ring(&window->axes[1]);
  return held_list(rows) + rows * split_row(window, channels) / 2;
}

#include "ck_every_tile.h"

void ck_convolve_tiles(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination, float *scratch) {
  CK_TILE_DISPATCH(isa, convolve_tiles, window, channels, part, source, packed, epilogue, destination, scratch)
}

#else

#define task CK_NAME(task)
#define panel CK_NAME(panel)

/// What stays the same for all rows of a segment.
typedef struct task {
  const ck_window *window;
  const float *source; // the item, at the first channel of the group
  int64_t stride;      // floats from one source position to the next
  int64_t channels;    // source channels of the group
  int64_t blocks;      // of CK_DEPTH source channels
  int64_t first;       // the source coordinate of the innermost axis that starts the split rows
  int64_t positions;   // of a split row
  int64_t rings[2];    // coordinates of the outer axes that are held at a time
  held *held;          // the source row that every place of the rings holds, or -1
  bfloat16 *planes;    // the split rows: [place][block][term][position][CK_DEPTH]
  const ck_epilogue *epilogue;
  float *destination;  // the item
  int64_t width;       // floats from one destination position to the next
} task;

/// A row of one panel.
typedef struct panel {
  const ck_reach *outer;
  const ck_reach *middle;
  const bfloat16 *weights;
  int64_t row;     // where the row and the panel's first channel are in the destination
  int64_t channel; // the panel's first channel
  int64_t count;   // the channels that the panel and those behind it have
} panel;

/// Copies a row of the source into three planes for every block of channels.
CK_FUNCTION void CK_NAME(split_row)(const task *task, int64_t row, bfloat16 *planes) {
  const int64_t extent = task->window->axes[2].source, plane = task->positions * CK_DEPTH;
  for (int64_t block = 0; block < task->blocks; block++, planes += CK_TERMS * plane) {
    const int64_t first = block * CK_DEPTH, count = smaller(task->channels - first, CK_DEPTH);
    for (int64_t position = 0; position < task->positions; position++) {
      const int64_t at = task->first + position;
      float values[CK_DEPTH] = {0};
      if (at >= 0 && at < extent) {
        const float *from = task->source + (row * extent + at) * task->stride + first;
        if (count == CK_DEPTH)
          memcpy(values, from, sizeof values);
        else
          for (int64_t c = 0; c < count; c++) values[c] = from[c];
      }
      bfloat16 terms[CK_TERMS * CK_DEPTH];
      split(values, CK_DEPTH, terms, CK_DEPTH);
      for (int term = 0; term < CK_TERMS; term++)
        memcpy(planes + term * plane + position * CK_DEPTH, terms + term * CK_DEPTH, 2 * CK_DEPTH);
    }
  }
}

/// The planes of a source row, split now unless they are held.
CK_INLINE const bfloat16 *CK_NAME(split_of)(const task *task, int64_t outer, int64_t middle) {
  const ck_axis *axes = task->window->axes;
  const int64_t row = outer * axes[1].source + middle;
  const int64_t place = outer % task->rings[0] * task->rings[1] + middle % task->rings[1];
  bfloat16 *planes = task->planes + place * task->blocks * CK_TERMS * task->positions * CK_DEPTH;
  if (task->held[place] != row) {
    CK_NAME(split_row)(task, row, planes);
    task->held[place] = row;
  }
  return planes;
}

CK_INLINE void CK_NAME(load_values)(ck_tiles *tiles, const bfloat16 *x, int64_t stride, int tall) {
  TILE_LOAD(4, x, 2 * stride);
  if (tall > 1) TILE_LOAD(5, x + CK_ROWS * stride, 2 * stride);
  (void)tiles;
}

CK_INLINE void CK_NAME(load_weights)(ck_tiles *tiles, const bfloat16 *w, int wide) {
  TILE_LOAD(6, w, 64);
  if (wide > 1) TILE_LOAD(7, w + CK_TILE, 64);
  (void)tiles;
}

CK_INLINE void CK_NAME(multiply)(ck_tiles *tiles, int tall, int wide) {
  TILE_MULTIPLY(0, 4, 6);
  if (wide > 1) TILE_MULTIPLY(1, 4, 7);
  if (tall > 1) TILE_MULTIPLY(2, 5, 6);
  if (tall > 1 && wide > 1) TILE_MULTIPLY(3, 5, 7);
  (void)tiles;
}

/// Adds the five small products, or the large one, of 32 source channels to the sums.
CK_INLINE void CK_NAME(add_products)(
    ck_tiles *tiles, const bfloat16 *x, const bfloat16 *w, int64_t plane, int64_t stride, int large, int tall, int wide) {
  const int64_t term = wide * CK_TILE;
  if (large) {
    CK_NAME(load_values)(tiles, x, stride, tall);
    CK_NAME(load_weights)(tiles, w, wide);
    CK_NAME(multiply)(tiles, tall, wide);
    return;
  }
  CK_NAME(load_values)(tiles, x + 2 * plane, stride, tall);
  CK_NAME(load_weights)(tiles, w, wide);
  CK_NAME(multiply)(tiles, tall, wide); // x2 w0
  CK_NAME(load_values)(tiles, x + plane, stride, tall);
  CK_NAME(multiply)(tiles, tall, wide); // x1 w0
  CK_NAME(load_weights)(tiles, w + term, wide);
  CK_NAME(multiply)(tiles, tall, wide); // x1 w1
  CK_NAME(load_values)(tiles, x, stride, tall);
  CK_NAME(multiply)(tiles, tall, wide); // x0 w1
  CK_NAME(load_weights)(tiles, w + 2 * term, wide);
  CK_NAME(multiply)(tiles, tall, wide); // x0 w2
}

/// Sums `tall` x 16 positions of a destination row from `offset` in the segment on, `wide` x 16 channels, into rows of 32 floats.
CK_INLINE void CK_NAME(sum_tiles)(
    ck_tiles *tiles, const task *task, const panel *panel, int64_t offset, int tall, int wide, float *sums) {
  const ck_reach *outer = panel->outer, *middle = panel->middle;
  const ck_axis *axes = task->window->axes;
  const int64_t plane = task->positions * CK_DEPTH, stride = axes[2].stride * CK_DEPTH;
  TILE_ZERO(0);
  if (wide > 1) TILE_ZERO(1);
  if (tall > 1) TILE_ZERO(2);
  if (tall > 1 && wide > 1) TILE_ZERO(3);
  for (int large = 0; large <= 1; large++) {
    for (int64_t a = 0; a < outer->count; a++) {
      const int64_t tap0 = outer->first_tap + a * axes[0].tap_step, at0 = outer->first_source + a * axes[0].source_step;
      for (int64_t b = 0; b < middle->count; b++) {
        const int64_t tap1 = tap0 * axes[1].kernel + middle->first_tap + b * axes[1].tap_step;
        const bfloat16 *x = CK_NAME(split_of)(task, at0, middle->first_source + b * axes[1].source_step);
        const bfloat16 *w = panel->weights + tap1 * axes[2].kernel * task->blocks * CK_TERMS * wide * CK_TILE;
        for (int64_t c = 0; c < axes[2].kernel; c++) {
          const bfloat16 *values = x + offset * stride + c * axes[2].source_step * CK_DEPTH;
          for (int64_t block = 0; block < task->blocks; block++, w += CK_TERMS * wide * CK_TILE)
            CK_NAME(add_products)(tiles, values + block * CK_TERMS * plane, w, plane, stride, large, tall, wide);
        }
      }
    }
  }
  TILE_STORE(0, sums, 128);
  if (wide > 1) TILE_STORE(1, sums + CK_COLUMNS, 128);
  if (tall > 1) TILE_STORE(2, sums + 32 * CK_ROWS, 128);
  if (tall > 1 && wide > 1) TILE_STORE(3, sums + 32 * CK_ROWS + CK_COLUMNS, 128);
}

/// Finishes and writes the sums of `positions` positions from `position` on.
CK_INLINE void CK_NAME(store_sums)(
    const task *task, const panel *panel, const float *sums, int64_t position, int64_t positions, int wide) {
  for (int64_t p = 0; p < positions; p++) {
    for (int64_t v = 0; v < wide * CK_COLUMNS && v < panel->count; v += CK_LANES) {
      const int64_t at = panel->row + (position + p) * task->width + v, rest = panel->count - v;
      const vector sum = *(const vector *)(sums + p * 32 + v);
      store(task->destination + at, finish(task->epilogue, sum, at, panel->channel + v, rest), rest);
    }
  }
}

/// A panel of `wide` tiles of the positions [first, last) of a row: blocks of two tiles, at the end perhaps of one.
CK_INLINE void CK_NAME(convolve_panel)(
    ck_tiles *tiles, const task *task, const panel *panel, int64_t first, int64_t last, int wide) {
  float sums[2 * CK_ROWS * 32];
  for (int64_t position = first; position < last; position += 2 * CK_ROWS) {
    if (last - position > CK_ROWS)
      CK_NAME(sum_tiles)(tiles, task, panel, position - first, 2, wide, sums);
    else
      CK_NAME(sum_tiles)(tiles, task, panel, position - first, 1, wide, sums);
    CK_NAME(store_sums)(task, panel, sums, position, smaller(last - position, 2 * CK_ROWS), wide);
  }
}

CK_FUNCTION void CK_NAME(convolve_tiles)(
    const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source, const float *packed,
    const ck_epilogue *epilogue, float *destination, float *scratch) {
  ck_tiles memory, *tiles = &memory;
  const ck_axis *axes = window->axes;
  const int64_t from = channels->source / channels->groups, to = channels->destination / channels->groups;
  const int64_t panels = (columns(channels) + 1) / 2, places = ring(&axes[0]) * ring(&axes[1]);
  const int64_t column = column_weights(axes[0].kernel * axes[1].kernel * axes[2].kernel, channels);
  TILES_CONFIGURE();
  for (int64_t group = part->first_panel / panels; group * panels < part->last_panel; group++) {
    const int64_t first_panel = group * panels < part->first_panel ? part->first_panel - group * panels : 0;
    const int64_t last_panel = smaller(part->last_panel - group * panels, panels);
    for (int64_t first = 0; first < axes[2].destination; first += CK_SEGMENT) {
      const task task = {
          .window = window,
          .source = source + group * from,
          .stride = channels->source,
          .channels = from,
          .blocks = blocks(channels),
          .first = axes[2].origin + first * axes[2].stride,
          .positions = split_positions(&axes[2]),
          .rings = {ring(&axes[0]), ring(&axes[1])},
          .held = (held *)scratch,
          .planes = (bfloat16 *)(scratch + held_list(places)),
          .epilogue = epilogue,
          .destination = destination,
          .width = channels->destination};
      for (int64_t place = 0; place < places; place++) task.held[place] = -1;
      const int64_t last = smaller(first + CK_SEGMENT, axes[2].destination);
      for (int64_t row = part->first_row; row < part->last_row; row++) {
        for (int64_t index = first_panel; index < last_panel; index++) {
          const int64_t channel = 2 * index * CK_COLUMNS;
          const panel panel = {
              .outer = &axes[0].reaches[row / axes[1].destination],
              .middle = &axes[1].reaches[row % axes[1].destination],
              .weights = (const bfloat16 *)packed + (group * columns(channels) + 2 * index) * column,
              .row = row * axes[2].destination * channels->destination + group * to + channel,
              .channel = group * to + channel,
              .count = to - channel};
          if (panel.count > CK_COLUMNS)
            CK_NAME(convolve_panel)(tiles, &task, &panel, first, last, 2);
          else
            CK_NAME(convolve_panel)(tiles, &task, &panel, first, last, 1);
        }
      }
    }
  }
  TILES_RELEASE();
}

#undef task
#undef panel

#endif
