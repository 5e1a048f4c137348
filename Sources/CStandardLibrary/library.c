#include "CStandardLibrary.h"

const unsigned char crmq_stdlib_prelude[] = {
#embed "../../stdlib/prelude.crmq"
};
const size_t crmq_stdlib_prelude_size = sizeof crmq_stdlib_prelude;
