#include "ck_isa.h"

#if defined(__x86_64__) && defined(__linux__)

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Whether the processor has tiles of bfloat16 and Linux lets this process use them.
static int has_tiles(void) {
  enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) return 0;
  const int has_bfloat16 = edx >> 22 & 1, has_tile = edx >> 24 & 1;
  return has_bfloat16 && has_tile && syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

#else

static int has_tiles(void) { return 0; }

#endif

int ck_isa_is_available(ck_isa isa) {
  switch (isa) {
  case CK_PORTABLE: return 1;
#if defined(__x86_64__)
  case CK_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case CK_AVX512: return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
  case CK_AMX: return ck_isa_is_available(CK_AVX512) && has_tiles();
#endif
  default: return 0;
  }
}
