#include "CKernels.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void crmq_keep_freed(int total, int piece) {
#if defined(__GLIBC__)
    mallopt(M_TRIM_THRESHOLD, total);
    mallopt(M_MMAP_THRESHOLD, piece);
#else
    (void)total;
    (void)piece;
#endif
}
