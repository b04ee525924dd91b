#ifndef CK_LANES_H
#define CK_LANES_H

#include "ck_isa.h"

#include <stdint.h>

/// Floats in a vector register of an instruction set: CK_LANES where the text is not compiled for one.
static inline int64_t lanes(ck_isa isa) { return isa == CK_AVX512 || isa == CK_AMX ? 16 : isa == CK_AVX2 ? 8 : 4; }

#endif
