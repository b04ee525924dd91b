// Convolutions: both directions by every kernel that suits them, and the cotangent of the weights.

static float finished(const ck_epilogue *e, double sum, int64_t at, int64_t channel) {
  if (e->bias) sum += e->bias[channel];
  if (e->scale) sum = sum * e->scale[channel] + e->offset[channel];
  if (e->rectifies) sum = sum < 0 ? 0 : sum > e->ceiling ? e->ceiling : sum;
  if (e->gate && !(e->gate[at] > 0 && e->gate[at] < e->gate_ceiling)) sum = 0;
  return (float)sum;
}

static ck_epilogue draw_epilogue(int64_t channels, int64_t count) {
  const int scales = draw(0, 1);
  return (ck_epilogue){
      .bias = draw(0, 1) ? numbers(channels) : 0,
      .scale = scales ? numbers(channels) : 0,
      .offset = scales ? numbers(channels) : 0,
      .gate = draw(0, 3) ? 0 : numbers(count),
      .gate_ceiling = draw(0, 1) ? INFINITY : 0.5f,
      .ceiling = draw(0, 1) ? INFINITY : 0.75f,
      .rectifies = draw(0, 3) == 0};
}

static void free_epilogue(const ck_epilogue *e) {
  free((void *)e->bias);
  free((void *)e->scale);
  free((void *)e->offset);
  free((void *)e->gate);
}

/// Calls a kernel once for every quarter of the rows and panels.
#define FOR_EACH_PART(part, rows, panels)                                                                             \
  for (int quarter = 0; quarter < 4; quarter++)                                                                       \
    for (ck_part part = {quarter / 2 * (rows) / 2, (quarter / 2 + 1) * (rows) / 2, quarter % 2 * (panels) / 2,        \
                         (quarter % 2 + 1) * (panels) / 2},                                                           \
                 *once = &part;                                                                                       \
         once; once = 0)

typedef struct convolution {
  geometry geometry;
  ck_window window;
  ck_channels channels;
  int backward;
  int64_t count; // of the destination
  float *source, *weights, *destination;
  ck_epilogue epilogue;
  double *expected, *sizes;
  double *tiled; // what the instructions for tiles gave, once they have run
} convolution;

static void add_up(convolution *c) {
  const int64_t from = c->channels.source / c->channels.groups, to = c->channels.destination / c->channels.groups;
  for (int64_t p = 0; p < positions(&c->window, 0); p++) {
    for (int64_t d = 0; d < c->channels.destination; d++) {
      const int64_t at = p * c->channels.destination + d;
      double sum = 0, size = 1;
      for (int64_t tap = 0; tap < taps(&c->window); tap++) {
        const int64_t source = flat_read(&c->geometry, &c->window, c->backward, p, tap);
        for (int64_t s = 0; source >= 0 && s < from; s++) {
          const int64_t channel = d / to * from + s;
          const int64_t weight = c->backward
                                     ? ((taps(&c->window) - 1 - tap) * to + d % to) * c->channels.source + channel
                                     : (tap * from + s) * c->channels.destination + d;
          const double product = (double)c->source[source * c->channels.source + channel] * c->weights[weight];
          sum += product;
          size += fabs(product);
        }
      }
      c->expected[at] = finished(&c->epilogue, sum, at, d);
      c->sizes[at] = size;
    }
  }
}

static void check_panels(convolution *c, const instructions *set) {
  float *packed = numbers(ck_packed_weights(set->isa, taps(&c->window), &c->channels));
  const int64_t panels = ck_panels(set->isa, &c->channels);
  ck_pack_weights(set->isa, taps(&c->window), &c->channels, c->backward, panels / 2, panels, c->weights, packed);
  ck_pack_weights(set->isa, taps(&c->window), &c->channels, c->backward, 0, panels / 2, c->weights, packed);
  const int64_t rows = c->window.axes[0].destination * c->window.axes[1].destination;
  FOR_EACH_PART(part, rows, panels)
  ck_convolve(set->isa, &c->window, &c->channels, &part, c->source, packed, &c->epilogue, c->destination);
  compare(c->backward ? "convolution pullback" : "convolution", set->name, c->count, c->destination, c->expected, c->sizes);
  free(packed);
}

