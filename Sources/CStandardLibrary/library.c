#include "CStandardLibrary.h"

static const unsigned char prelude[] = {
#embed "../../stdlib/prelude.crmq"
};

const unsigned char *crmq_stdlib_prelude(size_t *size) {
    *size = sizeof prelude;
    return prelude;
}
