// Pooling, channels last. Every kernel takes a vector of channels at one destination position and visits the cells of its window in
// row-major order, so that in each lane the first of equal maxima wins. The last channels fill a vector in part.
//
// Forward, a call computes some rows of the destination. Where windows overlap in the source, the pullbacks add to it and are
// divided by channels; where no cell lies in two windows they write every cell once and may be divided by rows as well.

#ifndef CK_TEXT
#define CK_TEXT "ck_pooling.c"

#include "ck_pooling.h"

#include <math.h>

/// The part of the source that one destination position covers.
typedef struct cell_range {
  ck_reach axes[3];
} cell_range;

static inline cell_range cells_of(const ck_window *window, int64_t row, int64_t position) {
  const ck_axis *axes = window->axes;
  const cell_range range = {{
      axes[0].reaches[row / axes[1].destination],
      axes[1].reaches[row % axes[1].destination],
      axes[2].reaches[position],
  }};
  return range;
}

static inline int64_t count_of(const cell_range *range) {
  return (int64_t)range->axes[0].count * range->axes[1].count * range->axes[2].count;
}

/// Runs a statement for every cell of a range, with `cell` its flat position in the source.
#define FOR_EACH_CELL(window, range)                                                                                  \
  for (int64_t a = 0; a < (range).axes[0].count; a++)                                                                 \
    for (int64_t b = 0; b < (range).axes[1].count; b++)                                                               \
      for (int64_t c = 0,                                                                                             \
                   row_ = ((range).axes[0].first_source + a * (window)->axes[0].source_step) * (window)->axes[1].source \
                          + (range).axes[1].first_source + b * (window)->axes[1].source_step,                         \
                   cell = row_ * (window)->axes[2].source + (range).axes[2].first_source;                             \
           c < (range).axes[2].count; c++, cell += (window)->axes[2].source_step)

/// Vectors of channels that one visit to the cells of a window takes.
enum { CK_RUN = 4 };

#include "ck_every_isa.h"

void ck_max_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row) {
  CK_DISPATCH(isa, max_pool, window, channels, source, destination, first_row, last_row)
}

void ck_max_pool_pullback(ck_isa isa, const ck_window *window, int64_t channels, const ck_pool_pullback *part) {
  CK_DISPATCH(isa, max_pool_pullback, window, channels, part)
}

void ck_average_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row) {
  CK_DISPATCH(isa, average_pool, window, channels, source, destination, first_row, last_row)
}

void ck_average_pool_pullback(ck_isa isa, const ck_window *window, int64_t channels, const ck_pool_pullback *part) {
  CK_DISPATCH(isa, average_pool_pullback, window, channels, part)
}

#else

/// The largest values of the cells of a range in some vectors of channels, the first of which has `count` channels or more.
CK_INLINE void CK_NAME(max_of_cells)(
    const ck_window *window, const cell_range *range, int64_t channels, const float *source, float *target, int vectors,
    int64_t count) {
  vector largest[CK_RUN];
  CK_UNROLL for (int v = 0; v < vectors; v++) largest[v] = (vector){0} - INFINITY;
  FOR_EACH_CELL(window, *range)
    CK_UNROLL for (int v = 0; v < vectors; v++)
      largest[v] = larger(load(source + cell * channels + v * CK_LANES, count), largest[v]);
  CK_UNROLL for (int v = 0; v < vectors; v++) store(target + v * CK_LANES, largest[v], count);
}

CK_FUNCTION void CK_NAME(max_pool)(
    const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row) {
  const int64_t length = window->axes[2].destination;
  for (int64_t row = first_row; row < last_row; row++) {
    for (int64_t position = 0; position < length; position++) {
      const cell_range range = cells_of(window, row, position);
      float *target = destination + (row * length + position) * channels;
      int64_t d = 0;
      for (; d + CK_RUN * CK_LANES <= channels; d += CK_RUN * CK_LANES)
        CK_NAME(max_of_cells)(window, &range, channels, source + d, target + d, CK_RUN, CK_LANES);
      for (; d < channels; d += CK_LANES)
        CK_NAME(max_of_cells)(window, &range, channels, source + d, target + d, 1, channels - d);
    }
  }
}

/// The lanes of `values` at whose places the gate is open.
CK_INLINE vector CK_NAME(passed)(const ck_pool_pullback *part, vector gate, vector values) {
  return part->gated ? choose((gate > 0) & (gate < part->gate_ceiling), values, (vector){0}) : values;
}

CK_FUNCTION void CK_NAME(max_pool_pullback)(const ck_window *window, int64_t channels, const ck_pool_pullback *part) {
  const int64_t length = window->axes[2].destination;
  for (int64_t row = part->first_row; row < part->last_row; row++) {
    for (int64_t position = 0; position < length; position++) {
      const cell_range range = cells_of(window, row, position);
      const int64_t upstream = (row * length + position) * channels;
      for (int64_t d = part->first_channel; d < part->last_channel; d += CK_LANES) {
        const int64_t count = part->last_channel - d;
        vector largest = (vector){0} - INFINITY;
        mask winner = (mask){0}; // the index of the winning cell within the window
        int32_t index = 0;
        FOR_EACH_CELL(window, range) {
          const vector x = load(part->source + cell * channels + d, count);
          const mask wins = x > largest;
          largest = choose(wins, x, largest);
          winner = (wins & index) | (~wins & winner);
          index++;
        }
        const vector share = CK_NAME(passed)(part, largest, load(part->cotangent + upstream + d, count));
        index = 0;
        FOR_EACH_CELL(window, range) {
          float *target = part->result + cell * channels + d;
          const vector given = (vector)((winner == index) & (mask)share);
          store(target, part->exclusive ? given : load(target, count) + given, count);
          index++;
        }
      }
    }
  }
}

CK_FUNCTION void CK_NAME(average_pool)(
    const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row) {
  const int64_t length = window->axes[2].destination;
  for (int64_t row = first_row; row < last_row; row++) {
    for (int64_t position = 0; position < length; position++) {
      const cell_range range = cells_of(window, row, position);
      const float divisor = count_of(&range) > 0 ? (float)count_of(&range) : 1;
      float *target = destination + (row * length + position) * channels;
      for (int64_t d = 0; d < channels; d += CK_LANES) {
        vector sum = {0};
        FOR_EACH_CELL(window, range) sum += load(source + cell * channels + d, channels - d);
        store(target + d, sum / divisor, channels - d);
      }
    }
  }
}

CK_FUNCTION void CK_NAME(average_pool_pullback)(
    const ck_window *window, int64_t channels, const ck_pool_pullback *part) {
  const int64_t length = window->axes[2].destination;
  for (int64_t row = part->first_row; row < part->last_row; row++) {
    for (int64_t position = 0; position < length; position++) {
      const cell_range range = cells_of(window, row, position);
      const float divisor = count_of(&range) > 0 ? (float)count_of(&range) : 1;
      const int64_t upstream = (row * length + position) * channels;
      for (int64_t d = part->first_channel; d < part->last_channel; d += CK_LANES) {
        const int64_t count = part->last_channel - d;
        const vector share = load(part->cotangent + upstream + d, count) / divisor;
        FOR_EACH_CELL(window, range) {
          const int64_t at = cell * channels + d;
          const vector given = part->gated ? CK_NAME(passed)(part, load(part->source + at, count), share) : share;
          store(part->result + at, part->exclusive ? given : load(part->result + at, count) + given, count);
        }
      }
    }
  }
}

#endif
