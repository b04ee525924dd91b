#ifndef CK_WINOGRAD_H
#define CK_WINOGRAD_H

#include "ck_convolution.h"

/// The number of floats that weights packed for the Winograd kernel take.
///
/// `axes` is how many of the innermost axes are transformed, one or two: those have three taps. `outer_taps` is the number of taps
/// of the outermost axis; with one transformed axis the middle axis has a single tap. There is one group.
int64_t ck_packed_winograd_weights(ck_isa isa, int64_t outer_taps, int axes, const ck_channels *channels);

/// Transforms the weights of a convolution and packs them; arguments as above and as of ck_pack_weights.
void ck_pack_winograd_weights(
    ck_isa isa, int64_t outer_taps, int axes, const ck_channels *channels, int mirrored, const float *weights, float *packed);

/// The number of blocks of tiles that an item has; they take the place of rows in a part.
int64_t ck_winograd_blocks(ck_isa isa, const ck_window *window, const ck_channels *channels);

/// The number of floats that ck_convolve_winograd takes as scratch.
int64_t ck_winograd_scratch(ck_isa isa, const ck_window *window, const ck_channels *channels);

/// The same as ck_convolve with fewer multiplications.
///
/// All axes have stride and dilation one and a single phase; the innermost has three taps, the middle one three or one. `packed` comes
/// from ck_pack_winograd_weights with two axes when the middle axis has three taps, else with one. `direct` is null, or comes from
/// ck_pack_weights: then equal patches of the source that are neighbours along the transformed axes give equal values to the last bit.
/// `scratch` belongs to the call, may hold anything and starts at a multiple of 64 bytes.
void ck_convolve_winograd(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const float *direct, const ck_epilogue *epilogue, float *destination, float *scratch);

#endif
