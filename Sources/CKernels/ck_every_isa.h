// Compiles the text of a kernel once per instruction set.
//
// A kernel file names itself as CK_TEXT and includes this header, which includes the file again with these macros set:
//
//   CK_NAME(stem)   the name of a function or type for this instruction set
//   CK_FUNCTION     how its functions begin: static, with the target attribute
//   CK_INLINE       the same for functions that must become part of their caller
//   CK_LANES        floats in a vector register
//   CK_POSITIONS    positions whose sums a convolution holds in registers, two vectors each
//
// CK_DISPATCH(isa, stem, arguments) then calls the right one. CK_UNROLL stands before loops over registers.

#include "ck_epilogue.h"
#include "ck_isa.h"
#include "ck_lanes.h"

#include <stddef.h>

#if defined(__x86_64__)
#include <immintrin.h>

/// Eight integers from position 8 - n on have all bits set in the first n of them.
static const int32_t ck_first_lanes[16] __attribute__((unused)) = {-1, -1, -1, -1, -1, -1, -1, -1};
#endif

#define CK_UNROLL _Pragma("clang loop unroll(full)")

/// The most positions that any kernel computes together.
enum { CK_LONGEST_BLOCK = 12 };

#define CK_PASTE(stem, suffix) stem##_##suffix

#define CK_NAME(stem) CK_PASTE(stem, portable)
#define CK_TARGET
#define CK_LANES 4
#define CK_POSITIONS 6
#include "ck_vectors.h"
#include CK_TEXT
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef CK_POSITIONS

#if defined(__x86_64__)

#define CK_NAME(stem) CK_PASTE(stem, avx2)
#define CK_TARGET __attribute__((target("avx2,fma")))
#define CK_LANES 8
#define CK_POSITIONS 6
#include "ck_vectors.h"
#include CK_TEXT
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef CK_POSITIONS

#define CK_NAME(stem) CK_PASTE(stem, avx512)
#define CK_TARGET __attribute__((target("avx512f,fma")))
#define CK_LANES 16
#define CK_POSITIONS 12
#include "ck_vectors.h"
#include CK_TEXT
#undef CK_NAME
#undef CK_TARGET
#undef CK_LANES
#undef CK_POSITIONS

#define CK_DISPATCH(isa, stem, ...)                                                                                   \
  switch (isa) {                                                                                                      \
  case CK_AMX:                                                                                                        \
  case CK_AVX512: stem##_avx512(__VA_ARGS__); break;                                                                  \
  case CK_AVX2: stem##_avx2(__VA_ARGS__); break;                                                                      \
  default: stem##_portable(__VA_ARGS__);                                                                              \
  }

#else

#define CK_DISPATCH(isa, stem, ...)                                                                                   \
  do {                                                                                                                \
    (void)(isa);                                                                                                      \
    stem##_portable(__VA_ARGS__);                                                                                     \
  } while (0)

#endif
