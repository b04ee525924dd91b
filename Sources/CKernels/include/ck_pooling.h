#ifndef CK_POOLING_H
#define CK_POOLING_H

#include "ck_geometry.h"
#include "ck_isa.h"

/// Largest value in every window of destination rows [first_row, last_row) of one item; cells in the padding do not take part.
/// destination is [positions][channels].
void ck_max_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row);

/// What the pullback of a pooling reads and writes of one item, and how.
typedef struct ck_pool_pullback {
  const float *source;    // the pooling's input
  const float *cotangent; // of its output
  float *result;          // of the shape of the source
  int exclusive;          // no cell lies in two windows: cells are written, else they are added to
  int gated;              // cells that are not between 0 and gate_ceiling receive nothing
  float gate_ceiling;
  int64_t first_row;      // rows of the output; may be divided when the windows are exclusive
  int64_t last_row;
  int64_t first_channel;
  int64_t last_channel;
} ck_pool_pullback;

/// Gives the cotangent of every window to the cell that won it, the first of equal cells in row-major order.
void ck_max_pool_pullback(ck_isa isa, const ck_window *window, int64_t channels, const ck_pool_pullback *part);

/// Mean of every window of destination rows [first_row, last_row) of one item over its cells inside the source.
void ck_average_pool(
    ck_isa isa, const ck_window *window, int64_t channels, const float *source, float *destination, int64_t first_row,
    int64_t last_row);

/// Spreads the cotangent of every window evenly over its cells inside the source.
void ck_average_pool_pullback(ck_isa isa, const ck_window *window, int64_t channels, const ck_pool_pullback *part);

#endif
