// Vectors of CK_LANES numbers and what is done to them everywhere; included once per instruction set by ck_every_isa.h.

#define CK_FUNCTION CK_TARGET static
#define CK_INLINE CK_TARGET static inline __attribute__((always_inline, unused))
#define vector CK_NAME(ck_vector)
#define mask CK_NAME(ck_mask)

typedef float vector __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));
typedef int32_t mask __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));

#define load CK_NAME(ck_load)
#define store CK_NAME(ck_store)
#define choose CK_NAME(ck_choose)
#define finish CK_NAME(ck_finish)
#define lane_sum CK_NAME(ck_lane_sum)

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

/// The sum of all lanes.
CK_INLINE float lane_sum(vector values) {
  float sums[CK_LANES];
  *(vector *)sums = values;
  for (int half = CK_LANES / 2; half > 0; half /= 2)
    CK_UNROLL for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
  return sums[0];
}

/// Finishes the sums of the first `count` channels at one position; `at` is where they belong in the destination, `channel` the
/// first of them.
CK_INLINE vector finish(const ck_epilogue *epilogue, vector sum, int64_t at, int64_t channel, int64_t count) {
  if (epilogue->bias) sum += load(epilogue->bias + channel, count);
  if (epilogue->scale) sum = sum * load(epilogue->scale + channel, count) + load(epilogue->offset + channel, count);
  if (epilogue->rectifies) {
    sum = choose(sum <= 0, (vector){0}, sum);
    sum = choose(sum > epilogue->ceiling, epilogue->ceiling - (vector){0}, sum);
  }
  if (epilogue->gate) {
    const vector gate = load(epilogue->gate + at, count);
    sum = choose((gate > 0) & (gate < epilogue->gate_ceiling), sum, (vector){0});
  }
  return sum;
}
