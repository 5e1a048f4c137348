#include "Extremes.h"

// Plain loops, which the compiler turns into vectors of the size that it is told.
#define EXTREMES                                      \
    int32_t low = *lowest, high = *highest;           \
    for (size_t i = 0; i < count; i++) {              \
        low = values[i] < low ? values[i] : low;      \
        high = values[i] > high ? values[i] : high;   \
    }                                                 \
    *lowest = low;                                    \
    *highest = high;

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void extremes_avx2(
    const int32_t *values, size_t count, int32_t *lowest, int32_t *highest) {
    EXTREMES
}
#endif

static void extremes_plain(const int32_t *values, size_t count, int32_t *lowest, int32_t *highest) { EXTREMES }

void crmq_extremes(const int32_t *values, size_t count, int32_t *lowest, int32_t *highest) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return extremes_avx2(values, count, lowest, highest);
#endif
    extremes_plain(values, count, lowest, highest);
}
