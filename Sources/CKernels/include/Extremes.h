/// The least and the greatest of many integers. Swift is built for the oldest processors of its kind, which cannot compare eight of them
/// at a time; this asks the processor at hand.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Lowers `*lowest` and raises `*highest` to what is among `count` integers.
void crmq_extremes(const int32_t *values, size_t count, int32_t *lowest, int32_t *highest);
