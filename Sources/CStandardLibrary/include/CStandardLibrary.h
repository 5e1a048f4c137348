/// The standard library's crmq files, embedded at build time.
#pragma once
#include <stddef.h>

/// The text of stdlib/prelude.crmq, in UTF-8, without a terminating 0.
const unsigned char *crmq_stdlib_prelude(size_t *size);
