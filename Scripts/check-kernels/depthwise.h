// Depthwise convolutions, and the cotangent of their weights.

static void check_depthwise(void) {
  const geometry g = draw_geometry(5);
  const int backward = (int)draw(0, 1);
  ck_window w = kernel_window(&g, backward);
  const int64_t channels = draw(1, 80), count = positions(&w, 0) * channels, rows = w.axes[0].destination * w.axes[1].destination;
  float *source = numbers(positions(&w, 1) * channels), *weights = numbers(taps(&w) * channels);
  float *destination = numbers(count), *cotangent = numbers(count), *sums = numbers(taps(&w) * channels);
  double *expected = calloc((size_t)count, sizeof *expected), *sizes = calloc((size_t)count, sizeof *sizes);
  double *sums_expected = calloc((size_t)(taps(&w) * channels), sizeof *expected);
  double *sums_sizes = calloc((size_t)(taps(&w) * channels), sizeof *expected);
  const ck_epilogue epilogue = draw_epilogue(channels, count);
  for (int64_t p = 0; p < positions(&w, 0); p++) {
    for (int64_t d = 0; d < channels; d++) {
      double sum = 0, size = 1;
      for (int64_t tap = 0; tap < taps(&w); tap++) {
        const int64_t at = flat_read(&g, &w, backward, p, tap);
        if (at < 0) continue;
        const double product = (double)source[at * channels + d] * weights[tap * channels + d];
        const double upstream = (double)source[at * channels + d] * cotangent[p * channels + d];
        sum += product;
        size += fabs(product);
        sums_expected[tap * channels + d] += upstream;
        sums_sizes[tap * channels + d] += fabs(upstream) + 1;
      }
      expected[p * channels + d] = finished(&epilogue, sum, p * channels + d, d);
      sizes[p * channels + d] = size;
    }
  }
  FOR_EACH_SET {
    if (set->isa == CK_AMX_EMULATED) continue;
    ck_convolve_depthwise(set->isa, &w, channels, source, weights, &epilogue, destination, 0, rows / 2);
    ck_convolve_depthwise(set->isa, &w, channels, source, weights, &epilogue, destination, rows / 2, rows);
    compare("depthwise", set->name, count, destination, expected, sizes);
    if (backward) continue;
    memset(sums, 0, (size_t)(taps(&w) * channels) * sizeof *sums);
    ck_pull_back_depthwise_weights(set->isa, &w, channels, source, cotangent, sums, 0, rows / 2);
    ck_pull_back_depthwise_weights(set->isa, &w, channels, source, cotangent, sums, rows / 2, rows);
    compare("depthwise weights", set->name, taps(&w) * channels, sums, sums_expected, sums_sizes);
  }
  free_window(&w);
  free(source);
  free(weights);
  free(destination);
  free(cotangent);
  free(sums);
  free(expected);
  free(sizes);
  free(sums_expected);
  free(sums_sizes);
  free_epilogue(&epilogue);
}
