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

static const unsigned char startup_perspective[] = {
#embed "../../stdlib/perspectives/startup.crmq"
};
static const unsigned char mature_perspective[] = {
#embed "../../stdlib/perspectives/mature.crmq"
};
static const unsigned char purpose_perspective[] = {
#embed "../../stdlib/perspectives/purpose.crmq"
};
static const unsigned char shareholder_perspective[] = {
#embed "../../stdlib/perspectives/shareholder.crmq"
};
static const unsigned char sales_perspective[] = {
#embed "../../stdlib/perspectives/sales.crmq"
};
static const unsigned char success_perspective[] = {
#embed "../../stdlib/perspectives/success.crmq"
};
static const unsigned char marketing_perspective[] = {
#embed "../../stdlib/perspectives/marketing.crmq"
};
static const unsigned char service_perspective[] = {
#embed "../../stdlib/perspectives/service.crmq"
};
static const unsigned char executive_perspective[] = {
#embed "../../stdlib/perspectives/executive.crmq"
};
static const unsigned char steward_perspective[] = {
#embed "../../stdlib/perspectives/steward.crmq"
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

#define PERSPECTIVE(name) {"perspectives/" #name, name##_perspective, sizeof name##_perspective}

static const crmq_stdlib_module perspectives[] = {
    PERSPECTIVE(startup), PERSPECTIVE(mature), PERSPECTIVE(purpose), PERSPECTIVE(shareholder),
    PERSPECTIVE(sales), PERSPECTIVE(success), PERSPECTIVE(marketing), PERSPECTIVE(service),
    PERSPECTIVE(executive), PERSPECTIVE(steward),
};

const crmq_stdlib_module *crmq_stdlib_perspectives(size_t *count) {
    *count = sizeof perspectives / sizeof perspectives[0];
    return perspectives;
}
