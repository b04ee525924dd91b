// Runs every kernel over random geometries, with every instruction set that the processor has and with the emulation of tiles, and
// compares with sums in 64 bits that are written down as the formulas say.
//
// Every operand lies in a heap block of exactly its size, so that the address sanitizer sees whatever is read or written outside.
// `check-kernels [CASES [SEED]]` prints one line per kernel and instruction set; the exit code says whether all of them passed.

#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static int64_t draw(int64_t low, int64_t high) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return low + (int64_t)((state >> 33) % (uint64_t)(high - low + 1));
}

/// `count` numbers between -1 and 1 in a block of their own, aligned as tensors are.
static float *numbers(int64_t count) {
  float *block;
  if (posix_memalign((void **)&block, 64, (size_t)(count > 0 ? count : 1) * sizeof *block)) abort();
  for (int64_t i = 0; i < count; i++) block[i] = (float)draw(-8000000, 8000000) / 8000000;
  return block;
}

// MARK: Geometry

typedef struct axis {
  int64_t input, output, kernel, stride, dilation, low;
} axis;

typedef struct geometry {
  axis axes[3];
} geometry;

static int64_t common_divisor(int64_t a, int64_t b) { return b == 0 ? a : common_divisor(b, a % b); }

static geometry draw_geometry(int64_t most_taps) {
  geometry result;
  const int64_t longest = draw(0, 5) > 0 ? 2 : 1;
  for (int64_t i = 0; i < 3; i++) {
    axis *a = &result.axes[i];
    a->kernel = draw(1, i == longest ? most_taps : i == 0 ? 2 : 3);
    a->stride = draw(0, 1) ? 1 : draw(1, 3);
    a->dilation = draw(0, 1) ? 1 : draw(1, 3);
    const int64_t reach = (a->kernel - 1) * a->dilation + 1;
    a->low = draw(0, 2) ? draw(0, reach - 1) : 0;
    const int64_t high = draw(0, 2) ? draw(0, reach - 1) : 0;
    a->input = (reach > a->low + high ? reach - a->low - high : 1) + draw(0, i != longest ? 2 : draw(0, 5) ? 40 : 150);
    a->output = (a->low + a->input + high - reach) / a->stride + 1;
  }
  if (draw(0, 30) == 0) {
    result.axes[2].output += 300;
    result.axes[2].input += 300 * result.axes[2].stride;
  }
  return result;
}

/// Three taps along the innermost axis and three or one along the next, stride and dilation one.
static geometry draw_winograd_geometry(void) {
  geometry result;
  for (int64_t i = 0; i < 3; i++) {
    const int64_t kernel = i == 2 ? 3 : i == 1 ? draw(0, 2) ? 3 : 1 : draw(1, 2), low = draw(0, kernel), high = draw(0, kernel);
    const int64_t input = (kernel > low + high ? kernel - low - high : 1) + draw(0, i == 2 ? 40 : i == 1 ? 12 : 2);
    result.axes[i] = (axis){input, low + input + high - kernel + 1, kernel, 1, 1, low};
  }
  return result;
}

/// The source coordinate that a tap reads for a destination coordinate, or -1. Backward, the taps count from the last one.
static int64_t read_at(const axis *a, int backward, int64_t destination, int64_t tap) {
  if (!backward) {
    const int64_t at = destination * a->stride + tap * a->dilation - a->low;
    return at >= 0 && at < a->input ? at : -1;
  }
  const int64_t shifted = destination + a->low - (a->kernel - 1 - tap) * a->dilation;
  return shifted >= 0 && shifted % a->stride == 0 && shifted / a->stride < a->output ? shifted / a->stride : -1;
}

static ck_axis kernel_axis(const axis *a, int backward) {
  const int64_t divisor = common_divisor(a->stride, a->dilation);
  ck_axis result = {
      .destination = backward ? a->input : a->output,
      .source = backward ? a->output : a->input,
      .kernel = a->kernel,
      .tap_step = backward ? a->stride / divisor : 1,
      .source_step = backward ? a->dilation / divisor : a->dilation,
      .phases = backward ? a->stride : 1,
      .origin = backward ? a->low - (a->kernel - 1) * a->dilation : -a->low,
      .stride = backward ? 1 : a->stride};
  ck_reach *reaches = malloc((size_t)result.destination * sizeof *reaches);
  for (int64_t d = 0; d < result.destination; d++) {
    reaches[d] = (ck_reach){0};
    for (int64_t tap = a->kernel - 1; tap >= 0; tap--) {
      const int64_t at = read_at(a, backward, d, tap);
      if (at >= 0) reaches[d] = (ck_reach){(int32_t)tap, reaches[d].count + 1, (int32_t)at};
    }
  }
  result.reaches = reaches;
  return result;
}

