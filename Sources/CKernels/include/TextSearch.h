/// Finding a piece of text in a longer one. Swift has no way to compare sixteen or more bytes at once and to branch on the result, and the
/// C library's `memmem` cannot leave case aside.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where `part` first occurs in `text`, or `count` where it does not. With `folds_case` the letters A to Z of the text count as small
/// ones; the part has none of them then. The part is not empty.
///
/// Places where both the first and the last byte fit are found sixteen or thirty-two at a time and then compared as a whole:
/// O(count · length) at worst, in practice O(count).
size_t crmq_find(const uint8_t *text, size_t count, const uint8_t *part, size_t length, bool folds_case);

/// Whether no byte has its highest bit set.
bool crmq_is_ascii(const uint8_t *text, size_t count);
