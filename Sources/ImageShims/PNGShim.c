#include "ImageShims.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct image_png {
  png_structp png;
  png_infop info;
  int channels;
  // What is read next, or where the next bytes are written, and how many bytes are left there.
  const uint8_t *next;
  uint8_t *target;
  size_t rest;
  image_problem *problem;
};

static void on_error(png_structp png, png_const_charp message) {
  image_png *self = png_get_error_ptr(png);
  strncpy(self->problem->reason, message, sizeof self->problem->reason - 1);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void on_read(png_structp png, png_bytep target, size_t count) {
  image_png *self = png_get_io_ptr(png);
  if (count > self->rest) {
    self->problem->cut_short = 1;
    png_error(png, "unexpected end of file");
  }
  memcpy(target, self->next, count);
  self->next += count;
  self->rest -= count;
}

// 8-bit grey or RGB, with alpha where the file has it or names a transparent colour.
static void convert(image_png *self, image_png_header *header) {
  int kind = png_get_color_type(self->png, self->info);
  int has_alpha = (kind & PNG_COLOR_MASK_ALPHA) || png_get_valid(self->png, self->info, PNG_INFO_tRNS);
  png_set_expand(self->png);
  png_set_scale_16(self->png);
  self->channels = ((kind & PNG_COLOR_MASK_COLOR) ? 3 : 1) + (has_alpha ? 1 : 0);
  header->channels = self->channels;
}

static int read_header(image_png *self, image_png_header *header) {
  if (setjmp(png_jmpbuf(self->png))) return 0;
  png_set_read_fn(self->png, self, on_read);
  // A broken checksum is an error even in a chunk that could be skipped: the file is not what was written.
  png_set_crc_action(self->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  // Text, profiles and the like are not even decompressed: a thousand of them could fill the memory.
  png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  // The caller judges the extents, knowing the size of the file.
  png_set_user_limits(self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_read_info(self->png, self->info);
  header->width = png_get_image_width(self->png, self->info);
  header->height = png_get_image_height(self->png, self->info);
  int stored = png_get_channels(self->png, self->info);
  header->bits_per_pixel = stored * png_get_bit_depth(self->png, self->info);
  convert(self, header);
  return 1;
}

image_png *image_png_open(
    const uint8_t *bytes, size_t count, image_png_header *header, image_problem *problem) {
  image_png *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->next = bytes;
  self->rest = count;
  self->problem = problem;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, on_error, on_warning);
  if (self->png) self->info = png_create_info_struct(self->png);
  if (!self->info || !read_header(self, header)) {
    image_png_close(self);
    return NULL;
  }
  return self;
}

int image_png_read(image_png *self, uint8_t *samples, image_problem *problem) {
  self->problem = problem;
  if (setjmp(png_jmpbuf(self->png))) return 0;
  int passes = png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  size_t stride = png_get_rowbytes(self->png, self->info);
  uint32_t height = png_get_image_height(self->png, self->info);
  if (stride != (size_t)self->channels * png_get_image_width(self->png, self->info))
    png_error(self->png, "rows of an unforeseen length");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t row = 0; row < height; row++) png_read_row(self->png, samples + row * stride, NULL);
  // Up to the IEND chunk, without which the file is cut short.
  png_read_end(self->png, NULL);
  return 1;
}

void image_png_close(image_png *self) {
  if (!self) return;
  png_destroy_read_struct(&self->png, &self->info, NULL);
  free(self);
}

size_t image_png_bound(uint32_t width, uint32_t height, int channels) {
  // libpng counts in 32 bits: half of that leaves room for what compression may add.
  if ((uint64_t)height * ((uint64_t)width * channels + 1) > UINT32_MAX / 2) return 0;
  static const png_uint_32 formats[] = {PNG_FORMAT_GRAY, PNG_FORMAT_GA, PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
  png_image image = {.version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = formats[channels - 1]};
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

static void on_write(png_structp png, png_bytep bytes, size_t count) {
  image_png *self = png_get_io_ptr(png);
  if (count > self->rest) png_error(png, "more bytes than foreseen");
  memcpy(self->target, bytes, count);
  self->target += count;
  self->rest -= count;
}

static void on_flush(png_structp png) { (void)png; }

static int write_rows(image_png *self, const uint8_t *samples, uint32_t width, uint32_t height) {
  static const int kinds[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGBA};
  if (setjmp(png_jmpbuf(self->png))) return 0;
  png_set_write_fn(self->png, self, on_write, on_flush);
  png_set_IHDR(
      self->png, self->info, width, height, 8, kinds[self->channels - 1], PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // Differences to the row above and a short search: a file a quarter larger than libpng's default in a fifth of its time.
  png_set_filter(self->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_set_compression_level(self->png, 2);
  png_write_info(self->png, self->info);
  for (uint32_t row = 0; row < height; row++)
    png_write_row(self->png, samples + (size_t)row * width * self->channels);
  png_write_end(self->png, NULL);
  return 1;
}

size_t image_png_write(
    uint8_t *file, size_t capacity, const uint8_t *samples, uint32_t width, uint32_t height, int channels,
    image_problem *problem) {
  image_png self = {.channels = channels, .target = file, .rest = capacity, .problem = problem};
  self.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &self, on_error, on_warning);
  if (self.png) self.info = png_create_info_struct(self.png);
  size_t size = self.info && write_rows(&self, samples, width, height) ? capacity - self.rest : 0;
  png_destroy_write_struct(&self.png, &self.info);
  return size;
}
