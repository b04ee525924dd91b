#ifndef CK_CONVOLUTION_WEIGHTS_H
#define CK_CONVOLUTION_WEIGHTS_H

#include "ck_convolution.h"

/// Adds what a part of one item contributes to the cotangent of a convolution's weights.
///
///   sums[t][s][d] += sum over positions p of the part's rows that tap t reaches:
///                    source[position that t reads for p][s of d's group] * cotangent[p][d]
///
/// `window` and `channels` are those of the forward direction: the destination is the convolution's output. `sums` are
/// [tap][source channel of the group][destination channel]; the channels of the part's panels (ck_panels) are added to.
void ck_pull_back_weights(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *cotangent, float *sums);

/// The same for rows [first_row, last_row) of a depthwise convolution, in which every channel sees only itself; `sums` are
/// [tap][channel].
void ck_pull_back_depthwise_weights(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, const float *cotangent, float *sums,
    int64_t first_row, int64_t last_row);

#endif