static void check_tiles(convolution *c, const instructions *set) {
  float *packed = numbers(ck_packed_tile_weights(taps(&c->window), &c->channels));
  float *scratch = numbers(ck_tile_scratch(&c->window, &c->channels));
  ck_pack_tile_weights(taps(&c->window), &c->channels, c->backward, c->weights, packed);
  const int64_t rows = c->window.axes[0].destination * c->window.axes[1].destination;
  FOR_EACH_PART(part, rows, ck_tile_panels(&c->channels))
  ck_convolve_tiles(set->isa, &c->window, &c->channels, &part, c->source, packed, &c->epilogue, c->destination, scratch);
  compare(c->backward ? "tiles pullback" : "tiles", set->name, c->count, c->destination, c->expected, c->sizes);
  // The emulation is documented to round as the instructions do: to the last bit.
  if (set->isa == CK_AMX_EMULATED && c->tiled)
    compare("tiles as instructions", set->name, c->count, c->destination, c->tiled, 0);
  if (set->isa == CK_AMX) {
    c->tiled = calloc((size_t)c->count, sizeof *c->tiled);
    for (int64_t i = 0; i < c->count; i++) c->tiled[i] = c->destination[i];
  }
  free(packed);
  free(scratch);
}

/// Whether the Winograd kernel can compute a convolution; when it pays is not asked here.
static int suits_winograd(const convolution *c) {
  const ck_axis *axes = c->window.axes;
  for (int i = 0; i < 3; i++)
    if (c->geometry.axes[i].stride != 1 || c->geometry.axes[i].dilation != 1) return 0;
  return c->channels.groups == 1 && axes[2].kernel == 3 && (axes[1].kernel == 3 || axes[1].kernel == 1);
}

static void check_winograd(convolution *c, const instructions *set) {
  const int64_t outer_taps = c->window.axes[0].kernel, blocks = ck_winograd_blocks(set->isa, &c->window, &c->channels);
  const int axes = c->window.axes[1].kernel == 3 ? 2 : 1;
  float *packed = numbers(ck_packed_winograd_weights(set->isa, outer_taps, axes, &c->channels));
  float *scratch = numbers(ck_winograd_scratch(set->isa, &c->window, &c->channels));
  // A tile's values share their rounding errors: sums of few products are as far off as those of many.
  double *sizes = calloc((size_t)c->count, sizeof *sizes), largest = 0;
  for (int64_t i = 0; i < c->count; i++) largest = fmax(largest, c->sizes[i]);
  for (int64_t i = 0; i < c->count; i++) sizes[i] = 4 * largest;
  ck_pack_winograd_weights(set->isa, outer_taps, axes, &c->channels, c->backward, c->weights, packed);
  float *direct = numbers(ck_packed_weights(set->isa, taps(&c->window), &c->channels));
  const int64_t panels = ck_panels(set->isa, &c->channels);
  ck_pack_weights(set->isa, taps(&c->window), &c->channels, c->backward, 0, panels, c->weights, direct);
  for (int keeps_twins = 0; keeps_twins < 2; keeps_twins++) {
    for (int64_t i = 0; i < c->count; i++) c->destination[i] = NAN;
    FOR_EACH_PART(part, blocks, panels)
    ck_convolve_winograd(
        set->isa, &c->window, &c->channels, &part, c->source, packed, keeps_twins ? direct : 0, &c->epilogue, c->destination,
        scratch);
    const char *name = keeps_twins ? "winograd and direct" : c->backward ? "winograd pullback" : "winograd";
    compare(name, set->name, c->count, c->destination, c->expected, sizes);
  }
  free(direct);
  free(packed);
  free(scratch);
  free(sizes);
}

static void check_narrow(convolution *c, const instructions *set) {
  const int64_t from = c->channels.source, to = c->channels.destination;
  const int64_t rows = c->window.axes[0].destination * c->window.axes[1].destination;
  float *packed = numbers(ck_packed_narrow_weights(set->isa, taps(&c->window), from, to));
  ck_pack_narrow_weights(set->isa, taps(&c->window), from, to, c->backward, c->weights, packed);
  ck_convolve_narrow(set->isa, &c->window, from, to, c->source, packed, &c->epilogue, c->destination, 0, rows / 2);
  ck_convolve_narrow(set->isa, &c->window, from, to, c->source, packed, &c->epilogue, c->destination, rows / 2, rows);
  compare(c->backward ? "narrow pullback" : "narrow", set->name, c->count, c->destination, c->expected, c->sizes);
  free(packed);
}

