// Splitting of Float32 numbers into bfloat16 terms.
//
// A number x is x0 + x1 + x2: x0 is x rounded to bfloat16 (to nearest even), x1 the rest rounded, x2 what is left. Three terms hold all
// 24 bits, so the sum is exact. Finite numbers stay finite: where rounding would overflow, x0 is cut off instead. An infinity leaves a
// NaN as its rest; a NaN stays one.

#ifndef CK_BFLOAT16_H
#define CK_BFLOAT16_H

#include <stdint.h>
#include <string.h>

enum { CK_TERMS = 3 };

typedef uint16_t bfloat16 __attribute__((may_alias));

/// The bits of a number that is rounded to bfloat16; infinity and NaN as they are, cut off where rounding would overflow.
static inline uint32_t rounded(uint32_t bits) {
  const uint32_t magnitude = bits & 0x7FFFFFFF;
  const uint32_t nearest = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000;
  const uint32_t cut = (bits & 0xFFFF0000) | (magnitude > 0x7F800000 ? 0x00400000 : 0);
  return magnitude < 0x7F7F8000 ? nearest : cut;
}

/// Splits `count` numbers into terms, `plane` numbers apart.
static inline __attribute__((always_inline)) void split(const float *from, int count, bfloat16 *to, int plane) {
  for (int i = 0; i < count; i++) {
    float rest = from[i];
    for (int term = 0; term < CK_TERMS; term++) {
      uint32_t bits;
      float value;
      memcpy(&bits, &rest, sizeof bits);
      bits = rounded(bits);
      memcpy(&value, &bits, sizeof value);
      to[term * plane + i] = (bfloat16)(bits >> 16);
      rest -= value;
    }
  }
}

#endif
