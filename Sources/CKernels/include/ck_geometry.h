#ifndef CK_GEOMETRY_H
#define CK_GEOMETRY_H

#include <stdint.h>

/// The taps that reach one destination coordinate along one axis: `count` taps starting at `first_tap`, the first of which reads
/// source coordinate `first_source`. Taps that would read padding are not among them.
typedef struct ck_reach {
  int32_t first_tap;
  int32_t count;
  int32_t first_source;
} ck_reach;

/// One axis of a sliding window, seen from the destination.
typedef struct ck_axis {
  int64_t destination;     // extent of the destination
  int64_t source;          // extent of the source
  int64_t kernel;          // number of taps
  int64_t tap_step;        // from one tap of a reach to the next
  int64_t source_step;     // from one source coordinate of a reach to the next
  int64_t phases;          // coordinates this far apart are reached by taps of the same residue modulo tap_step
  int64_t origin;          // the source coordinate, perhaps outside, that tap zero reads for destination coordinate zero
  int64_t stride;          // source coordinates from one destination coordinate to the next; unused where there are phases
  const ck_reach *reaches; // one for every destination coordinate
} ck_axis;

/// A sliding window over three spatial axes, outermost first.
typedef struct ck_window {
  ck_axis axes[3];
} ck_window;

#endif
