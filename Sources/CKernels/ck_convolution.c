// Direct convolution, channels last.
//
// Blocking. The sums of CK_POSITIONS destination positions x one panel of destination channels (two vectors) stay in registers:
// 6 x 16 with AVX2, 12 x 32 with AVX-512. Per tap and source channel two loaded vectors of weights and one broadcast value per
// position feed two multiply-adds per position. Nothing is copied: every position of a block has a pointer of its own to the
// source values that the tap reads.
//
//  * Weights are packed once as [group][panel][tap][source channel][lanes of the panel], so that they are read front to back. The
//    last panel of a group has one vector when that is enough, and zeros in the lanes that no channel fills.
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

/// Destination channels of a group including the lanes that no channel fills.
static int64_t padded_channels(ck_isa isa, const ck_channels *channels) {
  const int64_t width = lanes(isa);
  return (channels->destination / channels->groups + width - 1) / width * width;
}

/// Panels of one group.
static int64_t panels_of_group(ck_isa isa, const ck_channels *channels) {
  return (padded_channels(isa, channels) + 2 * lanes(isa) - 1) / (2 * lanes(isa));
}

int64_t ck_panels(ck_isa isa, const ck_channels *channels) { return channels->groups * panels_of_group(isa, channels); }

int64_t ck_packed_weights(ck_isa isa, int64_t taps, const ck_channels *channels) {
  const int64_t per_group = channels->source / channels->groups;
  return channels->groups * taps * per_group * padded_channels(isa, channels) + per_group;
}

/// Packs one tap of a panel whose destination channels lie side by side.
static void pack_rows(int64_t from, int64_t width, int64_t filled, int64_t stride, const float *weights, float *packed) {
  for (int64_t s = 0; s < from; s++, weights += stride, packed += width) {
    for (int64_t d = 0; d < filled; d++) packed[d] = weights[d];
    for (int64_t d = filled; d < width; d++) packed[d] = 0;
  }
}

/// Packs one tap of a panel whose source channels lie side by side.
static void pack_columns(int64_t from, int64_t width, int64_t filled, int64_t stride, const float *weights, float *packed) {
  for (int64_t d = 0; d < filled; d++, weights += stride) {
    for (int64_t s = 0; s < from; s++) packed[s * width + d] = weights[s];
  }
  for (int64_t d = filled; d < width; d++) {
    for (int64_t s = 0; s < from; s++) packed[s * width + d] = 0;
  }
}

void ck_pack_weights(
    ck_isa isa, int64_t taps, const ck_channels *channels, int mirrored, int64_t first_panel, int64_t last_panel,
    const float *weights, float *packed) {
  const int64_t from = channels->source / channels->groups;
  const int64_t to = channels->destination / channels->groups;
  const int64_t padded = padded_channels(isa, channels);
  for (int64_t panel = first_panel; panel < last_panel; panel++) {
    const int64_t group = panel / panels_of_group(isa, channels);
    const int64_t first = panel % panels_of_group(isa, channels) * 2 * lanes(isa);
    const int64_t width = padded - first < 2 * lanes(isa) ? padded - first : 2 * lanes(isa);
    const int64_t filled = to - first < width ? to - first : width;
    for (int64_t tap = 0; tap < taps; tap++) {
      float *target = packed + (group * padded + first) * taps * from + tap * from * width;
      if (mirrored) {
        const float *start = weights + ((taps - 1 - tap) * to + first) * channels->source + group * from;
        pack_columns(from, width, filled, channels->source, start, target);
      } else {
        const float *start = weights + tap * from * channels->destination + group * to + first;
        pack_rows(from, width, filled, channels->destination, start, target);
      }
    }
  }
  if (last_panel < ck_panels(isa, channels)) return;
  float *zeros = packed + channels->groups * padded * taps * from;
  for (int64_t s = 0; s < from; s++) zeros[s] = 0;
}

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
} task;

