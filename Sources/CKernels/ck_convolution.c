// Direct convolution, channels last.
//
// Blocking. The sums of CK_POSITIONS destination positions x one panel of destination channels (two vectors) stay in registers:
// 6 x 16 with AVX2, 12 x 32 with AVX-512. Per tap and source channel two loaded vectors of weights and one broadcast value per
// position feed two multiply-adds per position. Nothing is copied: every position of a block has a pointer of its own to the
// source values that the tap reads.
//
//  * Weights are packed once in the order in which they are read (ck_panel_weights.c).
//  * Borders need no other code: where a tap of a block reads padding for some of its positions, their pointers point at a run of
//    zeros behind the packed weights. Taps that read padding for all positions are skipped.
//  * The end of a row is a block moved back so that it overlaps its neighbour; a row shorter than a block takes smaller blocks.
//  * Under a strided pullback neighbouring positions are reached by different taps, so a block takes every `phases`-th position.
//  * Where the taps of the innermost axis read neighbouring positions, all their values lie in one run and count as one tap.
//
// Rounding. At most CK_CHAIN products are summed one after the other; then the block's sums are added to running sums in memory.
// Measured over 3x3 taps x 32 channels, uniform numbers between -1 and 1: root mean square error 6.6e-7 against 1.6e-6 of a single
// chain (16 and 64 products: 6.1e-7 and 8.3e-7). The bias is added last.

#ifndef CK_TEXT
#define CK_TEXT "ck_convolution.c"

#include "ck_convolution.h"

enum { CK_CHAIN = 32 };

#include "ck_every_isa.h"

void ck_convolve(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination) {
  ck_convolve_run(isa, window, channels, part, 0, window->axes[2].destination, source, packed, epilogue, destination);
}

void ck_convolve_run(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, int64_t first, int64_t last,
    const float *source, const float *packed, const ck_epilogue *epilogue, float *destination) {
  CK_DISPATCH(isa, convolve, window, channels, part, first, last, source, packed, epilogue, destination)
}

#else

#include "ck_block.h"

#define task CK_NAME(task)
#define sums CK_NAME(sums)

/// What stays the same for all blocks of a row and panel.
typedef struct task {
  const ck_window *window;
  const ck_reach *outer;
  const ck_reach *middle;
  const float *source;   // the item, at the first channel of the group
  int64_t stride;        // floats from one source position to the next
  int64_t channels;      // source channels of the group
  const float *weights;  // the panel
  const float *zeros;    // as many as `channels`
  const ck_epilogue *epilogue;
  float *destination;    // the item
  int64_t row;           // where the row and the panel's first channel are in it
  int64_t width;         // floats from one destination position to the next
  int64_t channel;       // the panel's first channel
  int64_t count;         // the channels that the panel and those behind it have
  int merges;            // whether the values that the taps of the innermost axis read lie in one run
} task;

/// The sums of a block: the chains of products that grow now, in registers, and the sums of those before, in memory.
typedef struct sums {
  vector chain[CK_POSITIONS][2];
  int64_t room;  // products that the chains may still take
  int started;   // whether there are sums in memory
  float *memory; // [position][vector]
} sums;

/// Ends the chains of a block.
CK_INLINE void CK_NAME(end_chains)(sums *sums, int positions, int vectors) {
  CK_UNROLL for (int p = 0; p < positions; p++)
    CK_UNROLL for (int v = 0; v < vectors; v++) {
      vector *sum = (vector *)(sums->memory + (p * vectors + v) * CK_LANES);
      *sum = sums->started ? *sum + sums->chain[p][v] : sums->chain[p][v];
      sums->chain[p][v] = (vector){0};
    }
  sums->room = CK_CHAIN;
  sums->started = 1;
}

