// Vectors of CK_LANES numbers; included once per instruction set by ck_every_isa.h.

#define CK_FUNCTION CK_TARGET static
#define CK_INLINE CK_TARGET static inline __attribute__((always_inline, unused))
#define vector CK_NAME(ck_vector)
#define mask CK_NAME(ck_mask)

typedef float vector __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));
typedef int32_t mask __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));

#define load CK_NAME(ck_load)
#define store CK_NAME(ck_store)
#define choose CK_NAME(ck_choose)

/// The first `count` numbers at `from`, zeros after them.
CK_INLINE vector load(const float *from, int64_t count) {
  if (count >= CK_LANES) return *(const vector *)from;
  vector part = {0};
  for (int64_t lane = 0; lane < count; lane++) part[lane] = from[lane];
  return part;
}

/// Writes the first `count` numbers to `to`.
CK_INLINE void store(float *to, vector values, int64_t count) {
  if (count >= CK_LANES)
    *(vector *)to = values;
  else
    for (int64_t lane = 0; lane < count; lane++) to[lane] = values[lane];
}

/// `yes` in the lanes where `where` is set, else `no`.
CK_INLINE vector choose(mask where, vector yes, vector no) { return (vector)((where & (mask)yes) | (~where & (mask)no)); }
