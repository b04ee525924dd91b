#ifndef CK_EPILOGUE_H
#define CK_EPILOGUE_H

/// What is done to a sum before it is written: the bias is added, the channel is scaled, a rectifier cuts it off, and a gate closes
/// where a rectifier that lies before the destination was cut off.
///
///   value = sum + bias[d];  if scale: value * scale[d] + offset[d];  if rectifies: min(max(value, 0), ceiling);
///   if gate: 0 < gate[p][d] < gate_ceiling ? value : 0
///
/// What is not a number stays so, unless the gate is closed.
typedef struct ck_epilogue {
  const float *bias;  // one for every destination channel, or null
  const float *scale;  // one for every destination channel, or null
  const float *offset; // as many as there are scales
  const float *gate;  // of the shape of the destination, or null
  float gate_ceiling;
  float ceiling;
  int rectifies;
} ck_epilogue;

#endif
