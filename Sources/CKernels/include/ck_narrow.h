#ifndef CK_NARROW_H
#define CK_NARROW_H

#include "ck_epilogue.h"
#include "ck_geometry.h"
#include "ck_isa.h"

/// The most destination channels that the narrow kernel computes.
enum { CK_NARROWEST = 4 };

/// The number of floats that weights packed for the narrow kernel take.
int64_t ck_packed_narrow_weights(ck_isa isa, int64_t taps, int64_t source_channels, int64_t destination_channels);

/// Packs the weights of a convolution to at most CK_NARROWEST channels; `weights` and `mirrored` are those of `ck_pack_weights`.
void ck_pack_narrow_weights(
    ck_isa isa, int64_t taps, int64_t source_channels, int64_t destination_channels, int mirrored, const float *weights,
    float *packed);

/// Rows [first_row, last_row) of one item of a convolution of many channels to at most CK_NARROWEST.
///
///   destination[p][d] = epilogue(sum over taps t that reach p, channels s: source[position that t reads for p][s] * weights[t][s][d])
///
/// `packed` must have been packed for the same instruction set.
void ck_convolve_narrow(
    ck_isa isa, const ck_window *window, int64_t source_channels, int64_t destination_channels, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination, int64_t first_row, int64_t last_row);

#endif
