#include "ck_isa.h"

int ck_isa_is_available(ck_isa isa) {
  switch (isa) {
  case CK_PORTABLE: return 1;
#if defined(__x86_64__)
  case CK_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case CK_AVX512: return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma");
#endif
  default: return 0;
  }
}
