#include "HDF5Shims.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Version 1.10 follows references into the heap of a file without checking them. The conversions below, each with the
// signature of H5T_conv_t, keep it from doing so.

// Leaves the references of variable-length text as they are in the file.
static herr_t keep_references(hid_t from, hid_t to, H5T_cdata_t *conversion, size_t count, size_t stride,
                              size_t background_stride, void *elements, void *background, hid_t transfer) {
  (void)count, (void)stride, (void)background_stride, (void)elements, (void)background, (void)transfer;
  if (conversion->command != H5T_CONV_INIT) return 0;
  conversion->need_bkg = H5T_BKG_NO;
  return H5Tis_variable_str(from) > 0 && H5Tget_size(from) == H5Tget_size(to) ? 0 : -1;
}

// Makes every element empty.
static herr_t clear_elements(hid_t from, hid_t to, H5T_cdata_t *conversion, size_t count, size_t stride,
                             size_t background_stride, void *elements, void *background, hid_t transfer) {
  (void)from, (void)background_stride, (void)background, (void)transfer;
  conversion->need_bkg = H5T_BKG_NO;
  if (conversion->command != H5T_CONV_CONV) return 0;
  size_t size = H5Tget_size(to);
  if (size == 0) return -1;
  for (size_t index = 0; index < count; index++)
    memset((char *)elements + index * (stride ? stride : size), 0, size);
  return 0;
}

// Fails where there are elements.
static herr_t refuse_elements(hid_t from, hid_t to, H5T_cdata_t *conversion, size_t count, size_t stride,
                              size_t background_stride, void *elements, void *background, hid_t transfer) {
  (void)from, (void)to, (void)stride, (void)background_stride, (void)elements, (void)background, (void)transfer;
  conversion->need_bkg = H5T_BKG_NO;
  return conversion->command == H5T_CONV_CONV && count > 0 ? -1 : 0;
}

static hid_t variable_text(void) {
  hid_t text = H5Tcopy(H5T_C_S1);
  if (text >= 0) H5Tset_size(text, H5T_VARIABLE);
  return text;
}

static herr_t register_references(void) {
  hid_t text = variable_text(), bytes = H5Tcreate(H5T_OPAQUE, 1);
  herr_t status = H5Tregister(H5T_PERS_SOFT, "references", text, bytes, keep_references);
  H5Tclose(text);
  H5Tclose(bytes);
  return status;
}

// Puts a conversion between variable-length types before all others.
static herr_t begin(const char *name, H5T_conv_t conversion) {
  hid_t text = variable_text();
  herr_t status = H5Tregister(H5T_PERS_SOFT, name, text, text, conversion);
  H5Tclose(text);
  return status;
}

// Takes the conversion away again, for whatever types it was used; keeps the message of the call before.
static void end(const char *name, H5T_conv_t conversion) {
  hid_t messages = H5Eget_current_stack();
  H5Tunregister(H5T_PERS_SOFT, name, -1, -1, conversion);
  H5Eset_current_stack(messages);
}

hid_t hs_creation_list(hid_t dataset) {
  if (begin("cleared", clear_elements) < 0) return -1;
  hid_t list = H5Dget_create_plist(dataset);
  end("cleared", clear_elements);
  return list;
}

herr_t hs_read(hid_t dataset, hid_t type, hid_t memory_space, hid_t file_space, void *elements) {
  if (begin("refused", refuse_elements) < 0) return -1;
  herr_t status = H5Dread(dataset, type, memory_space, file_space, H5P_DEFAULT, elements);
  end("refused", refuse_elements);
  return status;
}

herr_t hs_start(void) {
  if (H5open() < 0 || H5PLset_loading_state(0) < 0) return -1;
  return register_references();
}

void hs_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

static bool ran_out_of_memory;

static herr_t copy_deepest(unsigned depth, const H5E_error2_t *error, void *text) {
  if (error->maj_num == H5E_RESOURCE || error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC)
    ran_out_of_memory = true;
  if (depth == 0) *(const char **)text = error->desc;
  return 0;
}

void hs_last_message(char *text, size_t capacity) {
  const char *deepest = NULL;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, copy_deepest, &deepest);
  snprintf(text, capacity, "%s", deepest ? deepest : "");
}

bool hs_ran_out_of_memory(void) {
  // Some failures leave no message, but the error number of the allocation stays until another call fails.
  if (errno == ENOMEM) ran_out_of_memory = true;
  return ran_out_of_memory;
}

pid_t hs_fork(void) { return fork(); }

unsigned hs_read_only(void) { return H5F_ACC_RDONLY; }
unsigned hs_exclusive(void) { return H5F_ACC_EXCL; }

hid_t hs_file_access_class(void) { return H5P_FILE_ACCESS; }
hid_t hs_file_creation_class(void) { return H5P_FILE_CREATE; }
hid_t hs_link_access_class(void) { return H5P_LINK_ACCESS; }
hid_t hs_link_creation_class(void) { return H5P_LINK_CREATE; }
hid_t hs_dataset_creation_class(void) { return H5P_DATASET_CREATE; }
hid_t hs_transfer_class(void) { return H5P_DATASET_XFER; }

hid_t hs_native_float(void) { return H5T_NATIVE_FLOAT; }
hid_t hs_native_double(void) { return H5T_NATIVE_DOUBLE; }
hid_t hs_native_int64(void) { return H5T_NATIVE_INT64; }
hid_t hs_native_uint64(void) { return H5T_NATIVE_UINT64; }
hid_t hs_native_int8(void) { return H5T_NATIVE_INT8; }
hid_t hs_stored_float32(void) { return H5T_IEEE_F32LE; }
hid_t hs_stored_float64(void) { return H5T_IEEE_F64LE; }
hid_t hs_stored_int64(void) { return H5T_STD_I64LE; }
hid_t hs_c_string(void) { return H5T_C_S1; }

size_t hs_variable_length(void) { return H5T_VARIABLE; }

static herr_t refuse(const char *parent_file, const char *parent_group, const char *child_file,
                     const char *child_object, unsigned *access_flags, hid_t file_access, void *context) {
  (void)parent_file, (void)parent_group, (void)child_file, (void)child_object, (void)access_flags;
  (void)file_access, (void)context;
  return -1;
}

herr_t hs_refuse_external_links(hid_t link_access) { return H5Pset_elink_cb(link_access, refuse, NULL); }