/// The weights' cotangent, with the destination of a forward convolution in the place of its cotangent.
static void check_weights(const convolution *c, const instructions *set) {
  const int64_t from = c->channels.source / c->channels.groups, to = c->channels.destination / c->channels.groups;
  const int64_t count = taps(&c->window) * from * c->channels.destination;
  float *cotangent = numbers(c->count), *sums = numbers(count);
  double *expected = calloc((size_t)count, sizeof *expected), *sizes = calloc((size_t)count, sizeof *sizes);
  for (int64_t i = 0; i < count; i++) sizes[i] = 1 + fabs(expected[i] = sums[i]);
  for (int64_t p = 0; p < positions(&c->window, 0); p++) {
    for (int64_t tap = 0; tap < taps(&c->window); tap++) {
      const int64_t source = flat_read(&c->geometry, &c->window, 0, p, tap);
      for (int64_t i = 0; source >= 0 && i < from * c->channels.destination; i++) {
        const int64_t s = i / c->channels.destination, d = i % c->channels.destination;
        const double product = (double)c->source[source * c->channels.source + d / to * from + s]
                               * cotangent[p * c->channels.destination + d];
        expected[tap * from * c->channels.destination + i] += product;
        sizes[tap * from * c->channels.destination + i] += fabs(product);
      }
    }
  }
  const int64_t rows = c->window.axes[0].destination * c->window.axes[1].destination;
  FOR_EACH_PART(part, rows, ck_panels(set->isa, &c->channels))
  ck_pull_back_weights(set->isa, &c->window, &c->channels, &part, c->source, cotangent, sums);
  compare("weights", set->name, count, sums, expected, sizes);
  free(cotangent);
  free(sums);
  free(expected);
  free(sizes);
}

/// Gives all positions of a few even areas the same values.
static void make_even(convolution *c) {
  const int64_t row = c->window.axes[2].source, channels = c->channels.source, height = draw(2, 6), width = draw(2, 9);
  for (int64_t p = 1; p < positions(&c->window, 1); p++) {
    const int64_t area = (p / row / height + p % row / width) % 3;
    if (area > 0) memcpy(c->source + p * channels, c->source + (area - 1) * channels, (size_t)channels * sizeof(float));
  }
}

static void free_convolution(convolution *c) {
  free_window(&c->window);
  free(c->source);
  free(c->weights);
  free(c->destination);
  free_epilogue(&c->epilogue);
  free(c->expected);
  free(c->sizes);
  free(c->tiled);
}

static void check_convolution(geometry geometry, int backward) {
  static const int64_t counts[] = {1, 3, 5, 8, 16, 17, 25, 32, 33, 50, 70};
  const int64_t groups = draw(0, 4) ? 1 : draw(2, 3);
  convolution c = {.geometry = geometry, .backward = backward};
  c.window = kernel_window(&c.geometry, backward);
  c.channels = (ck_channels){groups * counts[draw(0, 10)], groups * counts[draw(0, 10)], groups};
  c.count = positions(&c.window, 0) * c.channels.destination;
  c.source = numbers(positions(&c.window, 1) * c.channels.source);
  c.weights = numbers(taps(&c.window) * c.channels.source / groups * c.channels.destination);
  c.destination = numbers(c.count);
  c.epilogue = draw_epilogue(c.channels.destination, c.count);
  c.expected = calloc((size_t)c.count, sizeof *c.expected);
  c.sizes = calloc((size_t)c.count, sizeof *c.sizes);
  if (draw(0, 1) && positions(&c.window, 1) > 2) make_even(&c);
  add_up(&c);
  FOR_EACH_SET {
    const int has_tiles = set->isa == CK_AMX || set->isa == CK_AMX_EMULATED;
    if (has_tiles && c.window.axes[2].phases == 1) check_tiles(&c, set);
    if (set->isa == CK_AMX_EMULATED) continue;
    check_panels(&c, set);
    if (suits_winograd(&c)) check_winograd(&c, set);
    if (groups == 1 && c.channels.destination <= CK_NARROWEST) check_narrow(&c, set);
    if (!backward) check_weights(&c, set);
  }
  free_convolution(&c);
}
