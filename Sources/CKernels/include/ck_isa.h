#ifndef CK_ISA_H
#define CK_ISA_H

/// The instruction sets that every kernel is compiled for, the most capable last.
typedef enum ck_isa {
  CK_PORTABLE, // what the target always has: SSE2 or NEON
  CK_AVX2,     // with FMA
  CK_AVX512,   // the foundation
  CK_AMX,      // tiles of bfloat16 products; AVX-512 for everything that does not suit tiles
  // What CK_AMX computes, in portable C. Runs everywhere, is for tests, and is never reported as available.
  CK_AMX_EMULATED,
} ck_isa;

/// Whether this processor runs the kernels of an instruction set. Asking for CK_AMX also asks the system for permission to use tiles,
/// which Linux grants once to the whole process.
int ck_isa_is_available(ck_isa isa);

#endif
