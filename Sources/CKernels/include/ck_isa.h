#ifndef CK_ISA_H
#define CK_ISA_H

/// The instruction sets that every kernel is compiled for, the most capable last.
typedef enum ck_isa {
  CK_PORTABLE, // what the target always has: SSE2 or NEON
  CK_AVX2,     // with FMA
  CK_AVX512,   // the foundation
} ck_isa;

/// Whether this processor runs the kernels of an instruction set.
int ck_isa_is_available(ck_isa isa);

#endif
