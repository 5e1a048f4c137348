/// Integers of three bytes, as snapshots hold row numbers and others between 2^16 and 2^24. Swift is built for the oldest processors of its
/// kind, which cannot spread eight of them at a time; this asks the processor at hand.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes `base` + unit for so many units of three bytes, lowest byte first, and gives the greatest unit; 0 where there is none. Reads
/// nothing behind the last of them. Sums wrap around.
uint32_t crmq_unpack_triples(const uint8_t *bytes, size_t count, int32_t base, int32_t *target);
