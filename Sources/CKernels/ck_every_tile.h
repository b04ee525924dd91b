// Compiles the text of a kernel once per implementation of tiles: the instructions, and the emulation for tests (ck_tiles.h).
// The macros are those of ck_every_isa.h and ck_tiles.h.

#include "ck_epilogue.h"
#include "ck_tiles.h"

#define CK_UNROLL _Pragma("clang loop unroll(full)")

#define CK_PASTE(stem, suffix) stem##_##suffix

#define CK_NAME(stem) CK_PASTE(stem, emulated)
#define CK_TARGET
#define CK_LANES 4
#define ck_tiles ck_emulated_tiles
#define TILES_CONFIGURE() (void)tiles
#define TILES_RELEASE() (void)tiles
#define TILE_ZERO(t) memset(tiles->rows[t], 0, sizeof tiles->rows[t])
#define TILE_LOAD(t, from, stride) ck_emulate_load(tiles->rows[t], from, stride)
#define TILE_STORE(t, to, stride) ck_emulate_store(tiles->rows[t], to, stride)
#define TILE_MULTIPLY(c, a, b) ck_emulate_multiply(tiles->rows[c], tiles->rows[a], tiles->rows[b])
#include "ck_vectors.h"
#include CK_TEXT
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef ck_tiles
#undef TILES_CONFIGURE
#undef TILES_RELEASE
#undef TILE_ZERO
#undef TILE_LOAD
#undef TILE_STORE
#undef TILE_MULTIPLY

#if defined(__x86_64__)

#include <immintrin.h>

#define CK_NAME(stem) CK_PASTE(stem, amx)
#define CK_TARGET __attribute__((target("avx512f,fma,amx-tile,amx-bf16")))
#define CK_LANES 16
#define ck_tiles ck_tile_configuration
#define TILES_CONFIGURE()                                                                                             \
  do {                                                                                                                \
    *tiles = (ck_tile_configuration){.palette = 1};                                                                   \
    for (int t = 0; t < 8; t++) tiles->bytes_per_row[t] = 64, tiles->rows[t] = 16;                                    \
    _tile_loadconfig(tiles);                                                                                          \
  } while (0)
#define TILES_RELEASE() _tile_release()
#define TILE_ZERO(t) _tile_zero(t)
#define TILE_LOAD(t, from, stride) _tile_loadd(t, from, stride)
#define TILE_STORE(t, to, stride) _tile_stored(t, to, stride)
#define TILE_MULTIPLY(c, a, b) _tile_dpbf16ps(c, a, b)
#include "ck_vectors.h"
#include CK_TEXT
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef ck_tiles
#undef TILES_CONFIGURE
#undef TILES_RELEASE
#undef TILE_ZERO
#undef TILE_LOAD
#undef TILE_STORE
#undef TILE_MULTIPLY

#define CK_TILE_DISPATCH(isa, stem, ...)                                                                              \
  switch (isa) {                                                                                                      \
  case CK_AMX: stem##_amx(__VA_ARGS__); break;                                                                        \
  default: stem##_emulated(__VA_ARGS__);                                                                              \
  }

#else

#define CK_TILE_DISPATCH(isa, stem, ...)                                                                              \
  do {                                                                                                                \
    (void)(isa);                                                                                                      \
    stem##_emulated(__VA_ARGS__);                                                                                     \
  } while (0)

#endif
