// Depthwise convolution, channels last: the sums of up to four vectors of channels at one position stay in registers while its
// taps go by. There is nothing to sum over but the taps, so every weight and every value is loaded once per multiply-add, and a
// position takes only the taps that reach it.

#ifndef CK_TEXT
#define CK_TEXT "ck_depthwise.c"

#include "ck_depthwise.h"

#include "ck_every_isa.h"

void ck_convolve_depthwise(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, const float *weights,
    const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row) {
  CK_DISPATCH(isa, convolve_depthwise, window, channels, source, weights, epilogue, destination, first_row, last_row)
}

#else

/// `vectors` vectors of channels, `count` channels in all, at one position.
CK_INLINE void CK_NAME(sum_position)(
    const ck_axis *axes, const ck_reach *outer, const ck_reach *middle, const ck_reach *inner, int64_t channels,
    const float *source, const float *weights, const ck_epilogue *epilogue, int vectors, int64_t at, int64_t channel,
    int64_t count, float *destination) {
  vector sums[4];
  CK_UNROLL for (int v = 0; v < vectors; v++) sums[v] = (vector){0};
  for (int64_t a = 0; a < outer->count; a++) {
    const int64_t tap0 = outer->first_tap + a * axes[0].tap_step;
    const int64_t at0 = outer->first_source + a * axes[0].source_step;
    for (int64_t b = 0; b < middle->count; b++) {
      const int64_t tap1 = tap0 * axes[1].kernel + middle->first_tap + b * axes[1].tap_step;
      const int64_t at1 = at0 * axes[1].source + middle->first_source + b * axes[1].source_step;
      for (int64_t c = 0; c < inner->count; c++) {
        const float *w = weights + (tap1 * axes[2].kernel + inner->first_tap + c * axes[2].tap_step) * channels;
        const float *x = source + (at1 * axes[2].source + inner->first_source + c * axes[2].source_step) * channels;
        CK_UNROLL for (int v = 0; v < vectors; v++)
          sums[v] += load(x + v * CK_LANES, count - v * CK_LANES) * load(w + v * CK_LANES, count - v * CK_LANES);
      }
    }
  }
  CK_UNROLL for (int v = 0; v < vectors; v++) {
    const int64_t first = v * CK_LANES;
    const vector sum = finish(epilogue, sums[v], at + first, channel + first, count - first);
    store(destination + at + first, sum, count - first);
  }
}

CK_FUNCTION void CK_NAME(convolve_depthwise)(
    const ck_window *window, int64_t channels, const float *source, const float *weights,
    const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row) {
  const ck_axis *axes = window->axes;
  for (int64_t row = first_row; row < last_row; row++) {
    const ck_reach *outer = &axes[0].reaches[row / axes[1].destination];
    const ck_reach *middle = &axes[1].reaches[row % axes[1].destination];
    for (int64_t position = 0; position < axes[2].destination; position++) {
      const ck_reach *inner = &axes[2].reaches[position];
      const int64_t at = (row * axes[2].destination + position) * channels;
      for (int64_t d = 0; d < channels;) {
        const int64_t rest = channels - d;
        if (rest >= 4 * CK_LANES) {
          CK_NAME(sum_position)(
              axes, outer, middle, inner, channels, source + d, weights + d, epilogue, 4, at + d, d, 4 * CK_LANES,
              destination);
          d += 4 * CK_LANES;
        } else {
          const int64_t count = rest < CK_LANES ? rest : CK_LANES;
          CK_NAME(sum_position)(
              axes, outer, middle, inner, channels, source + d, weights + d, epilogue, 1, at + d, d, count, destination);
          d += count;
        }
      }
    }
  }
}

#endif
