#ifndef HDF5_SHIMS_H
#define HDF5_SHIMS_H

// What Swift cannot reach in libhdf5: constants that are macros around a function call or a cast, and the callbacks that
// keep libhdf5 from following links and references that a damaged file invents. Private to HDF5Files.

#include <hdf5.h>
#include <stdbool.h>
#include <sys/types.h>

/// Opens the library, keeps it from loading filter plug-ins, and teaches it to hand out variable-length text as the
/// bare references of the file, when it is read as an opaque type of their size. Negative when it cannot.
herr_t hs_start(void);

/// `H5Dget_create_plist`, except that a fill value of variable length comes out empty instead of being looked up.
hid_t hs_creation_list(hid_t dataset);

/// `H5Dread`, except that it fails where a fill value of variable length would be looked up.
herr_t hs_read(hid_t dataset, hid_t type, hid_t memory_space, hid_t file_space, void *elements);

/// Stops the library from printing the errors of this thread.
void hs_silence(void);

/// The deepest message of the last failed call, copied into `text` (always terminated).
void hs_last_message(char *text, size_t capacity);

/// Whether memory could not be had: by a message that `hs_last_message` has looked at, or by the error number at one of the calls of
/// this function, which is to be made soon after every use of the library. Once true it stays so.
bool hs_ran_out_of_memory(void);

/// `fork`, which Swift does not offer because it is safe only in a process with one thread.
pid_t hs_fork(void);

/// Flags for opening and creating files.
unsigned hs_read_only(void);
unsigned hs_exclusive(void);

/// Classes of property lists.
hid_t hs_file_access_class(void);
hid_t hs_file_creation_class(void);
hid_t hs_link_access_class(void);
hid_t hs_link_creation_class(void);
hid_t hs_dataset_creation_class(void);
hid_t hs_transfer_class(void);

/// Types of elements: in memory, and as they are written.
hid_t hs_native_float(void);
hid_t hs_native_double(void);
hid_t hs_native_int64(void);
hid_t hs_native_uint64(void);
hid_t hs_native_int8(void);
hid_t hs_stored_float32(void);
hid_t hs_stored_float64(void);
hid_t hs_stored_int64(void);
hid_t hs_c_string(void);

/// The length that makes a string type one of variable length.
size_t hs_variable_length(void);

/// Makes every link into another file fail when it is followed by way of this link access list.
herr_t hs_refuse_external_links(hid_t link_access);

#endif
