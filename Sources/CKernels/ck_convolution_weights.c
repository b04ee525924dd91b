// The cotangent of a convolution's weights, channels last.
//
// Blocking. For one tap the sums of CK_POSITIONS source channels x one panel of destination channels (two vectors) stay in registers
// while up to CK_RUN positions of a row go by: per position two loaded vectors of the cotangent and one broadcast value per source
// channel feed two multiply-adds each. Then they are added to the sums in memory, so that no chain of products is longer than CK_RUN.
//
//  * The panel of the cotangent at a run of positions is copied once, with zeros in the lanes that no channel fills, and serves all
//    taps and source channels.
//  * The positions of a run that a tap reaches lie next to each other; those that read padding are left out.
//  * A row longer than CK_RUN is divided into runs of about the same length: every run costs a load and a store of all sums.
//  * The source channels are divided into blocks of about the same size, because a small one leaves the multipliers waiting for sums.
//
// A call adds rows in ascending order. Whoever divides work over threads decides by the shapes alone which rows share their sums.

#ifndef CK_TEXT
#define CK_TEXT "ck_convolution_weights.c"

#include "ck_convolution_weights.h"

/// The most positions that a block of sums takes at once.
enum { CK_RUN = 64 };

/// The part of positions [first, last) that a tap of an axis reaches: those whose source coordinate is inside.
static inline ck_reach reached(const ck_axis *axis, int64_t tap, int64_t first, int64_t last) {
  const int64_t origin = axis->origin + tap * axis->source_step, stride = axis->stride;
  const int64_t begin = origin >= 0 ? 0 : (-origin + stride - 1) / stride;
  const int64_t end = origin >= axis->source ? 0 : (axis->source - 1 - origin) / stride + 1;
  if (first < begin) first = begin;
  if (last > end) last = end;
  return (ck_reach){
      .first_tap = (int32_t)first,
      .count = last > first ? (int32_t)(last - first) : 0,
      .first_source = (int32_t)(origin + first * stride)};
}

#include "ck_every_isa.h"

void ck_pull_back_weights(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *cotangent, float *sums) {
  CK_DISPATCH(isa, pull_back_weights, window, channels, part, source, cotangent, sums)
}

void ck_pull_back_depthwise_weights(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, const float *cotangent, float *sums,
    int64_t first_row, int64_t last_row) {
  CK_DISPATCH(isa, pull_back_depthwise_weights, window, channels, source, cotangent, sums, first_row, last_row)
}

#else

/// Adds the products of `count` positions, `stride` floats apart in the source, for `height` source channels and `vectors` vectors.
CK_INLINE void CK_NAME(add_products)(
    const float *x, int64_t stride, const float *y, int64_t count, int height, int vectors, int64_t channels,
    float *sums, int64_t width) {
  vector chain[CK_POSITIONS][2];
  CK_UNROLL for (int s = 0; s < height; s++)
    CK_UNROLL for (int v = 0; v < vectors; v++) chain[s][v] = (vector){0};
  for (int64_t p = 0; p < count; p++, x += stride, y += vectors * CK_LANES) {
    vector upstream[2];
    CK_UNROLL for (int v = 0; v < vectors; v++) upstream[v] = *(const vector *)(y + v * CK_LANES);
    CK_UNROLL for (int s = 0; s < height; s++) {
      const vector value = x[s] - (vector){0};
      CK_UNROLL for (int v = 0; v < vectors; v++) chain[s][v] += value * upstream[v];
    }
  }
  CK_UNROLL for (int s = 0; s < height; s++)
    CK_UNROLL for (int v = 0; v < vectors; v++) {
      float *sum = sums + s * width + v * CK_LANES;
      const int64_t rest = channels - v * CK_LANES;
      store(sum, load(sum, rest) + chain[s][v], rest);
    }
}

/// Adds the products of one tap at a run of positions for all source channels of a group.
CK_INLINE void CK_NAME(add_tap)(
    const float *x, int64_t stride, const float *y, int64_t count, int64_t from, int vectors, int64_t channels,
    float *sums, int64_t width) {
  const int64_t blocks = (from + CK_POSITIONS - 1) / CK_POSITIONS;
  for (int64_t index = 0; index < blocks; index++) {
    const int64_t s = index * from / blocks;
    const float *at = x + s;
    float *to = sums + s * width;
    switch ((index + 1) * from / blocks - s) {
#define CK_BLOCK(height)                                                                                              \
  case height:                                                                                                        \
    CK_NAME(add_products)                                                                                             \
    (at, stride, y, count, height < CK_POSITIONS ? height : CK_POSITIONS, vectors, channels, to, width);              \
    break;
      CK_BLOCK(1) CK_BLOCK(2) CK_BLOCK(3) CK_BLOCK(4) CK_BLOCK(5) CK_BLOCK(6)
#if CK_POSITIONS > 6
      CK_BLOCK(7) CK_BLOCK(8) CK_BLOCK(9) CK_BLOCK(10) CK_BLOCK(11) CK_BLOCK(12)
#endif
#undef CK_BLOCK
    }
  }
}

