// Vectors of CK_LANES numbers and what is done to them everywhere; included once per instruction set by ck_every_isa.h.

#define CK_FUNCTION CK_TARGET static
#define CK_INLINE CK_TARGET static inline __attribute__((always_inline, unused))
#define vector CK_NAME(ck_vector)
#define mask CK_NAME(ck_mask)

typedef float vector __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));
typedef int32_t mask __attribute__((vector_size(4 * CK_LANES), aligned(4), may_alias));

#define load CK_NAME(ck_load)
#define store CK_NAME(ck_store)
#define store_piece CK_NAME(ck_store_piece)
#define choose CK_NAME(ck_choose)
#define finish CK_NAME(ck_finish)
#define rectify CK_NAME(ck_rectify)
#define pass CK_NAME(ck_pass)
#define finish_run CK_NAME(ck_finish_run)
#define write_run CK_NAME(ck_write_run)
#define larger CK_NAME(ck_larger)
#define lesser CK_NAME(ck_lesser)
#define lane_sum CK_NAME(ck_lane_sum)

/// The first `count` numbers at `from`, at least one, and zeros after them.
CK_INLINE vector load(const float *from, int64_t count) {
  if (count >= CK_LANES) return *(const vector *)from;
#if CK_LANES == 16
  return (vector)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), from);
#elif CK_LANES == 8
  return (vector)_mm256_maskload_ps(from, *(const __m256i_u *)(ck_first_lanes + 8 - count));
#else
  vector part = {0};
  for (int64_t lane = 0; lane < count; lane++) part[lane] = from[lane];
  return part;
#endif
}

/// Copies the next `size` numbers when `count` has that bit.
CK_INLINE void store_piece(float **to, const float **from, int64_t count, int64_t size) {
  if ((count & size) == 0) return;
  __builtin_memcpy(*to, *from, (size_t)size * sizeof(float));
  *to += size;
  *from += size;
}

/// Writes the first `count` numbers to `to`, in pieces of powers of two: masked stores are slow on some processors.
CK_INLINE void store(float *to, vector values, int64_t count) {
  if (count >= CK_LANES) {
    *(vector *)to = values;
    return;
  }
  float part[CK_LANES];
  *(vector *)part = values;
  const float *from = part;
  if (CK_LANES > 8) store_piece(&to, &from, count, 8);
  if (CK_LANES > 4) store_piece(&to, &from, count, 4);
  store_piece(&to, &from, count, 2);
  store_piece(&to, &from, count, 1);
}

/// `yes` in the lanes where `where` is set, else `no`.
CK_INLINE vector choose(mask where, vector yes, vector no) { return (vector)((where & (mask)yes) | (~where & (mask)no)); }

/// In every lane `a` where it is larger than `b`, else `b`: the one instruction that does this.
CK_INLINE vector larger(vector a, vector b) {
#if CK_LANES == 16
  return _mm512_max_ps(a, b);
#elif CK_LANES == 8
  return _mm256_max_ps(a, b);
#else
  return choose(a > b, a, b);
#endif
}

/// In every lane `a` where it is less than `b`, else `b`.
CK_INLINE vector lesser(vector a, vector b) {
#if CK_LANES == 16
  return _mm512_min_ps(a, b);
#elif CK_LANES == 8
  return _mm256_min_ps(a, b);
#else
  return choose(a < b, a, b);
#endif
}

/// The sum of all lanes.
CK_INLINE float lane_sum(vector values) {
  float sums[CK_LANES];
  *(vector *)sums = values;
  for (int half = CK_LANES / 2; half > 0; half /= 2)
    CK_UNROLL for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
  return sums[0];
}

/// The numbers, those below zero as zero and those above the ceiling as the ceiling; what is not a number stays so.
CK_INLINE vector rectify(vector values, float ceiling) {
  return lesser(ceiling - (vector){0}, larger((vector){0}, values));
}

/// The numbers where the gate lies between zero and the ceiling, else zeros.
CK_INLINE vector pass(vector values, vector gate, float ceiling) {
  return choose((gate > 0) & (gate < ceiling), values, (vector){0});
}

/// Finishes the sums of the first `count` channels at one position; `at` is where they belong in the destination, `channel` the
/// first of them.
CK_INLINE vector finish(const ck_epilogue *epilogue, vector sum, int64_t at, int64_t channel, int64_t count) {
  if (epilogue->bias) sum += load(epilogue->bias + channel, count);
  if (epilogue->scale) sum = sum * load(epilogue->scale + channel, count) + load(epilogue->offset + channel, count);
  if (epilogue->rectifies) sum = rectify(sum, epilogue->ceiling);
  if (epilogue->gate) sum = pass(sum, load(epilogue->gate + at, count), epilogue->gate_ceiling);
  return sum;
}

/// The same for `positions` positions, `step` floats apart: what holds for a vector of channels is decided once for all of them.
CK_INLINE void finish_run(const ck_epilogue *epilogue, vector *sums, int positions, int64_t at, int64_t step, int64_t channel, int64_t count) {
  if (epilogue->bias) {
    const vector bias = load(epilogue->bias + channel, count);
    CK_UNROLL for (int p = 0; p < positions; p++) sums[p] += bias;
  }
  if (epilogue->scale) {
    const vector scale = load(epilogue->scale + channel, count), offset = load(epilogue->offset + channel, count);
    CK_UNROLL for (int p = 0; p < positions; p++) sums[p] = sums[p] * scale + offset;
  }
  if (epilogue->rectifies) CK_UNROLL for (int p = 0; p < positions; p++) sums[p] = rectify(sums[p], epilogue->ceiling);
  if (epilogue->gate)
    CK_UNROLL for (int p = 0; p < positions; p++)
      sums[p] = pass(sums[p], load(epilogue->gate + at + p * step, count), epilogue->gate_ceiling);
}

/// Finishes `positions` positions, `step` floats apart, and writes them.
CK_INLINE void write_run(
    const ck_epilogue *epilogue, vector *sums, int positions, int64_t at, int64_t step, int64_t channel, int64_t count, float *destination) {
  finish_run(epilogue, sums, positions, at, step, channel, count);
  if (count >= CK_LANES)
    CK_UNROLL for (int p = 0; p < positions; p++) *(vector *)(destination + at + p * step) = sums[p];
  else
    CK_UNROLL for (int p = 0; p < positions; p++) store(destination + at + p * step, sums[p], count);
}