/// Sums `positions` positions x `vectors` vectors of channels into `sums`.
CK_INLINE void CK_NAME(sum_block)(const task *task, const block *block, int positions, int vectors, float *sums) {
  const ck_axis *axes = task->window->axes;
  const int64_t width = vectors * CK_LANES;
  vector chain[CK_POSITIONS][2], total[CK_POSITIONS][2];
  CK_UNROLL for (int p = 0; p < positions; p++)
    CK_UNROLL for (int v = 0; v < vectors; v++) chain[p][v] = total[p][v] = (vector){0};
  int64_t room = CK_CHAIN;

  for (int64_t a = 0; a < task->outer->count; a++) {
    const int64_t tap0 = task->outer->first_tap + a * axes[0].tap_step;
    const int64_t at0 = task->outer->first_source + a * axes[0].source_step;
    for (int64_t b = 0; b < task->middle->count; b++) {
      const int64_t tap1 = tap0 * axes[1].kernel + task->middle->first_tap + b * axes[1].tap_step;
      const int64_t row = (at0 * axes[1].source + task->middle->first_source + b * axes[1].source_step) * axes[2].source;
      for (int64_t c = 0; c < block->taps; c += block->merged) {
        const int64_t tap = tap1 * axes[2].kernel + block->first_tap + c * axes[2].tap_step;
        const float *w = task->weights + tap * task->channels * width;
        const float *x[CK_POSITIONS];
        CK_UNROLL for (int p = 0; p < positions; p++) {
          const int64_t at = row + block->origin[p] + c * axes[2].source_step;
          x[p] = c >= block->begin[p] && c < block->end[p] ? task->source + at * task->stride : task->zeros;
        }
        for (int64_t left = block->merged * task->channels; left > 0;) {
          const int64_t count = left < room ? left : room;
          for (int64_t s = 0; s < count; s++, w += width) {
            vector weights[2];
            CK_UNROLL for (int v = 0; v < vectors; v++) weights[v] = *(const vector *)(w + v * CK_LANES);
            CK_UNROLL for (int p = 0; p < positions; p++) {
              const vector value = x[p][s] - (vector){0};
              CK_UNROLL for (int v = 0; v < vectors; v++) chain[p][v] += value * weights[v];
            }
          }
          CK_UNROLL for (int p = 0; p < positions; p++) x[p] += count;
          left -= count;
          room -= count;
          if (room == 0) {
            room = CK_CHAIN;
            CK_UNROLL for (int p = 0; p < positions; p++)
              CK_UNROLL for (int v = 0; v < vectors; v++) {
                total[p][v] += chain[p][v];
                chain[p][v] = (vector){0};
              }
          }
        }
      }
    }
  }
  CK_UNROLL for (int p = 0; p < positions; p++)
    CK_UNROLL for (int v = 0; v < vectors; v++) *(vector *)(sums + p * width + v * CK_LANES) = total[p][v] + chain[p][v];
}

/// Finishes and writes the sums of a block as `finish` would: what holds for a vector of channels is decided once for all positions.
CK_INLINE void CK_NAME(write_block)(const task *task, int64_t position, int positions, int vectors, const float *sums) {
  const ck_epilogue *epilogue = task->epilogue;
  const int64_t step = task->window->axes[2].phases * task->width;
  CK_UNROLL for (int v = 0; v < vectors; v++) {
    const int64_t channel = task->channel + v * CK_LANES, rest = task->count - v * CK_LANES;
    const int64_t at = task->row + position * task->width + v * CK_LANES;
    vector held[CK_POSITIONS];
    CK_UNROLL for (int p = 0; p < positions; p++) held[p] = *(const vector *)(sums + (p * vectors + v) * CK_LANES);
    if (epilogue->bias) {
      const vector bias = load(epilogue->bias + channel, rest);
      CK_UNROLL for (int p = 0; p < positions; p++) held[p] += bias;
    }
    if (epilogue->scale) {
      const vector scale = load(epilogue->scale + channel, rest), offset = load(epilogue->offset + channel, rest);
      CK_UNROLL for (int p = 0; p < positions; p++) held[p] = held[p] * scale + offset;
    }
    if (epilogue->rectifies) CK_UNROLL for (int p = 0; p < positions; p++) held[p] = rectify(held[p], epilogue->ceiling);
    if (epilogue->gate)
      CK_UNROLL for (int p = 0; p < positions; p++)
        held[p] = pass(held[p], load(epilogue->gate + at + p * step, rest), epilogue->gate_ceiling);
    if (rest >= CK_LANES)
      CK_UNROLL for (int p = 0; p < positions; p++) *(vector *)(task->destination + at + p * step) = held[p];
    else
      CK_UNROLL for (int p = 0; p < positions; p++) store(task->destination + at + p * step, held[p], rest);
  }
}

/// Computes `positions` positions from `position` on of a panel of `vectors` vectors.
CK_INLINE void CK_NAME(convolve_block)(const task *task, int64_t position, int positions, int vectors) {
  const ck_axis *axis = &task->window->axes[2];
  const int mergeable = axis->tap_step == 1 && axis->source_step == 1 && task->channels == task->stride;
  const block block = block_at(axis, position, positions, mergeable);
  float sums[CK_POSITIONS * 2 * CK_LANES];
  CK_NAME(sum_block)(task, &block, positions, vectors, sums);
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
          .count = to - first};
      if (padded - first > CK_LANES)
        CK_NAME(convolve_row)(&task, begin, end, 2);
      else
        CK_NAME(convolve_row)(&task, begin, end, 1);
    }
  }
}

#undef task

#endif
