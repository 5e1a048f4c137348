#include "CStandardLibrary.h"

// #embed is of C23; clang has it in every dialect and only says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char prelude[] = {
#embed "../../stdlib/prelude.crmq"
};
static const unsigned char revenue[] = {
#embed "../../stdlib/revenue.crmq"
};
static const unsigned char retention[] = {
#embed "../../stdlib/retention.crmq"
};
static const unsigned char engagement[] = {
#embed "../../stdlib/engagement.crmq"
};
static const unsigned char pipeline[] = {
#embed "../../stdlib/pipeline.crmq"
};
static const unsigned char network[] = {
#embed "../../stdlib/network.crmq"
};
static const unsigned char service[] = {
#embed "../../stdlib/service.crmq"
};
static const unsigned char quality[] = {
#embed "../../stdlib/quality.crmq"
};
static const unsigned char value[] = {
#embed "../../stdlib/value.crmq"
};

#define MODULE(name) {#name, name, sizeof name}

static const crmq_stdlib_module modules[] = {
    MODULE(prelude), MODULE(revenue), MODULE(retention), MODULE(engagement), MODULE(pipeline),
    MODULE(network), MODULE(service), MODULE(quality), MODULE(value),
};

const crmq_stdlib_module *crmq_stdlib_modules(size_t *count) {
    *count = sizeof modules / sizeof modules[0];
    return modules;
}
