#ifndef CK_CONVOLUTION_H
#define CK_CONVOLUTION_H

#include "ck_epilogue.h"
#include "ck_geometry.h"
#include "ck_isa.h"

/// Channels of a convolution, counted over all groups.
typedef struct ck_channels {
  int64_t source;
  int64_t destination;
  int64_t groups;
} ck_channels;

/// The part of an item that one call computes: rows [first_row, last_row), where a row is a run of positions along the innermost
/// axis, and panels [first_panel, last_panel), where a panel is a run of destination channels.
typedef struct ck_part {
  int64_t first_row;
  int64_t last_row;
  int64_t first_panel;
  int64_t last_panel;
} ck_part;

/// The number of panels that the destination channels of all groups make.
int64_t ck_panels(ck_isa isa, const ck_channels *channels);

/// The number of floats that packed weights take.
int64_t ck_packed_weights(ck_isa isa, int64_t taps, const ck_channels *channels);

/// Packs the weights of some panels of a convolution for the kernels of one instruction set; `packed` has room for all panels.
///
/// Forward, `weights` are [tap][source channel of the group][destination channel]. For the pullback (`mirrored`) the destination
/// is the convolution's input: `weights` are the same numbers, now [tap][destination channel of the group][source channel], and
/// the taps are packed last to first, so that a window that looks back from the input at the output moves the same way.
void ck_pack_weights(
    ck_isa isa, int64_t taps, const ck_channels *channels, int mirrored, int64_t first_panel, int64_t last_panel,
    const float *weights, float *packed);

/// A part of one item of a convolution.
///
///   destination[p][d] = epilogue(sum over taps t that reach p, channels s of d's group:
///                                source[position that t reads for p][s] * weights[t][s][d])
///
/// `packed` must have been packed for the same instruction set.
void ck_convolve(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, const float *source,
    const float *packed, const ck_epilogue *epilogue, float *destination);

/// The same for positions [first, last) of every row of the part; the innermost axis must have a single phase.
void ck_convolve_run(
    ck_isa isa, const ck_window *window, const ck_channels *channels, const ck_part *part, int64_t first, int64_t last,
    const float *source, const float *packed, const ck_epilogue *epilogue, float *destination);

#endif
