// Weights of a convolution by tiles, split and packed once as [group][panel][tap][32 source channels][term][16 destination channels],
// each tile [pair of source channels][destination channel][2].

#include "ck_convolution_tiles.h"
#include "ck_tile_layout.h"

int64_t ck_tile_panels(const ck_channels *channels) { return channels->groups * ((columns(channels) + 1) / 2); }

int64_t ck_packed_tile_weights(int64_t taps, const ck_channels *channels) {
  return channels->groups * columns(channels) * column_weights(taps, channels) / 2;
}

void ck_pack_tile_weights(int64_t taps, const ck_channels *channels, int mirrored, const float *weights, float *packed) {
  const int64_t from = channels->source / channels->groups, to = channels->destination / channels->groups;
  bfloat16 *next = (bfloat16 *)packed;
  for (int64_t group = 0; group < channels->groups; group++) {
    for (int64_t column = 0; column < columns(channels); column += 2) {
      const int64_t width = smaller(columns(channels) - column, 2);
      for (int64_t tap = 0; tap < taps; tap++) {
        for (int64_t block = 0; block < blocks(channels); block++, next += CK_TERMS * width * CK_TILE) {
          for (int64_t i = 0; i < width * CK_TILE; i++) {
            const int64_t s = block * CK_DEPTH + i % CK_TILE / (2 * CK_COLUMNS) * 2 + i % 2;
            const int64_t d = column * CK_COLUMNS + i / CK_TILE * CK_COLUMNS + i / 2 % CK_COLUMNS;
            const int64_t at = mirrored ? ((taps - 1 - tap) * to + d) * channels->source + group * from + s
                                        : (tap * from + s) * channels->destination + group * to + d;
            const float weight = s < from && d < to ? weights[at] : 0;
            split(&weight, 1, next + i, (int)(width * CK_TILE));
          }
        }
      }
    }
  }
}