/// Adds the products of all taps at positions [first, last) of a row for one panel.
CK_INLINE void CK_NAME(add_run)(
    const ck_window *window, const ck_channels *channels, int64_t row, int64_t first, int64_t last, int vectors,
    int64_t channel, int64_t count, const float *source, const float *cotangent, float *sums) {
  const ck_axis *axes = window->axes;
  const int64_t from = channels->source / channels->groups, width = vectors * CK_LANES;
  const ck_reach *outer = &axes[0].reaches[row / axes[1].destination];
  const ck_reach *middle = &axes[1].reaches[row % axes[1].destination];
  float run[CK_RUN * 2 * CK_LANES];
  for (int64_t p = first; p < last; p++) {
    const float *at = cotangent + (row * axes[2].destination + p) * channels->destination + channel;
    CK_UNROLL for (int v = 0; v < vectors; v++)
      *(vector *)(run + (p - first) * width + v * CK_LANES) = load(at + v * CK_LANES, count - v * CK_LANES);
  }
  for (int64_t a = 0; a < outer->count; a++) {
    for (int64_t b = 0; b < middle->count; b++) {
      const int64_t tap1 = (outer->first_tap + a) * axes[1].kernel + middle->first_tap + b;
      const int64_t at0 = outer->first_source + a * axes[0].source_step;
      const int64_t at1 = at0 * axes[1].source + middle->first_source + b * axes[1].source_step;
      for (int64_t c = 0; c < axes[2].kernel; c++) {
        const ck_reach part = reached(&axes[2], c, first, last);
        if (part.count == 0) continue;
        const float *x = source + (at1 * axes[2].source + part.first_source) * channels->source;
        CK_NAME(add_tap)(
            x, axes[2].stride * channels->source, run + (part.first_tap - first) * width, part.count, from, vectors, count,
            sums + (tap1 * axes[2].kernel + c) * from * channels->destination + channel, channels->destination);
      }
    }
  }
}

CK_FUNCTION void CK_NAME(pull_back_weights)(
    const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *cotangent, float *sums) {
  const int64_t from = channels->source / channels->groups, to = channels->destination / channels->groups;
  const int64_t panels = (to + 2 * CK_LANES - 1) / (2 * CK_LANES);
  const int64_t positions = window->axes[2].destination, runs = (positions + CK_RUN - 1) / CK_RUN;
  for (int64_t row = part->first_row; row < part->last_row; row++) {
    for (int64_t index = 0; index < runs; index++) {
      const int64_t first = index * positions / runs, last = (index + 1) * positions / runs;
      for (int64_t panel = part->first_panel; panel < part->last_panel; panel++) {
        const int64_t group = panel / panels, begin = panel % panels * 2 * CK_LANES;
        const int64_t channel = group * to + begin, count = to - begin;
        const float *x = source + group * from;
        if (count > CK_LANES)
          CK_NAME(add_run)(window, channels, row, first, last, 2, channel, count, x, cotangent, sums);
        else
          CK_NAME(add_run)(window, channels, row, first, last, 1, channel, count, x, cotangent, sums);
      }
    }
  }
}

CK_FUNCTION void CK_NAME(pull_back_depthwise_weights)(
    const ck_window *window, int64_t channels, const float *source, const float *cotangent, float *sums,
    int64_t first_row, int64_t last_row) {
  const ck_axis *axes = window->axes;
  const int64_t positions = axes[2].destination;
  for (int64_t row = first_row; row < last_row; row++) {
    const ck_reach *outer = &axes[0].reaches[row / axes[1].destination];
    const ck_reach *middle = &axes[1].reaches[row % axes[1].destination];
    for (int64_t a = 0; a < outer->count; a++) {
      for (int64_t b = 0; b < middle->count; b++) {
        const int64_t tap1 = (outer->first_tap + a) * axes[1].kernel + middle->first_tap + b;
        const int64_t at0 = outer->first_source + a * axes[0].source_step;
        const int64_t at1 = at0 * axes[1].source + middle->first_source + b * axes[1].source_step;
        for (int64_t c = 0; c < axes[2].kernel; c++) {
          float *target = sums + (tap1 * axes[2].kernel + c) * channels;
          for (int64_t first = 0; first < positions; first += CK_RUN) {
            const ck_reach part = reached(&axes[2], c, first, first + CK_RUN < positions ? first + CK_RUN : positions);
            if (part.count == 0) continue;
            const float *x = source + (at1 * axes[2].source + part.first_source) * channels;
            const float *y = cotangent + (row * positions + part.first_tap) * channels;
            for (int64_t d = 0; d < channels; d += CK_LANES) {
              const int64_t rest = channels - d;
              vector chain = {0};
              for (int64_t p = 0; p < part.count; p++)
                chain += load(x + p * axes[2].stride * channels + d, rest) * load(y + p * channels + d, rest);
              store(target + d, load(target + d, rest) + chain, rest);
            }
          }
        }
      }
    }
  }
}

#endif
