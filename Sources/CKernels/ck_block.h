// Neighbouring destination positions that are computed together; included once per instruction set by convolution kernels.

#define block CK_NAME(block)
#define block_at CK_NAME(block_at)
#define is_inner CK_NAME(is_inner)

/// How the taps of the innermost axis reach the positions of a block.
typedef struct block {
  int64_t taps;                 // steps from the first tap that reaches any position to the last
  int64_t merged;               // how many of them are taken at once
  int64_t first_tap;
  int64_t begin[CK_LONGEST_BLOCK];  // the first step that reaches the position
  int64_t end[CK_LONGEST_BLOCK];    // behind the last one
  int64_t origin[CK_LONGEST_BLOCK]; // the source coordinate that step zero reads, or would read
} block;

/// Whether no tap of some neighbouring positions reads padding.
CK_INLINE int is_inner(const ck_axis *axis, int64_t position, int positions) {
  return axis->phases == 1 && axis->reaches[position].count == axis->kernel
         && axis->reaches[position + positions - 1].count == axis->kernel;
}

CK_INLINE block block_at(const ck_axis *axis, int64_t position, int positions, int mergeable) {
  block result;
  if (is_inner(axis, position, positions)) {
    result.first_tap = 0;
    result.taps = axis->kernel;
    result.merged = mergeable ? axis->kernel : 1;
    CK_UNROLL for (int p = 0; p < positions; p++) {
      result.begin[p] = 0;
      result.end[p] = axis->kernel;
      result.origin[p] = axis->reaches[position + p].first_source;
    }
    return result;
  }
  result.taps = 0;
  int64_t low = axis->kernel, high = -1;
  CK_UNROLL for (int p = 0; p < positions; p++) {
    const ck_reach reach = axis->reaches[position + p * axis->phases];
    const int64_t last = reach.first_tap + (reach.count - 1) * axis->tap_step;
    if (reach.count > 0 && reach.first_tap < low) low = reach.first_tap;
    if (reach.count > 0 && last > high) high = last;
  }
  // All taps, so that how sums are rounded does not depend on which positions are in the block; a row of one or two is always its own.
  if (axis->phases == 1 && axis->destination >= 3) {
    low = 0;
    high = axis->kernel - 1;
  }
  if (high < low) return result;
  const int64_t step = axis->tap_step;
  result.first_tap = low;
  result.taps = (step == 1 ? high - low : (high - low) / step) + 1;
  int alike = 1;
  CK_UNROLL for (int p = 0; p < positions; p++) {
    const ck_reach reach = axis->reaches[position + p * axis->phases];
    if (reach.count > 0) {
      result.begin[p] = step == 1 ? reach.first_tap - low : (reach.first_tap - low) / step;
      result.end[p] = result.begin[p] + reach.count;
      result.origin[p] = reach.first_source - result.begin[p] * axis->source_step;
    } else {
      result.begin[p] = result.end[p] = result.origin[p] = 0;
    }
    alike &= result.end[p] - result.begin[p] == result.taps;
  }
  result.merged = mergeable && alike ? result.taps : 1;
  return result;
}
