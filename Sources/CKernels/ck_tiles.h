// The handful of tile operations that kernels use; included once per implementation.
//
//   ck_tiles            what an implementation keeps while tiles are in use; in scope as a pointer named `tiles`
//   TILES_CONFIGURE()   makes eight tiles of 16 rows x 64 bytes
//   TILES_RELEASE()     gives them back
//   TILE_ZERO(t)
//   TILE_LOAD(t, from, stride)    16 rows, `stride` bytes apart
//   TILE_STORE(t, to, stride)
//   TILE_MULTIPLY(c, a, b)        c[m][n] += sum over k of a[m][2k] * b[k][2n] + a[m][2k+1] * b[k][2n+1]
//
// `a` and `b` hold bfloat16, `c` Float32. Tiles are named by constants from 0 to 7.
//
// The emulation does in C what the instruction TDPBF16PS is documented to do: even and odd products are summed in two chains of
// fused multiply-adds that start at zero; the sum of both is added to `c`. Numbers below the normal range count as zero, both read
// and written. All results are rounded to nearest even.

#include <math.h>
#include <string.h>

/// The memory that configures tiles, as the processor reads it.
typedef struct ck_tile_configuration {
  uint8_t palette;
  uint8_t start_row;
  uint8_t reserved[14];
  uint16_t bytes_per_row[16];
  uint8_t rows[16];
} ck_tile_configuration;

/// Eight tiles in memory.
typedef struct ck_emulated_tiles {
  uint32_t rows[8][16][16];
} ck_emulated_tiles;

static inline void ck_emulate_load(uint32_t (*rows)[16], const void *from, int64_t stride) {
  for (int m = 0; m < 16; m++) memcpy(rows[m], (const char *)from + m * stride, 64);
}

static inline void ck_emulate_store(uint32_t (*rows)[16], void *to, int64_t stride) {
  for (int m = 0; m < 16; m++) memcpy((char *)to + m * stride, rows[m], 64);
}

/// A number of the normal range, or zero with its sign.
static inline float ck_flushed(float x) { return fabsf(x) < 0x1p-126f ? copysignf(0, x) : x; }

static inline float ck_float(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline void ck_emulate_multiply(uint32_t (*c)[16], uint32_t (*a)[16], uint32_t (*b)[16]) {
  for (int m = 0; m < 16; m++) {
    float even[16] = {0}, odd[16] = {0};
    for (int k = 0; k < 16; k++) {
      const float x = ck_flushed(ck_float(a[m][k] << 16)), y = ck_flushed(ck_float(a[m][k] & 0xFFFF0000));
      for (int n = 0; n < 16; n++) {
        even[n] = ck_flushed(fmaf(x, ck_flushed(ck_float(b[k][n] << 16)), even[n]));
        odd[n] = ck_flushed(fmaf(y, ck_flushed(ck_float(b[k][n] & 0xFFFF0000)), odd[n]));
      }
    }
    for (int n = 0; n < 16; n++) {
      const float sum = ck_flushed(ck_flushed(ck_float(c[m][n])) + ck_flushed(even[n] + odd[n]));
      memcpy(&c[m][n], &sum, sizeof sum);
    }
  }
}
