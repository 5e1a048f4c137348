#include "TextSearch.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

static inline uint8_t small(uint8_t byte) { return (uint8_t)(byte - 'A') < 26 ? byte | 0x20 : byte; }

static inline bool fits(const uint8_t *text, const uint8_t *part, size_t length, bool folds_case) {
    if (!folds_case) return memcmp(text, part, length) == 0;
    for (size_t i = 0; i < length; i++)
        if (small(text[i]) != part[i]) return false;
    return true;
}

/// Byte by byte, for the end of a text, which no vector may reach beyond.
static size_t find_slowly(const uint8_t *text, size_t start, size_t count, const uint8_t *part, size_t length, bool folds_case) {
    for (size_t i = start; i + length <= count; i++)
        if (fits(text + i, part, length, folds_case)) return i;
    return count;
}

#if defined(__x86_64__)
static inline __m128i small16(__m128i v, bool folds_case) {
    if (!folds_case) return v;
    // Signed comparison after moving A to the lowest value tells the 26 capitals.
    const __m128i moved = _mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - 'A')));
    const __m128i is_capital = _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + 26)));
    return _mm_or_si128(v, _mm_and_si128(is_capital, _mm_set1_epi8(0x20)));
}

static size_t find_sse2(const uint8_t *text, size_t count, const uint8_t *part, size_t length, bool folds_case) {
    const __m128i first = _mm_set1_epi8((char)part[0]), last = _mm_set1_epi8((char)part[length - 1]);
    size_t i = 0;
    for (; i + 16 + length - 1 <= count; i += 16) {
        const __m128i a = small16(_mm_loadu_si128((const __m128i *)(text + i)), folds_case);
        const __m128i b = small16(_mm_loadu_si128((const __m128i *)(text + i + length - 1)), folds_case);
        uint32_t mask = (uint32_t)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, last)));
        for (; mask; mask &= mask - 1) {
            const size_t at = i + (size_t)__builtin_ctz(mask);
            if (fits(text + at, part, length, folds_case)) return at;
        }
    }
    return find_slowly(text, i, count, part, length, folds_case);
}

__attribute__((target("avx2"))) static inline __m256i small32(__m256i v, bool folds_case) {
    if (!folds_case) return v;
    const __m256i moved = _mm256_add_epi8(v, _mm256_set1_epi8((char)(0x80 - 'A')));
    const __m256i is_capital = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(0x80 + 26)), moved);
    return _mm256_or_si256(v, _mm256_and_si256(is_capital, _mm256_set1_epi8(0x20)));
}

__attribute__((target("avx2"))) static inline uint64_t candidates64(
    const uint8_t *text, size_t distance, __m256i first, __m256i last, bool folds_case) {
    const __m256i a = small32(_mm256_loadu_si256((const __m256i *)text), folds_case);
    const __m256i b = small32(_mm256_loadu_si256((const __m256i *)(text + distance)), folds_case);
    const __m256i c = small32(_mm256_loadu_si256((const __m256i *)(text + 32)), folds_case);
    const __m256i d = small32(_mm256_loadu_si256((const __m256i *)(text + distance + 32)), folds_case);
    const __m256i low = _mm256_and_si256(_mm256_cmpeq_epi8(a, first), _mm256_cmpeq_epi8(b, last));
    const __m256i high = _mm256_and_si256(_mm256_cmpeq_epi8(c, first), _mm256_cmpeq_epi8(d, last));
    if (_mm256_testz_si256(_mm256_or_si256(low, high), _mm256_set1_epi8(-1))) return 0;
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
}

__attribute__((target("avx2"))) static size_t find_avx2(
    const uint8_t *text, size_t count, const uint8_t *part, size_t length, bool folds_case) {
    const __m256i first = _mm256_set1_epi8((char)part[0]), last = _mm256_set1_epi8((char)part[length - 1]);
    size_t i = 0;
    for (; i + 64 + length - 1 <= count; i += 64) {
        uint64_t mask = folds_case ? candidates64(text + i, length - 1, first, last, true)
                                   : candidates64(text + i, length - 1, first, last, false);
        for (; mask; mask &= mask - 1) {
            const size_t at = i + (size_t)__builtin_ctzll(mask);
            if (fits(text + at, part, length, folds_case)) return at;
        }
    }
    const size_t rest = find_sse2(text + i, count - i, part, length, folds_case);
    return i + rest;
}
#endif

size_t crmq_find(const uint8_t *text, size_t count, const uint8_t *part, size_t length, bool folds_case) {
    if (count < length) return count;
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") ? find_avx2(text, count, part, length, folds_case)
                                          : find_sse2(text, count, part, length, folds_case);
#elif defined(__ARM_NEON)
    const uint8x16_t first = vdupq_n_u8(part[0]), last = vdupq_n_u8(part[length - 1]);
    size_t i = 0;
    for (; i + 16 + length - 1 <= count; i += 16) {
        uint8x16_t a = vld1q_u8(text + i), b = vld1q_u8(text + i + length - 1);
        if (folds_case) {
            a = vorrq_u8(a, vandq_u8(vcltq_u8(vsubq_u8(a, vdupq_n_u8('A')), vdupq_n_u8(26)), vdupq_n_u8(0x20)));
            b = vorrq_u8(b, vandq_u8(vcltq_u8(vsubq_u8(b, vdupq_n_u8('A')), vdupq_n_u8(26)), vdupq_n_u8(0x20)));
        }
        const uint8x16_t hits = vandq_u8(vceqq_u8(a, first), vceqq_u8(b, last));
        if (vmaxvq_u8(hits) == 0) continue;
        for (size_t at = i; at < i + 16; at++)
            if (fits(text + at, part, length, folds_case)) return at;
    }
    return find_slowly(text, i, count, part, length, folds_case);
#else
    return find_slowly(text, 0, count, part, length, folds_case);
#endif
}

bool crmq_is_ascii(const uint8_t *text, size_t count) {
    // The compiler turns this into vectors.
    uint8_t gathered = 0;
    for (size_t i = 0; i < count; i++) gathered |= text[i];
    return gathered < 0x80;
}
