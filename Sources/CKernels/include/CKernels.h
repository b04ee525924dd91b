// Inner loops of the tensor core. Not an API of the package: TensorCore validates all geometry, owns all memory and is the only
// caller. Nothing here allocates, keeps state or fails. Every kernel is told which instruction set to use; asking for one that the
// processor does not have is the caller's fault.
//
// Arrays are channels-last. Every operation that slides a window sees three spatial axes, outermost first; a tensor with fewer has
// leading axes of extent one.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "ck_epilogue.h"
#include "ck_geometry.h"
#include "ck_isa.h"

#include "ck_convolution.h"
#include "ck_convolution_tiles.h"
#include "ck_convolution_weights.h"
#include "ck_depthwise.h"
#include "ck_narrow.h"
#include "ck_pooling.h"
#include "ck_winograd.h"

#endif
