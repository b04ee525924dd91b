#ifndef CK_DEPTHWISE_H
#define CK_DEPTHWISE_H

#include "ck_epilogue.h"
#include "ck_geometry.h"
#include "ck_isa.h"

/// Rows [first_row, last_row) of one item of a depthwise convolution, in which every channel sees only itself.
///
///   destination[p][c] = epilogue(sum over taps t that reach p: source[position that t reads for p][c] * weights[t][c])
void ck_convolve_depthwise(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, const float *weights,
    const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row);

#endif
