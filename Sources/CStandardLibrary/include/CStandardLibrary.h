/// The standard library's crmq files, embedded at build time.
#pragma once
#include <stddef.h>

/// A file of stdlib/: its path there without the ending, and its text in UTF-8, without a terminating 0.
typedef struct {
    const char *name;
    const unsigned char *text;
    size_t size;
} crmq_stdlib_module;

/// All modules, the prelude first.
const crmq_stdlib_module *crmq_stdlib_modules(size_t *count);

/// All perspectives.
const crmq_stdlib_module *crmq_stdlib_perspectives(size_t *count);
