/// Comparing 64 bytes at a time. Swift's SIMD types have no way to turn a comparison into a bit mask in one instruction, so this one
/// step is C; it is inlined into the Swift loops that use it.
#pragma once
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/// Bit i is set where byte i of the 64 bytes at `bytes` is `a`, `b` or `c`.
static inline uint64_t crmq_mask64(const uint8_t *bytes, uint8_t a, uint8_t b, uint8_t c) {
#if defined(__SSE2__)
    const __m128i va = _mm_set1_epi8((char)a), vb = _mm_set1_epi8((char)b), vc = _mm_set1_epi8((char)c);
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        const __m128i hit =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)), _mm_cmpeq_epi8(v, vc));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << (16 * part);
    }
    return mask;
#elif defined(__ARM_NEON)
    const uint8x16_t va = vdupq_n_u8(a), vb = vdupq_n_u8(b), vc = vdupq_n_u8(c);
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t hits[4];
    for (int part = 0; part < 4; part++) {
        const uint8x16_t v = vld1q_u8(bytes + 16 * part);
        hits[part] = vandq_u8(vorrq_u8(vorrq_u8(vceqq_u8(v, va), vceqq_u8(v, vb)), vceqq_u8(v, vc)), bit);
    }
    const uint8x16_t low = vpaddq_u8(hits[0], hits[1]), high = vpaddq_u8(hits[2], hits[3]);
    const uint8x16_t sum = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
#else
    uint64_t mask = 0;
    for (int i = 0; i < 64; i++) mask |= (uint64_t)(bytes[i] == a || bytes[i] == b || bytes[i] == c) << i;
    return mask;
#endif
}

/// Asks for the memory at `address` ahead of its use.
static inline void crmq_prefetch(const void *address) { __builtin_prefetch(address); }
