#ifndef CODEC_RECORD_TEST_SAMPLE_H
#define CODEC_RECORD_TEST_SAMPLE_H

/*
 * record_test_sample -- a record with a field of every kind, required and
 * optional, for the tests and the fuzz target of record.
 */

#include "codec/record.h"

#include "base/size.h"

enum sample_role { ROLE_SALES, ROLE_SERVICE, ROLE_CHIEF };
static const char *const sample_roles[] = { "sales", "service", "chief", NULL };

struct contact {
    str name;
    int role;
    day since;
};

static const struct field contact_fields[] = {
    F_STR(struct contact, name, 1, 5),
    F_ENUM_OPT(struct contact, role, sample_roles),
    F_DAY_OPT(struct contact, since),
};
static const struct record contact_record = RECORD(contact, contact_fields);

struct site {
    str name;
    int64_t staff;
    struct list tags; /* of str */
    struct contact contact;
};

static const struct field site_fields[] = {
    F_STR(struct site, name, 1, 8),
    F_INT(struct site, staff, 0, 1000),
    F_STRS_OPT(struct site, tags, 2),
    F_RECORD_OPT(struct site, contact, &contact_record),
};
static const struct record site_record = RECORD(site, site_fields);

struct sample {
    str title;
    str note;
    int64_t staff;
    int64_t bonus;
    bool paper;
    bool urgent;
    day on;
    day until;
    struct span limit;
    struct span pause;
    id who;
    id other;
    struct hash blob;
    struct hash seal;
    int role;
    int second;
    struct contact chief;
    struct contact deputy;
    struct list sites; /* of struct site */
    struct list more;  /* of struct site */
    struct list tags;  /* of str */
};

static const struct field sample_fields[] = {
    F_STR(struct sample, title, 2, 10),
    F_STR_OPT(struct sample, note, 5),
    F_INT(struct sample, staff, 1, 100),
    F_INT_OPT(struct sample, bonus, -5, 5),
    F_BOOL(struct sample, paper),
    F_BOOL_OPT(struct sample, urgent),
    F_DAY(struct sample, on),
    F_DAY_OPT(struct sample, until),
    F_SPAN(struct sample, limit),
    F_SPAN_OPT(struct sample, pause),
    F_ID(struct sample, who),
    F_ID_OPT(struct sample, other),
    F_HASH(struct sample, blob),
    F_HASH_OPT(struct sample, seal),
    F_ENUM(struct sample, role, sample_roles),
    F_ENUM_OPT(struct sample, second, sample_roles),
    F_RECORD(struct sample, chief, &contact_record),
    F_RECORD_OPT(struct sample, deputy, &contact_record),
    F_LIST(struct sample, sites, 1, 3, &site_record),
    F_LIST_OPT(struct sample, more, 2, &site_record),
    F_STRS_OPT(struct sample, tags, 3),
};
static const struct record sample_record = RECORD(sample, sample_fields);

/* Every required member and no other. */
#define SAMPLE_LEAST                                                           \
    "{\"blob\":"                                                               \
    "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\","    \
    "\"chief\":{\"name\":\"张\"},\"limit\":\"5wd\",\"on\":\"2026-11-24\","    \
    "\"paper\":true,\"role\":\"sales\","                                       \
    "\"sites\":[{\"name\":\"总部\",\"staff\":0}],\"staff\":1,"               \
    "\"title\":\"示例\",\"who\":\"0123456789abcdef0123456789abcdef\"}"

/* Every member, none of them zero. */
#define SAMPLE_MOST                                                            \
    "{\"blob\":"                                                               \
    "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\","    \
    "\"bonus\":-5,\"chief\":{\"name\":\"张三\",\"role\":\"chief\","          \
    "\"since\":\"2020-02-29\"},\"deputy\":{\"name\":\"李四\"},"              \
    "\"limit\":\"30d\",\"more\":[{\"name\":\"b\",\"staff\":2},"                \
    "{\"name\":\"c\",\"staff\":3}],\"note\":\"a\\tb\\nc\","                    \
    "\"on\":\"1900-01-01\","                                                   \
    "\"other\":\"ffffffffffffffffffffffffffffffff\",\"paper\":false,"          \
    "\"pause\":\"3m\",\"role\":\"service\",\"seal\":"                          \
    "\"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\","    \
    "\"second\":\"chief\",\"sites\":[{\"contact\":{\"name\":\"王\"},"         \
    "\"name\":\"a\",\"staff\":1000,\"tags\":[\"x\",\"y\"]}],\"staff\":100,"    \
    "\"tags\":[\"一\",\"二\"],\"title\":\"示例售后\",\"until\":"         \
    "\"2199-12-31\",\"urgent\":true,"                                          \
    "\"who\":\"00000000000000000000000000000001\"}"

#endif