/// Adds the products of `left` numbers of every position with as many rows of weights.
CK_INLINE void CK_NAME(add_products)(
    const float *x[CK_POSITIONS], const float *w, int64_t left, sums *sums, int positions, int vectors) {
  while (left > 0) {
    const int64_t count = left < sums->room ? left : sums->room;
    for (int64_t s = 0; s < count; s++, w += vectors * CK_LANES) {
      vector weights[2];
      CK_UNROLL for (int v = 0; v < vectors; v++) weights[v] = *(const vector *)(w + v * CK_LANES);
      CK_UNROLL for (int p = 0; p < positions; p++) {
        const vector value = x[p][s] - (vector){0};
        CK_UNROLL for (int v = 0; v < vectors; v++) sums->chain[p][v] += value * weights[v];
      }
    }
    CK_UNROLL for (int p = 0; p < positions; p++) x[p] += count;
    left -= count;
    sums->room -= count;
    if (sums->room == 0) CK_NAME(end_chains)(sums, positions, vectors);
  }
}

/// Adds the products of a block by the taps at one place of the outer axes: `row` is the source position where the innermost axis begins,
/// `tap` the first tap.
CK_INLINE void CK_NAME(add_taps)(
    const task *task, const block *block, int64_t row, int64_t tap, sums *sums, int positions, int vectors) {
  const ck_axis *axis = &task->window->axes[2];
  for (int64_t c = 0; c < block->taps; c += block->merged) {
    const float *w = task->weights + (tap + block->first_tap + c * axis->tap_step) * task->channels * vectors * CK_LANES;
    const float *x[CK_POSITIONS];
    CK_UNROLL for (int p = 0; p < positions; p++) {
      const int64_t at = row + block->origin[p] + c * axis->source_step;
      x[p] = c >= block->begin[p] && c < block->end[p] ? task->source + at * task->stride : task->zeros;
    }
    CK_NAME(add_products)(x, w, block->merged * task->channels, sums, positions, vectors);
  }
}

/// The same for a block that no padding reaches: `position` is its first position.
CK_INLINE void CK_NAME(add_inner_taps)(
    const task *task, int64_t position, int64_t row, int64_t tap, sums *sums, int positions, int vectors) {
  const ck_axis *axis = &task->window->axes[2];
  const int64_t merged = task->merges ? axis->kernel : 1, step = axis->stride * task->stride;
  const float *first = task->source + (row + axis->reaches[position].first_source) * task->stride;
  const float *w = task->weights + tap * task->channels * vectors * CK_LANES;
  for (int64_t c = 0; c < axis->kernel; c += merged, first += axis->source_step * task->stride) {
    const float *x[CK_POSITIONS];
    CK_UNROLL for (int p = 0; p < positions; p++) x[p] = first + p * step;
    CK_NAME(add_products)(x, w, merged * task->channels, sums, positions, vectors);
    w += merged * task->channels * vectors * CK_LANES;
  }
}

/// Sums `positions` positions x `vectors` vectors of channels into `memory`; `block` is null where no padding reaches them.
CK_INLINE void CK_NAME(sum_block)(
    const task *task, int64_t position, const block *block, int positions, int vectors, float *memory) {
  const ck_axis *axes = task->window->axes;
  sums sums = {.room = CK_CHAIN, .memory = memory};
  for (int64_t a = 0; a < task->outer->count; a++) {
    const int64_t tap0 = task->outer->first_tap + a * axes[0].tap_step;
    const int64_t at0 = task->outer->first_source + a * axes[0].source_step;
    for (int64_t b = 0; b < task->middle->count; b++) {
      const int64_t tap1 = tap0 * axes[1].kernel + task->middle->first_tap + b * axes[1].tap_step;
      const int64_t row = (at0 * axes[1].source + task->middle->first_source + b * axes[1].source_step) * axes[2].source;
      if (block)
        CK_NAME(add_taps)(task, block, row, tap1 * axes[2].kernel, &sums, positions, vectors);
      else
        CK_NAME(add_inner_taps)(task, position, row, tap1 * axes[2].kernel, &sums, positions, vectors);
    }
  }
  if (sums.room < CK_CHAIN || !sums.started) CK_NAME(end_chains)(&sums, positions, vectors);
}

