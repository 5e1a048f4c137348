/// The standard library's crmq files, embedded at build time.
#pragma once
#include <stddef.h>

/// A file of stdlib/: its name without the ending, and its text in UTF-8, without a terminating 0.
typedef struct {
    const char *name;
    const unsigned char *text;
    size_t size;
} crmq_stdlib_module;

/// All modules, the prelude first.
const crmq_stdlib_module *crmq_stdlib_modules(size_t *count);
