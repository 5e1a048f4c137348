#include "Unpacking.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static uint32_t unpack_plain(
    const uint8_t *bytes, size_t start, size_t count, int32_t base, int32_t *target, uint32_t greatest) {
    for (size_t i = start; i < count; i++) {
        const uint8_t *unit_bytes = bytes + 3 * i;
        const uint32_t unit = (uint32_t)unit_bytes[0] | (uint32_t)unit_bytes[1] << 8 | (uint32_t)unit_bytes[2] << 16;
        greatest = unit > greatest ? unit : greatest;
        target[i] = (int32_t)((uint32_t)base + unit);
    }
    return greatest;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint32_t unpack_avx2(
    const uint8_t *bytes, size_t count, int32_t base, int32_t *target) {
    const __m256i spread = _mm256_setr_epi8(
        0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1, 0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
    const __m256i bases = _mm256_set1_epi32(base);
    __m256i greatest = _mm256_setzero_si256();
    size_t i = 0;
    // Each half takes twelve bytes and loads four more, so the last units are left to the plain loop.
    for (; i + 10 <= count; i += 8) {
        const __m128i low = _mm_loadu_si128((const __m128i *)(bytes + 3 * i));
        const __m128i high = _mm_loadu_si128((const __m128i *)(bytes + 3 * i + 12));
        const __m256i units = _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1), spread);
        greatest = _mm256_max_epi32(greatest, units);
        _mm256_storeu_si256((__m256i *)(target + i), _mm256_add_epi32(units, bases));
    }
    int32_t lanes[8];
    _mm256_storeu_si256((__m256i *)lanes, greatest);
    uint32_t most = 0;
    for (int lane = 0; lane < 8; lane++) most = (uint32_t)lanes[lane] > most ? (uint32_t)lanes[lane] : most;
    return unpack_plain(bytes, i, count, base, target, most);
}
#endif

uint32_t crmq_unpack_triples(const uint8_t *bytes, size_t count, int32_t base, int32_t *target) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return unpack_avx2(bytes, count, base, target);
#endif
    return unpack_plain(bytes, 0, count, base, target, 0);
}
