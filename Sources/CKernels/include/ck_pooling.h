#ifndef CK_POOLING_H
#define CK_POOLING_H

#include "ck_geometry.h"
#include "ck_isa.h"

/// Largest value in every window of destination rows [first_row, last_row) of one item; cells in the padding do not take part.
/// destination is [positions][channels].
void ck_max_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row);

/// Adds the cotangent of every window to the cell that won it, the first of equal cells in row-major order, for channels
/// [first_channel, last_channel) of one item. `result` has the shape of `source` and is added to.
void ck_max_pool_pullback(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, const float *cotangent, float *result,
    int64_t first_channel, int64_t last_channel);

/// Mean of every window of destination rows [first_row, last_row) of one item over its cells inside the source.
void ck_average_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row);

/// Spreads the cotangent of every window evenly over its cells inside the source, for channels [first_channel, last_channel) of
/// one item. `result` is added to.
void ck_average_pool_pullback(
    ck_isa isa, const ck_window *window, int64_t channels, const float *cotangent, float *result, int64_t first_channel,
    int64_t last_channel);

#endif
