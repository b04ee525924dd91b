// Tiles whose outputs the direct kernel computes, so that equal patches give equal values; included once per instruction set by the
// Winograd kernel.
//
// Twins are neighbouring outputs, diagonals included, that read equal patches. A tile with one of a pair is computed directly, and so
// is the tile with the other. Values at the rim of what a tile reads cannot be compared with those beyond it and count as equal to
// them: that may add tiles, and leaves out none. Along the outermost axis equal patches lie at the same place of their tiles.
//
// Values of a tile are bits of a word, eight to a row. In each lane of a vector the bits are those of that lane's channels.

/// The six values of every row of a tile.
#define CK_EVERY_VALUE 0x3F3F3F3F3F3Full

/// The bits of values that equal those `down` rows and `right` columns further on, in all channels of a vector.
CK_INLINE uint64_t CK_NAME(equal_values)(patch patch, int64_t s, int64_t count, int rows, int down, int right) {
  uint64_t result = 0;
  for (int half = 0; half < rows; half += 3) {
    mask bits = (mask){0};
    CK_UNROLL for (int i = 0; i < 3; i++) {
      CK_UNROLL for (int j = 0; j < CK_POINTS; j++) {
        const int other = half + i + down, column = j + right;
        if (half + i >= rows || other >= rows || column < 0 || column >= CK_POINTS) continue;
        const vector x = load(patch.values + (half + i) * patch.row_step + j * patch.step + s, count);
        const vector y = load(patch.values + other * patch.row_step + column * patch.step + s, count);
        bits |= (x == y) & (1 << (8 * i + j));
      }
    }
    int32_t lanes[CK_LANES], all = -1;
    *(mask *)lanes = bits;
    CK_UNROLL for (int lane = 0; lane < CK_LANES; lane++) all &= lanes[lane];
    result |= (uint64_t)(uint32_t)all << (8 * half);
  }
  return result;
}

/// Whether one of the outputs has a patch whose values all have their bits set.
CK_INLINE int CK_NAME(whole_patch)(uint64_t equal, uint64_t outputs, int rows) {
  equal &= equal >> 1 & equal >> 2;
  if (rows > 1) equal &= equal >> 8 & equal >> 16;
  return (equal & outputs) != 0;
}

/// Whether a tile has outputs that may have twins.
CK_INLINE int CK_NAME(has_twins)(const task *task, const place *place, int rows) {
  static const int shifts[4][2] = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
  const uint64_t top = 0x3F, bottom = top << 8 * (rows - 1), left = 0x010101010101, right = left << (CK_POINTS - 1);
  // What has no neighbour to compare with, in the direction of a shift and against it.
  const uint64_t beyond[4] = {right, bottom, bottom | right, bottom | left}, before[4] = {left, top, top | left, top | right};
  const uint64_t outputs = (0x01010101ull << place->width) - 0x01010101ull & ~(~0ull << 8 * place->height);
  uint64_t equal[4] = {CK_EVERY_VALUE, CK_EVERY_VALUE, CK_EVERY_VALUE, CK_EVERY_VALUE};
  for (int64_t tap = 0; tap < task->taps; tap++) {
    const patch patch = CK_NAME(find_patch)(task, place, tap, rows);
    for (int64_t s = 0; s < task->from; s += CK_LANES) {
      int found = 0;
      CK_UNROLL for (int k = 0; k < 4; k++) {
        const int down = shifts[k][0], step = 8 * down + shifts[k][1];
        if (down >= rows) continue;
        equal[k] &= CK_NAME(equal_values)(patch, s, task->from - s, rows, down, shifts[k][1]);
        found |= CK_NAME(whole_patch)(equal[k] | beyond[k], outputs, rows)
                 | CK_NAME(whole_patch)(equal[k] << step | before[k], outputs, rows);
      }
      if (!found) return 0;
    }
  }
  return 1;
}

/// How many of the tiles [tile, last) have outputs that may have twins, up to the first that has none or begins another row.
CK_INLINE int64_t CK_NAME(tiles_with_twins)(const task *task, int64_t tile, int64_t last, int rows) {
  const int64_t columns = task->tiling.columns, end = smaller(last, (tile / columns + 1) * columns);
  int64_t count = 0;
  for (; tile + count < end; count++) {
    const place place = CK_NAME(find_tile)(task, tile + count, rows);
    if (!CK_NAME(has_twins)(task, &place, rows)) break;
  }
  return count;
}

/// Computes tiles of one row by the direct kernel.
CK_INLINE void CK_NAME(convolve_directly)(const task *task, const ck_part *part, const place *place, int64_t count) {
  const ck_axis *axes = task->axes;
  const int64_t row = place->corner[0] * axes[1].destination + place->corner[1], first = place->corner[2];
  const ck_part rows = {row, row + place->height, part->first_panel, part->last_panel};
  ck_convolve_run(
      task->isa, task->window, task->channels, &rows, first, smaller(first + count * CK_OUTPUTS, axes[2].destination),
      task->source, task->direct, task->epilogue, task->destination);
}

#undef CK_EVERY_VALUE
