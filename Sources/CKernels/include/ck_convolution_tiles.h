#ifndef CK_CONVOLUTION_TILES_H
#define CK_CONVOLUTION_TILES_H

#include "ck_convolution.h"

/// The number of panels that the destination channels of all groups make: runs of up to 32.
int64_t ck_tile_panels(const ck_channels *channels);

/// The number of floats whose memory the packed weights take.
int64_t ck_packed_tile_weights(int64_t taps, const ck_channels *channels);

/// Splits the weights of a convolution into three bfloat16 terms and packs them for tiles; arguments as of ck_pack_weights.
/// `packed` starts at a multiple of 64 bytes.
void ck_pack_tile_weights(int64_t taps, const ck_channels *channels, int mirrored, const float *weights, float *packed);

/// The number of floats whose memory ck_convolve_tiles takes as scratch.
int64_t ck_tile_scratch(const ck_window *window, const ck_channels *channels);

/// The same as ck_convolve with products of bfloat16 tiles, for CK_AMX or CK_AMX_EMULATED.
///
/// The innermost axis must have a single phase. `packed` comes from ck_pack_tile_weights; `scratch` belongs to the call, may hold
/// anything and starts at a multiple of 64 bytes.
void ck_convolve_tiles(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination, float *scratch);

#endif
