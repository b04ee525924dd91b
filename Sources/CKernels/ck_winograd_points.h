// From positions to the points of Winograd's convolution and back; included once per instruction set by the kernel.

/// Six source positions, `step` vectors apart, become six points.
CK_INLINE void CK_NAME(to_points)(const vector *d, vector *values, int step) {
  const float near = CK_NEAR, far = CK_FAR, product = near * near * far * far, sum = near * near + far * far;
  const vector even_near = d[4 * step] - d[2 * step] * (far * far), odd_near = d[3 * step] - d[step] * (far * far);
  const vector even_far = d[4 * step] - d[2 * step] * (near * near), odd_far = d[3 * step] - d[step] * (near * near);
  const vector zero = d[4 * step] - d[2 * step] * sum + d[0] * product;
  const vector infinity = d[5 * step] - d[3 * step] * sum + d[step] * product;
  values[0] = zero;
  values[step] = even_near + odd_near * near;
  values[2 * step] = even_near - odd_near * near;
  values[3 * step] = even_far + odd_far * far;
  values[4 * step] = even_far - odd_far * far;
  values[5 * step] = infinity;
}

/// Sums at six points, `step` vectors apart, become four destination positions.
CK_INLINE void CK_NAME(from_points)(const vector *sums, vector *results, int step) {
  const float near = CK_NEAR, far = CK_FAR;
  const vector even_near = sums[step] + sums[2 * step], odd_near = sums[step] - sums[2 * step];
  const vector even_far = sums[3 * step] + sums[4 * step], odd_far = sums[3 * step] - sums[4 * step];
  results[0] = sums[0] + even_near + even_far;
  results[step] = odd_near * near + odd_far * far;
  results[2 * step] = even_near * (near * near) + even_far * (far * far);
  results[3 * step] = odd_near * (near * near * near) + odd_far * (far * far * far) + sums[5 * step];
}
