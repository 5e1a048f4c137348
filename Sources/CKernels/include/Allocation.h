/// The settings of the C library's allocator, whose names are macros that Swift does not see.
#pragma once
#include <stdlib.h>

/// Keeps up to `total` bytes that were freed at hand, in pieces of up to `piece` bytes, rather than giving them back to the system.
/// Without effect on other C libraries than glibc.
void crmq_keep_freed(int total, int piece);
