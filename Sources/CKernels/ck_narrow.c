// Direct convolution to one to four channels, channels last: the gradient of an image's three channels, a signal's one.
//
// Registers over destination channels would be nearly empty, so here the lanes run over the source channels: the sums of a block of
// positions x all destination channels stay in registers, a vector each, and their lanes are added at the end. Per vector of source
// channels every loaded vector of weights feeds a multiply-add per position, and every loaded vector of values one per channel.
//
// Weights are packed as [tap][destination channel][source channel], the source channels filled up with zeros to whole vectors. Borders
// and ends of rows are treated as in ck_convolution.c.

#ifndef CK_TEXT
#define CK_TEXT "ck_narrow.c"

#include "ck_narrow.h"

#include "ck_every_isa.h"

static int64_t padded(ck_isa isa, int64_t channels) { return (channels + lanes(isa) - 1) / lanes(isa) * lanes(isa); }

int64_t ck_packed_narrow_weights(ck_isa isa, int64_t taps, int64_t source_channels, int64_t destination_channels) {
  return (taps * destination_channels + 1) * padded(isa, source_channels);
}

void ck_pack_narrow_weights(
    ck_isa isa, int64_t taps, int64_t source_channels, int64_t destination_channels, int mirrored, const float *weights,
    float *packed) {
  const int64_t from = source_channels, to = destination_channels;
  for (int64_t tap = 0; tap < taps; tap++) {
    for (int64_t d = 0; d < to; d++) {
      for (int64_t s = 0; s < padded(isa, from); s++) {
        const int64_t at = mirrored ? ((taps - 1 - tap) * to + d) * from + s : (tap * from + s) * to + d;
        *packed++ = s < from ? weights[at] : 0;
      }
    }
  }
  for (int64_t s = 0; s < padded(isa, from); s++) packed[s] = 0;
}

void ck_convolve_narrow(
    ck_isa isa, const ck_window *window, int64_t source_channels, int64_t destination_channels, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row) {
  CK_DISPATCH(
      isa, convolve_narrow, window, source_channels, destination_channels, source, packed, epilogue, destination, first_row,
      last_row)
}

#else

#include "ck_block.h"

#define task CK_NAME(narrow_task)

/// What stays the same for all blocks of a row.
typedef struct task {
  const ck_window *window;
  const ck_reach *outer;
  const ck_reach *middle;
  const float *source;   // the item
  int64_t channels;      // of the source
  const float *weights;
  const float *zeros;    // as many as there are source channels
  const ck_epilogue *epilogue;
  float *destination;    // the item
  int64_t row;           // where the row is in it
} task;

/// Computes `positions` positions x `width` destination channels from `position` on.
CK_INLINE void CK_NAME(narrow_block)(const task *task, int64_t position, int positions, int width) {
  const ck_axis *axes = task->window->axes;
  const block block = block_at(&axes[2], position, positions, 0);
  const int64_t padded = (task->channels + CK_LANES - 1) / CK_LANES * CK_LANES;
  vector sums[8][CK_NARROWEST];
  CK_UNROLL for (int p = 0; p < positions; p++)
    CK_UNROLL for (int d = 0; d < width; d++) sums[p][d] = (vector){0};

  for (int64_t a = 0; a < task->outer->count; a++) {
    const int64_t tap0 = task->outer->first_tap + a * axes[0].tap_step;
    const int64_t at0 = task->outer->first_source + a * axes[0].source_step;
    for (int64_t b = 0; b < task->middle->count; b++) {
      const int64_t tap1 = tap0 * axes[1].kernel + task->middle->first_tap + b * axes[1].tap_step;
      const int64_t row = (at0 * axes[1].source + task->middle->first_source + b * axes[1].source_step) * axes[2].source;
      for (int64_t c = 0; c < block.taps; c++) {
        const int64_t tap = tap1 * axes[2].kernel + block.first_tap + c * axes[2].tap_step;
        const float *w = task->weights + tap * width * padded;
        const float *x[8];
        CK_UNROLL for (int p = 0; p < positions; p++) {
          const int64_t at = row + block.origin[p] + c * axes[2].source_step;
          x[p] = c >= block.begin[p] && c < block.end[p] ? task->source + at * task->channels : task->zeros;
        }
        int64_t s = 0;
        for (; s + CK_LANES <= task->channels; s += CK_LANES) {
          vector weights[CK_NARROWEST];
          CK_UNROLL for (int d = 0; d < width; d++) weights[d] = *(const vector *)(w + d * padded + s);
          CK_UNROLL for (int p = 0; p < positions; p++) {
            const vector value = *(const vector *)(x[p] + s);
            CK_UNROLL for (int d = 0; d < width; d++) sums[p][d] += value * weights[d];
          }
        }
        if (s < task->channels) {
          CK_UNROLL for (int p = 0; p < positions; p++) {
            const vector value = load(x[p] + s, task->channels - s);
            CK_UNROLL for (int d = 0; d < width; d++) sums[p][d] += value * *(const vector *)(w + d * padded + s);
          }
        }
      }
    }
  }
  CK_UNROLL for (int p = 0; p < positions; p++) {
    vector result = {0};
    CK_UNROLL for (int d = 0; d < width; d++) result[d] = lane_sum(sums[p][d]);
    const int64_t at = task->row + (position + p * axes[2].phases) * width;
    store(task->destination + at, finish(task->epilogue, result, at, 0, width), width);
  }
}

/// A row: for every phase of the positions whole blocks, the last one moved back, or single positions.
CK_INLINE void CK_NAME(narrow_row)(const task *task, int positions, int width) {
  const int64_t phases = task->window->axes[2].phases, extent = task->window->axes[2].destination;
  for (int64_t phase = 0; phase < phases && phase < extent; phase++) {
    const int64_t length = (extent - phase + phases - 1) / phases;
    for (int64_t done = 0; done < length;) {
      if (length >= positions) {
        const int64_t start = done + positions <= length ? done : length - positions;
        CK_NAME(narrow_block)(task, phase + start * phases, positions, width);
        done = start + positions;
      } else {
        CK_NAME(narrow_block)(task, phase + done * phases, 1, width);
        done++;
      }
    }
  }
}

CK_FUNCTION void CK_NAME(convolve_narrow)(
    const ck_window *window, int64_t source_channels, int64_t destination_channels, const float *source, const float *packed,
    const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row) {
  const ck_axis *axes = window->axes;
  const int64_t taps = axes[0].kernel * axes[1].kernel * axes[2].kernel;
  const int64_t padded = (source_channels + CK_LANES - 1) / CK_LANES * CK_LANES;
  for (int64_t row = first_row; row < last_row; row++) {
    const task task = {
        .window = window,
        .outer = &axes[0].reaches[row / axes[1].destination],
        .middle = &axes[1].reaches[row % axes[1].destination],
        .source = source,
        .channels = source_channels,
        .weights = packed,
        .zeros = packed + taps * destination_channels * padded,
        .epilogue = epilogue,
        .destination = destination,
        .row = row * axes[2].destination * destination_channels};
    // As many positions as fill the registers of AVX2: sums, weights and one value.
    switch (destination_channels) {
    case 1: CK_NAME(narrow_row)(&task, 8, 1); break;
    case 2: CK_NAME(narrow_row)(&task, 6, 2); break;
    case 3: CK_NAME(narrow_row)(&task, 4, 3); break;
    default: CK_NAME(narrow_row)(&task, 2, 4);
    }
  }
}

#undef task

#endif