static ck_window kernel_window(const geometry *g, int backward) {
  ck_window window;
  for (int i = 0; i < 3; i++) window.axes[i] = kernel_axis(&g->axes[i], backward);
  return window;
}

static void free_window(ck_window *window) {
  for (int i = 0; i < 3; i++) free((void *)window->axes[i].reaches);
}

static int64_t positions(const ck_window *w, int source) {
  int64_t count = 1;
  for (int i = 0; i < 3; i++) count *= source ? w->axes[i].source : w->axes[i].destination;
  return count;
}

static int64_t taps(const ck_window *w) { return w->axes[0].kernel * w->axes[1].kernel * w->axes[2].kernel; }

/// The flat source position that a flat tap reads for a flat destination position, or -1.
static int64_t flat_read(const geometry *g, const ck_window *w, int backward, int64_t destination, int64_t tap) {
  int64_t at[3];
  for (int i = 2; i >= 0; i--) {
    at[i] = read_at(&g->axes[i], backward, destination % w->axes[i].destination, tap % w->axes[i].kernel);
    destination /= w->axes[i].destination;
    tap /= w->axes[i].kernel;
    if (at[i] < 0) return -1;
  }
  return (at[0] * w->axes[1].source + at[1]) * w->axes[2].source + at[2];
}

// MARK: Comparison

typedef struct score {
  const char *kernel;
  const char *isa;
  int64_t cases, failures;
  double largest, squares; // error: largest of all, mean square of every case
} score;

static score scores[128];

static score *score_of(const char *kernel, const char *isa) {
  score *s = scores;
  while (s->kernel && (strcmp(s->kernel, kernel) || strcmp(s->isa, isa))) s++;
  s->kernel = kernel;
  s->isa = isa;
  return s;
}

/// Counts a case; `sizes` are the sums of the magnitudes of what was added up, or null where results are exact.
static void compare(
    const char *kernel, const char *isa, int64_t count, const float *found, const double *expected, const double *sizes) {
  score *s = score_of(kernel, isa);
  int passes = 1;
  for (int64_t i = 0; i < count; i++) {
    const double error = fabs(found[i] - expected[i]);
    passes &= error <= (sizes ? 1e-6 * sizes[i] + 1e-30 : 0);
    s->squares += error * error / (double)count;
    if (!(error <= s->largest)) s->largest = error;
  }
  s->cases++;
  s->failures += !passes;
}

typedef struct instructions {
  const char *name;
  ck_isa isa;
} instructions;

static const instructions all[] = {
    {"portable", CK_PORTABLE}, {"avx2", CK_AVX2}, {"avx512", CK_AVX512}, {"amx", CK_AMX}, {"amx-emulated", CK_AMX_EMULATED}};

/// Runs a statement with `set` each instruction set that can be run.
#define FOR_EACH_SET                                                                                                  \
  for (const instructions *set = all; set < all + sizeof all / sizeof *all; set++)                                    \
    if (set->isa == CK_AMX_EMULATED || ck_isa_is_available(set->isa))

#include "convolution.h"
#include "depthwise.h"
#include "pooling.h"

int main(int count, char **arguments) {
  const long cases = count > 1 ? atol(arguments[1]) : 200;
  state = count > 2 ? (uint64_t)atol(arguments[2]) : 1;
  for (long i = 0; i < cases; i++) {
    for (int backward = 0; backward < 2; backward++) {
      check_convolution(draw_geometry(5), backward);
      check_convolution(draw_winograd_geometry(), backward);
    }
    check_depthwise();
    check_pooling();
  }
  int64_t failures = 0;
  for (const score *s = scores; s->kernel; s++) {
    printf(
        "%s  %-22s %-13s %6lld cases  largest error %.2e  root mean square %.2e\n", s->failures ? "FAIL" : "pass",
        s->kernel, s->isa, (long long)s->cases, s->largest, sqrt(s->squares / (double)s->cases));
    failures += s->failures;
  }
  return failures > 0;
}
