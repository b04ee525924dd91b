// Pooling, both kinds and directions.

/// The cells of a window in row-major order; returns how many there are.
static int64_t cells_of(const geometry *g, const ck_window *w, int64_t position, int64_t *cells) {
  int64_t count = 0;
  for (int64_t tap = 0; tap < taps(w); tap++) {
    const int64_t at = flat_read(g, w, 0, position, tap);
    if (at >= 0) cells[count++] = at;
  }
  return count;
}

static void check_pooling(void) {
  const geometry g = draw_geometry(4);
  ck_window w = kernel_window(&g, 0);
  const int64_t channels = draw(1, 70), outputs = positions(&w, 0), inputs = positions(&w, 1);
  const int64_t rows = w.axes[0].destination * w.axes[1].destination;
  float *source = numbers(inputs * channels), *cotangent = numbers(outputs * channels);
  float *destination = numbers(outputs * channels), *result = numbers(inputs * channels);
  for (int64_t i = 0; i < inputs * channels; i++) source[i] = (float)draw(-4, 4); // many ties
  double *expected[2], *pulled[2], *sizes = calloc((size_t)((inputs + outputs) * channels), sizeof *sizes);
  for (int i = 0; i < 2; i++) {
    expected[i] = calloc((size_t)(outputs * channels), sizeof **expected);
    pulled[i] = calloc((size_t)(inputs * channels), sizeof **pulled);
  }
  int64_t *cells = malloc((size_t)taps(&w) * sizeof *cells), *windows = calloc((size_t)inputs, sizeof *windows);
  for (int64_t i = 0; i < (inputs + outputs) * channels; i++) sizes[i] = 100;
  for (int64_t p = 0; p < outputs; p++) {
    const int64_t count = cells_of(&g, &w, p, cells);
    for (int64_t i = 0; i < count; i++) windows[cells[i]]++;
    for (int64_t c = 0; c < channels; c++) {
      double largest = -INFINITY, sum = 0;
      int64_t winner = -1;
      for (int64_t i = 0; i < count; i++) {
        const double x = source[cells[i] * channels + c];
        sum += x;
        if (x > largest) largest = x, winner = cells[i];
        pulled[1][cells[i] * channels + c] += (double)cotangent[p * channels + c] / (double)count;
      }
      expected[0][p * channels + c] = largest;
      expected[1][p * channels + c] = count > 0 ? sum / (double)count : 0;
      if (winner >= 0) pulled[0][winner * channels + c] += cotangent[p * channels + c];
    }
  }
  int exclusive = 1;
  for (int64_t i = 0; i < inputs; i++) exclusive &= windows[i] <= 1;
  FOR_EACH_SET {
    if (set->isa == CK_AMX_EMULATED) continue;
    for (int kind = 0; kind < 2; kind++) {
      int has_empty = 0;
      for (int64_t i = 0; i < outputs * channels; i++) has_empty |= isinf(expected[kind][i]);
      for (int half = 0; half < 2; half++) {
        const int64_t first = half * rows / 2, last = (half + 1) * rows / 2;
        if (kind == 0)
          ck_max_pool(set->isa, &w, channels, source, destination, first, last);
        else
          ck_average_pool(set->isa, &w, channels, source, destination, first, last);
      }
      if (!has_empty)
        compare(kind ? "average pooling" : "maximum pooling", set->name, outputs * channels, destination, expected[kind], sizes);
      memset(result, 0, (size_t)(inputs * channels) * sizeof *result);
      for (int half = 0; half < 2; half++) {
        const ck_pool_pullback part = {
            .source = source,
            .cotangent = cotangent,
            .result = result,
            .exclusive = exclusive,
            .gate_ceiling = INFINITY,
            .last_row = rows,
            .first_channel = half * channels / 2,
            .last_channel = (half + 1) * channels / 2};
        if (kind == 0)
          ck_max_pool_pullback(set->isa, &w, channels, &part);
        else
          ck_average_pool_pullback(set->isa, &w, channels, &part);
      }
      compare(kind ? "average pullback" : "maximum pullback", set->name, inputs * channels, result, pulled[kind], sizes);
    }
  }
  free_window(&w);
  free(source);
  free(cotangent);
  free(destination);
  free(result);
  free(sizes);
  free(cells);
  free(windows);
  for (int i = 0; i < 2; i++) {
    free(expected[i]);
    free(pulled[i]);
  }
}
