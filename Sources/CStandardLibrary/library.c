#include "CStandardLibrary.h"

// #embed is of C23; clang has it in every dialect and only says so.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char prelude[] = {
#embed "../../stdlib/prelude.crmq"
};

const unsigned char *crmq_stdlib_prelude(size_t *size) {
    *size = sizeof prelude;
    return prelude;
}