/// Finishes and writes the sums of a block as `finish` would: what holds for a vector of channels is decided once for all positions.
CK_INLINE void CK_NAME(write_block)(const task *task, int64_t position, int positions, int vectors, const float *sums) {
  const int64_t step = task->window->axes[2].phases * task->width;
  CK_UNROLL for (int v = 0; v < vectors; v++) {
    const int64_t channel = task->channel + v * CK_LANES, rest = task->count - v * CK_LANES;
    const int64_t at = task->row + position * task->width + v * CK_LANES;
    vector held[CK_POSITIONS];
    CK_UNROLL for (int p = 0; p < positions; p++) held[p] = *(const vector *)(sums + (p * vectors + v) * CK_LANES);
    write_run(task->epilogue, held, positions, at, step, channel, rest, task->destination);
  }
}

/// Computes `positions` positions from `position` on of a panel of `vectors` vectors.
CK_INLINE void CK_NAME(convolve_block)(const task *task, int64_t position, int positions, int vectors) {
  const ck_axis *axis = &task->window->axes[2];
  float sums[CK_POSITIONS * 2 * CK_LANES];
  if (positions == CK_POSITIONS && is_inner(axis, position, positions)) {
    CK_NAME(sum_block)(task, position, NULL, positions, vectors, sums);
  } else {
    const block block = block_at(axis, position, positions, task->merges);
    CK_NAME(sum_block)(task, position, &block, positions, vectors, sums);
  }
  CK_NAME(write_block)(task, position, positions, vectors, sums);
}

/// Positions [first, last) of a row of one panel: for every phase of the positions whole blocks, the last one moved back, or smaller ones.
CK_INLINE void CK_NAME(convolve_row)(const task *task, int64_t first, int64_t last, int vectors) {
  const int64_t phases = task->window->axes[2].phases;
  for (int64_t phase = first; phase < first + phases && phase < last; phase++) {
    const int64_t length = (last - phase + phases - 1) / phases;
    for (int64_t done = 0; done < length;) {
      if (length >= CK_POSITIONS) {
        const int64_t start = done + CK_POSITIONS <= length ? done : length - CK_POSITIONS;
        CK_NAME(convolve_block)(task, phase + start * phases, CK_POSITIONS, vectors);
        done = start + CK_POSITIONS;
      } else if (length >= 3) {
        const int64_t start = done + 3 <= length ? done : length - 3;
        CK_NAME(convolve_block)(task, phase + start * phases, 3, vectors);
        done = start + 3;
      } else {
        CK_NAME(convolve_block)(task, phase + done * phases, 1, vectors);
        done++;
      }
    }
  }
}

CK_FUNCTION void CK_NAME(convolve)(
    const ck_window *window, const ck_channels *channels, const ck_part *part, int64_t begin, int64_t end,
    const float *source, const float *packed, const ck_epilogue *epilogue, float *destination) {
  const ck_axis *axes = window->axes;
  const int64_t from = channels->source / channels->groups, to = channels->destination / channels->groups;
  const int64_t padded = (to + CK_LANES - 1) / CK_LANES * CK_LANES;
  const int64_t panels = (padded + 2 * CK_LANES - 1) / (2 * CK_LANES);
  const int64_t taps = axes[0].kernel * axes[1].kernel * axes[2].kernel;
  for (int64_t row = part->first_row; row < part->last_row; row++) {
    for (int64_t panel = part->first_panel; panel < part->last_panel; panel++) {
      const int64_t group = panel / panels, first = panel % panels * 2 * CK_LANES;
      const task task = {
          .window = window,
          .outer = &axes[0].reaches[row / axes[1].destination],
          .middle = &axes[1].reaches[row % axes[1].destination],
          .source = source + group * from,
          .stride = channels->source,
          .channels = from,
          .weights = packed + (group * padded + first) * taps * from,
          .zeros = packed + channels->groups * padded * taps * from,
          .epilogue = epilogue,
          .destination = destination,
          .row = row * axes[2].destination * channels->destination + group * to + first,
          .width = channels->destination,
          .channel = group * to + first,
          .count = to - first,
          .merges = axes[2].tap_step == 1 && axes[2].source_step == 1 && from == channels->source};
      if (padded - first > CK_LANES)
        CK_NAME(convolve_row)(&task, begin, end, 2);
      else
        CK_NAME(convolve_row)(&task, begin, end, 1);
    }
  }
}

#undef task
#undef sums

#endif
