#include "ImageShims.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

// A progressive file may repeat scans that cost it a few bytes and us a walk over the whole image. Real files have
// about ten scans.
enum { most_scans = 100 };

struct image_jpeg {
  struct jpeg_decompress_struct codec;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf give_up;
  image_problem *problem;
};

static image_jpeg *owner(j_common_ptr codec) { return codec->client_data; }

static void on_error(j_common_ptr codec) {
  char text[JMSG_LENGTH_MAX];
  codec->err->format_message(codec, text);
  image_jpeg *self = owner(codec);
  strncpy(self->problem->reason, text, sizeof self->problem->reason - 1);
  longjmp(self->give_up, 1);
}

// libjpeg fills what it cannot decode with grey and warns. Those warnings are errors here; the others tell of pixels that
// were decoded all the same.
static void on_message(j_common_ptr codec, int level) {
  if (level >= 0) return;
  switch (codec->err->msg_code) {
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_ARITH_BAD_CODE:
  case JWRN_MUST_RESYNC:
  case JWRN_BOGUS_PROGRESSION:
  case JWRN_NOT_SEQUENTIAL:
    on_error(codec);
  default:
    break;
  }
}

static void on_output(j_common_ptr codec) { (void)codec; }

static void on_progress(j_common_ptr codec) {
  image_jpeg *self = owner(codec);
  if (self->codec.input_scan_number <= most_scans) return;
  snprintf(self->problem->reason, sizeof self->problem->reason, "more than %d scans", most_scans);
  longjmp(self->give_up, 1);
}

static void on_source(j_decompress_ptr codec) { (void)codec; }

// All bytes are in the buffer from the beginning: whoever asks for more has met the end of a file that was cut short.
static boolean on_fill(j_decompress_ptr codec) {
  owner((j_common_ptr)codec)->problem->cut_short = 1;
  ERREXIT(codec, JERR_INPUT_EOF);
  return FALSE;
}

static void on_skip(j_decompress_ptr codec, long count) {
  if (count <= 0) return;
  if ((size_t)count > codec->src->bytes_in_buffer) on_fill(codec);
  codec->src->next_input_byte += count;
  codec->src->bytes_in_buffer -= (size_t)count;
}

static int read_header(image_jpeg *self, const uint8_t *bytes, size_t count, image_jpeg_header *header) {
  if (setjmp(self->give_up)) return 0;
  self->codec.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->errors.output_message = on_output;
  self->codec.client_data = self;
  jpeg_create_decompress(&self->codec);
  self->source = (struct jpeg_source_mgr){
      .next_input_byte = bytes,
      .bytes_in_buffer = count,
      .init_source = on_source,
      .fill_input_buffer = on_fill,
      .skip_input_data = on_skip,
      .resync_to_restart = jpeg_resync_to_restart,
      .term_source = on_source,
  };
  self->progress.progress_monitor = on_progress;
  self->codec.src = &self->source;
  self->codec.progress = &self->progress;
  jpeg_read_header(&self->codec, TRUE);
  header->width = self->codec.image_width;
  header->height = self->codec.image_height;
  header->channels = self->codec.num_components;
  return 1;
}

image_jpeg *image_jpeg_open(
    const uint8_t *bytes, size_t count, image_jpeg_header *header, image_problem *problem) {
  image_jpeg *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->problem = problem;
  if (!read_header(self, bytes, count, header)) {
    image_jpeg_close(self);
    return NULL;
  }
  return self;
}

int image_jpeg_read(image_jpeg *self, uint8_t *samples, image_problem *problem) {
  self->problem = problem;
  if (setjmp(self->give_up)) return 0;
  int channels = self->codec.num_components;
  self->codec.out_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_start_decompress(&self->codec);
  size_t stride = (size_t)self->codec.output_width * self->codec.output_components;
  while (self->codec.output_scanline < self->codec.output_height) {
    JSAMPROW row = samples + self->codec.output_scanline * stride;
    jpeg_read_scanlines(&self->codec, &row, 1);
  }
  // Up to the end-of-image marker, without which the file is cut short.
  jpeg_finish_decompress(&self->codec);
  return 1;
}

void image_jpeg_close(image_jpeg *self) {
  if (!self) return;
  jpeg_destroy_decompress(&self->codec);
  free(self);
}
