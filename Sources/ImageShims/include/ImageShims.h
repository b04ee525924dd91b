// What Swift cannot call of libpng, libtiff and libjpeg: setjmp, variadic functions, macros. Not an API: only the target
// Images uses it. Files are decoded from memory. A function that fails fills in an image_problem, leaves its reader fit for
// nothing but closing, and prints nothing.
#ifndef IMAGE_SHIMS_H
#define IMAGE_SHIMS_H

#include <stddef.h>
#include <stdint.h>

/// Why decoding stopped.
typedef struct {
  /// Whether the decoder asked for bytes beyond the end of the file.
  int cut_short;
  /// The library's own words, or an empty string.
  char reason[200];
} image_problem;

// PNG

typedef struct image_png image_png;

typedef struct {
  uint32_t width, height;
  /// Bits of one pixel in the file.
  int bits_per_pixel;
  /// Channels of the decoded pixels: grey, grey and alpha, RGB, or RGB and alpha.
  int channels;
} image_png_header;

/// Reads everything before the pixels; NULL when that fails. `bytes` must outlive the reader.
image_png *image_png_open(const uint8_t *bytes, size_t count, image_png_header *header, image_problem *problem);
/// Decodes all pixels to 8 bits per sample, `width * height * channels` bytes; 0 when that fails.
int image_png_read(image_png *png, uint8_t *samples, image_problem *problem);
void image_png_close(image_png *png);

/// The largest number of bytes that image_png_write needs; 0 when the extents are more than a PNG holds.
size_t image_png_bound(uint32_t width, uint32_t height, int channels);
/// Encodes 8-bit samples into `file` and returns the number of bytes written; 0 when that fails.
size_t image_png_write(
    uint8_t *file, size_t capacity, const uint8_t *samples, uint32_t width, uint32_t height, int channels,
    image_problem *problem);

// JPEG

typedef struct image_jpeg image_jpeg;

typedef struct {
  uint32_t width, height;
  /// 1 grey, 3 RGB, 4 CMYK as stored; other counts cannot be read.
  int channels;
} image_jpeg_header;

image_jpeg *image_jpeg_open(
    const uint8_t *bytes, size_t count, image_jpeg_header *header, image_problem *problem);
/// Decodes all pixels, `width * height * channels` bytes; 0 when that fails.
int image_jpeg_read(image_jpeg *jpeg, uint8_t *samples, image_problem *problem);
void image_jpeg_close(image_jpeg *jpeg);

// TIFF

typedef struct image_tiff image_tiff;

/// The tags of the first directory that decide what the samples mean and where they lie.
typedef struct {
  uint32_t width, height;
  uint16_t bits_per_sample, samples_per_pixel, sample_format, compression, orientation;
  /// -1 when the file does not say.
  int photometric;
  int is_planar, is_tiled;
  /// The number of samples beyond the colour, and the kind of the first of them.
  uint16_t extra_samples, first_extra_sample;
  /// Extents of a tile, or the image's width and the rows of a strip.
  uint32_t block_width, block_height;
  /// The number of tiles or strips of all planes.
  uint32_t block_count;
  /// Colour maps of `1 << bits_per_sample` entries, valid until the reader is closed; NULL without a palette.
  const uint16_t *red, *green, *blue;
} image_tiff_header;

image_tiff *image_tiff_open(
    const uint8_t *bytes, size_t count, image_tiff_header *header, image_problem *problem);
/// Decodes one tile or strip of exactly `size` bytes, samples of 16 bits in the byte order of this machine; 0 when that fails.
int image_tiff_read(image_tiff *tiff, uint32_t block, void *samples, size_t size, image_problem *problem);
void image_tiff_close(image_tiff *tiff);

#endif
