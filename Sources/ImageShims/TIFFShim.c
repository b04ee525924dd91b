#include "ImageShims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

struct image_tiff {
  TIFF *tiff;
  const uint8_t *bytes;
  uint64_t count, position;
  /// Bytes that may still be read. Thousands of tags can point at the same bytes, and each reads them into memory anew.
  uint64_t allowance;
  int is_exhausted;
  image_problem *problem;
};

// Beyond the file's own size: strip tables that a small file can name but not hold.
enum { spare_bytes = 64 << 20 };

static tmsize_t on_read(thandle_t handle, void *target, tmsize_t size) {
  image_tiff *self = (image_tiff *)handle;
  uint64_t rest = self->position < self->count ? self->count - self->position : 0;
  uint64_t wanted = size > 0 ? (uint64_t)size : 0;
  if (wanted > rest) {
    self->problem->cut_short = 1;
    wanted = rest;
  }
  if (wanted > self->allowance) {
    self->is_exhausted = 1;
    snprintf(self->problem->reason, sizeof self->problem->reason, "tags that read the file many times over");
    return 0;
  }
  memcpy(target, self->bytes + (wanted ? self->position : 0), wanted);
  self->position += wanted;
  self->allowance -= wanted;
  return (tmsize_t)wanted;
}

static tmsize_t on_write(thandle_t handle, void *source, tmsize_t size) {
  (void)handle;
  (void)source;
  (void)size;
  return 0;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int origin) {
  image_tiff *self = (image_tiff *)handle;
  if (origin == SEEK_CUR) offset += self->position;
  if (origin == SEEK_END) offset += self->count;
  return self->position = offset;
}

static toff_t on_size(thandle_t handle) { return ((image_tiff *)handle)->count; }

static int on_close(thandle_t handle) {
  (void)handle;
  return 0;
}

static int on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff;
  (void)module;
  image_problem *problem = ((image_tiff *)user)->problem;
  // The first message names the cause, those after it only who was let down by it.
  if (!problem->reason[0]) vsnprintf(problem->reason, sizeof problem->reason, format, arguments);
  return 1;
}

// A warning of the JPEG codec tells of pixels filled with grey; other warnings tell of tags that were put right.
static int on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  if (module && !strcmp(module, "JPEGLib")) on_error(tiff, user, module, format, arguments);
  return 1;
}

static TIFF *open_in_memory(image_tiff *self) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) return NULL;
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, self);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, self);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)(self->count + spare_bytes));
  // "m": through on_read, never as mapped memory.
  TIFF *tiff = TIFFClientOpenExt(
      "", "rm", (thandle_t)self, on_read, on_write, on_seek, on_close, on_size, NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

static void describe_blocks(TIFF *tiff, image_tiff_header *header) {
  header->is_tiled = TIFFIsTiled(tiff);
  if (header->is_tiled) {
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &header->block_width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &header->block_height);
    header->block_count = TIFFNumberOfTiles(tiff);
  } else {
    header->block_width = header->width;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &header->block_height);
    if (header->block_height > header->height) header->block_height = header->height;
    header->block_count = TIFFNumberOfStrips(tiff);
  }
}

static void describe(TIFF *tiff, image_tiff_header *header) {
  uint16_t planar = PLANARCONFIG_CONTIG, photometric = 0, extra_samples = 0;
  uint16_t *kinds = NULL, *red = NULL, *green = NULL, *blue = NULL;
  *header = (image_tiff_header){.photometric = -1};
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &header->width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &header->height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &header->bits_per_sample);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &header->samples_per_pixel);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &header->sample_format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &header->compression);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &header->orientation);
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric)) header->photometric = photometric;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  header->is_planar = planar == PLANARCONFIG_SEPARATE;
  if (TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extra_samples, &kinds) && extra_samples > 0) {
    header->extra_samples = extra_samples;
    header->first_extra_sample = kinds[0];
  }
  if (TIFFGetField(tiff, TIFFTAG_COLORMAP, &red, &green, &blue)) {
    header->red = red;
    header->green = green;
    header->blue = blue;
  }
  // JPEG stores YCbCr with fewer chroma samples: its own decoder makes RGB of them.
  if (header->compression == COMPRESSION_JPEG && photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  describe_blocks(tiff, header);
}

image_tiff *image_tiff_open(
    const uint8_t *bytes, size_t count, image_tiff_header *header, image_problem *problem) {
  image_tiff *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->bytes = bytes;
  self->count = count;
  self->allowance = 8 * (uint64_t)count + (1 << 20);
  self->problem = problem;
  self->tiff = open_in_memory(self);
  if (self->tiff) describe(self->tiff, header);
  // libtiff goes on without a tag whose value it could not read, and that could be the palette.
  if (!self->tiff || problem->cut_short || self->is_exhausted) {
    image_tiff_close(self);
    return NULL;
  }
  return self;
}

int image_tiff_read(image_tiff *self, uint32_t block, void *samples, size_t size, image_problem *problem) {
  self->problem = problem;
  tmsize_t wanted = (tmsize_t)size;
  tmsize_t read = TIFFIsTiled(self->tiff) ? TIFFReadEncodedTile(self->tiff, block, samples, wanted)
                                          : TIFFReadEncodedStrip(self->tiff, block, samples, wanted);
  return read == wanted && !problem->reason[0];
}

void image_tiff_close(image_tiff *self) {
  if (!self) return;
  // The caller's problem may be gone by now.
  image_problem unheard = {0};
  self->problem = &unheard;
  if (self->tiff) TIFFClose(self->tiff);
  free(self);
}
