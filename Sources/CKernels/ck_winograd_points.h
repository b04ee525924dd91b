// From positions to the points of Winograd's convolution and back; included once per instruction set by the kernel.

/// Six source positions become six points, `step` vectors apart.
CK_INLINE void CK_NAME(to_points)(const vector d[CK_POINTS], vector *values, int step) {
  const float near = CK_NEAR, far = CK_FAR, product = near * near * far * far, sum = near * near + far * far;
  const vector even_near = d[4] - d[2] * (far * far), odd_near = d[3] - d[1] * (far * far);
  const vector even_far = d[4] - d[2] * (near * near), odd_far = d[3] - d[1] * (near * near);
  const vector zero = d[4] - d[2] * sum + d[0] * product;
  const vector infinity = d[5] - d[3] * sum + d[1] * product;
  values[0] = zero;
  values[step] = even_near + odd_near * near;
  values[2 * step] = even_near - odd_near * near;
  values[3 * step] = even_far + odd_far * far;
  values[4 * step] = even_far - odd_far * far;
  values[5 * step] = infinity;
}

/// Sums at six points become four destination positions, `step` vectors apart.
CK_INLINE void CK_NAME(from_points)(const vector sums[CK_POINTS], vector *results, int step) {
  const float near = CK_NEAR, far = CK_FAR;
  const vector even_near = sums[1] + sums[2], odd_near = sums[1] - sums[2];
  const vector even_far = sums[3] + sums[4], odd_far = sums[3] - sums[4];
  results[0] = sums[0] + even_near + even_far;
  results[step] = odd_near * near + odd_far * far;
  results[2 * step] = even_near * (near * near) + even_far * (far * far);
  results[3 * step] = odd_near * (near * near * near) + odd_far * (far * far * far) + sums[5];
}
