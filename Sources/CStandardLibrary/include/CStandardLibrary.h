/// The standard library's crmq files, embedded at build time. Each text is `crmq_stdlib_NAME` with its length in bytes.
#pragma once
#include <stddef.h>
extern const unsigned char crmq_stdlib_prelude[];
extern const size_t crmq_stdlib_prelude_size;
