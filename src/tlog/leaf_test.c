/* What the log says of an event, and what it keeps to itself. */
#include "tlog/leaf.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/actor.h"
#include "domain/dossier.h"
#include "domain/events.h"
#include "domain/keys.h"
#include "domain/sub.h"
#include "merkle/tree.h"

#define ACTOR  "a0000000000000000000000000000001"
#define STREAM "5000000000000000000000000000000a"

static const uint8_t SECRET[SALT_KEY_BYTES] = { 1, 2, 3 };

static const struct hash LIST = { { 0x11 } };
static const struct hash NONCE = { { 0x22 } };
static const struct hash PACKAGE = { { 0x33 } };
static const struct hash CASE_FILE = { { 0x44 } };

#define ZEROS62 "00000000000000000000000000000000000000000000000000000000000000"

static id an_id(const char *digits)
{
    id made = { { 0 } };

    EXPECT(id_parse(str_of(digits), &made));
    return made;
}

/* An event as the journal has it, the first of its stream. */
static struct event *sealed(struct arena *a, const char *name, const void *data)
{
    const struct hash none = { { 0 } };
    struct facts f = {
        .at = INT64_C(1772416800000000),
        .actor = { .person = an_id(ACTOR) },
        .channel = S("secretly"),
    };
    struct event_list list = { 0 };

    EXPECT(day_of_date((struct date){ 2026, 3, 2 }, &f.today));
    EXPECT_OK(event_emit(a, &list, name, &f, data));
    EXPECT_OK(event_seal(a, list.first, an_id(STREAM), 1, &none));
    return list.first;
}

static struct certificate a_certificate(void)
{
    return (struct certificate){
        .certificate = an_id(STREAM),
        .case_id = an_id("c0000000000000000000000000000001"),
        .number = S("00026SC0001R0S"),
        .holder = S("示例电器有限公司"),
        .uscc = S("91990000DEM000001X"),
        .scheme = S("mini"),
        .scheme_hash = PACKAGE,
        .criterion = S("T 1-2026"),
        .level = S("ten"),
        .stars = 10,
        .scope = S("售后服务"),
        .issued = 20000,
        .from = 20000,
        .until = 21095,
        .first_issued = 20000,
        .surveillance_due = 20365,
        .file = CASE_FILE,
    };
}

/* --- the leaves ------------------------------------------------------- */

static const struct sample_commitment committed = {
    .list = { { 0x11 } }, .size = 300, .commitment = { { 0x22 } }, .wanted = 5
};
static const struct sample_drawn drawn = { .nonce = { { 0x22 } },
                                           .seed = { { 0x11 } },
                                           .wanted = 5 };
static const struct key_made made = { KEY_QR, 1, KEY_ED25519, S_INIT("00") };
static const struct key_retired retired = { KEY_QR, 1, KEY_COMPROMISED, 20000,
                                            S_INIT("secretly copied") };
static const struct key_certified certified = { KEY_PDF, 1, { { 0x44 } } };
static const struct scheme_frozen frozen = { S_INIT("mini"),
                                             S_INIT("1"),
                                             { { 0x33 } } };
static struct part_seal seals[] = { { S_INIT("score"), { { 0x11 } } },
                                    { S_INIT("team"), { { 0x22 } } } };
static const struct record_committed record = { { seals, COUNT(seals) } };
#define NUMBER "00026SC0001R0S"
static const struct certificate_status_changed changed = { S_INIT(NUMBER) };
static const struct certificate_suspended suspended = { S_INIT(NUMBER), 20697 };
static const struct certificate_scope reduced = { S_INIT(NUMBER),
                                                  S_INIT("安装"),
                                                  S_INIT("Installation") };

static const struct sub_certificate sub = {
    .number = S_INIT(NUMBER "-1"),
    .main = S_INIT(NUMBER),
    .n = 1,
    .site = S_INIT("一店"),
    .address = S_INIT("示例路 9 号"),
    .issued = 20514,
    .until = 20697,
};
static const struct sub_ended sub_ended = { S_INIT(NUMBER),
                                            S_INIT(NUMBER "-1") };

static const struct credential_signed credential = {
    .number = S_INIT(NUMBER "-1"),
    .main = S_INIT(NUMBER),
    .serial = 2,
    .digest = { { 0x44 } },
    .index = 94567,
    .key = 1,
};

#define HEAD "{\"at\":1772416800000000,\"on\":\"2026-03-02\",\"public\":{"

/* A row for a change of status that says nothing but which certificate. */
#define STATUS(what)                                                           \
    {                                                                          \
        "certificate." what, &changed, S_INIT("certificate/" NUMBER),          \
            S_INIT(HEAD "\"number\":\"" NUMBER "\"},\"sealed\":{},"            \
                        "\"type\":\"certificate." what "\",\"version\":1}")    \
    }

/* [LF1] The forms are for ever: strangers verify them.  Pinned byte for byte;
 * what is sealed in the first is worked out below. */
TEST(a_leaf_is_canonical_json_with_the_public_part_only)
{
    TEST_ARENA(a, 1 << 20);
    const struct {
        const char *event;
        const void *data;
        str subject;
        str leaf;
    } rows[] = {
        { "sample.drawn", &drawn, S("case/" STREAM),
          S(HEAD "\"nonce\":\"22" ZEROS62 "\",\"seed\":\"11" ZEROS62
                 "\",\"wanted\":5},\"sealed\":{},\"type\":\"sample.drawn\","
                 "\"version\":1}") },
        { "record.committed", &record, S("case/" STREAM),
          S(HEAD "\"parts\":[{\"part\":\"score\",\"seal\":\"11" ZEROS62
                 "\"},{\"part\":\"team\",\"seal\":\"22" ZEROS62
                 "\"}]},\"sealed\":{},\"type\":\"record.committed\","
                 "\"version\":1}") },
        { "package.frozen", &frozen, S("scheme/mini"),
          S(HEAD "\"scheme\":\"mini\",\"scheme_hash\":\"33" ZEROS62
                 "\",\"version\":\"1\"},\"sealed\":{},"
                 "\"type\":\"package.frozen\",\"version\":1}") },
        { "certificate.suspended", &suspended, S("certificate/" NUMBER),
          S(HEAD "\"number\":\"" NUMBER "\",\"until\":\"2026-09-01\"},"
                 "\"sealed\":{},\"type\":\"certificate.suspended\","
                 "\"version\":1}") },
        { "certificate.reduced", &reduced, S("certificate/" NUMBER),
          S(HEAD "\"number\":\"" NUMBER "\",\"scope\":\"安装\","
                 "\"scope_en\":\"Installation\"},\"sealed\":{},"
                 "\"type\":\"certificate.reduced\",\"version\":1}") },
        { "certificate.sub_issued", &sub, S("certificate/" NUMBER),
          S(HEAD "\"address\":\"示例路 9 号\",\"issued\":\"2026-03-02\","
                 "\"main\":\"" NUMBER "\",\"number\":\"" NUMBER "-1\","
                 "\"site\":\"一店\",\"until\":\"2026-09-01\"},"
                 "\"sealed\":{},\"type\":\"certificate.sub_issued\","
                 "\"version\":1}") },
        { "certificate.sub_ended", &sub_ended, S("certificate/" NUMBER),
          S(HEAD "\"main\":\"" NUMBER "\",\"number\":\"" NUMBER "-1\"},"
                 "\"sealed\":{},\"type\":\"certificate.sub_ended\","
                 "\"version\":1}") },
        { "credential.signed", &credential, S("certificate/" NUMBER),
          S(HEAD "\"digest\":\"44" ZEROS62 "\",\"index\":94567,\"key\":1,"
                 "\"number\":\"" NUMBER "-1\",\"serial\":2},\"sealed\":{},"
                 "\"type\":\"credential.signed\",\"version\":1}") },
        STATUS("restored"),
        STATUS("withdrawn"),
        STATUS("cancelled"),
        STATUS("expired"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct event *e = sealed(&a, rows[i].event, rows[i].data);
        str subject = S("");
        str leaf = S("");

        EXPECT_ROW_OK(rows[i].event,
                      leaf_of_event(&a, SECRET, e, &subject, &leaf));
        EXPECT_ROW_STR(rows[i].event, subject, rows[i].subject);
        EXPECT_ROW_STR(rows[i].event, leaf, rows[i].leaf);
    }
}

/* A member of the leaf's object `part`, as a text. */
static str member(struct arena *a, str leaf, const char *part, const char *name)
{
    struct json *whole = NULL;

    if (!EXPECT_OK(json_parse(a, leaf, &whole)))
        return S("");
    return json_get_str(json_get(whole, str_of(part)), str_of(name));
}

TEST(a_certificate_is_public_but_for_its_file)
{
    TEST_ARENA(a, 1 << 20);
    struct certificate c = a_certificate();
    const struct event *e = sealed(&a, "certificate.issued", &c);
    str subject = S("");
    str leaf = S("");

    EXPECT_OK(leaf_of_event(&a, SECRET, e, &subject, &leaf));
    EXPECT_STR(subject, S("certificate/00026SC0001R0S"));
    EXPECT_STR(member(&a, leaf, "public", "number"), c.number);
    EXPECT_STR(member(&a, leaf, "public", "holder"), c.holder);
    EXPECT_STR(member(&a, leaf, "public", "until"), S("2027-10-04"));
    EXPECT_STR(member(&a, leaf, "public", "file"), S(""));
    EXPECT_STR(member(&a, leaf, "public", "case_id"), S(""));
    EXPECT_STR(member(&a, leaf, "public", "surveillance_due"), S(""));
    EXPECT(member(&a, leaf, "sealed", "file").n == 64);
}

/* [LF3] */
TEST(no_leaf_tells_who_did_it_or_by_which_way)
{
    TEST_ARENA(a, 1 << 20);
    struct certificate c = a_certificate();
    const struct {
        const char *event;
        const void *data;
    } rows[] = {
        { "certificate.issued", &c },
        { "sample.committed", &committed },
        { "sample.drawn", &drawn },
        { "package.frozen", &frozen },
        { "key.made", &made },
        { "key.retired", &retired },
        { "credential.signed", &credential },
        { "key.certified", &certified },
        { "record.committed", &record },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct event *e = sealed(&a, rows[i].event, rows[i].data);
        str subject = S("");
        str leaf = S("");

        EXPECT_ROW_OK(rows[i].event,
                      leaf_of_event(&a, SECRET, e, &subject, &leaf));
        EXPECT_ROW(rows[i].event, leaf.n > 0);
        EXPECT_ROW(rows[i].event, str_contains(e->text, S(ACTOR)));
        EXPECT_ROW(rows[i].event, !str_contains(leaf, S(ACTOR)));
        EXPECT_ROW(rows[i].event, !str_contains(leaf, S("secretly")));
    }
}

/* The only events that have a leaf. */
static bool everybodys_business(const char *event)
{
    static const char *const events[] = {
        "certificate.issued",    "certificate.suspended",
        "certificate.restored",  "certificate.reduced",
        "certificate.withdrawn", "certificate.cancelled",
        "certificate.expired",   "certificate.reissued",
        "sample.committed",      "sample.drawn",
        "package.frozen",        "certificate.sub_issued",
        "certificate.sub_ended", "key.made",
        "key.retired",           "credential.signed",
        "key.certified",         "record.committed",
        "import.chunk",          "register.root",
    };

    for (size_t i = 0; i < COUNT(events); i++) {
        if (strcmp(event, events[i]) == 0)
            return true;
    }
    return false;
}

TEST(events_that_are_nobody_elses_business_have_no_leaf)
{
    TEST_ARENA(a, 1 << 20);
    size_t logged = 0;

    for (size_t i = 0; i < event_kind_count(); i++) {
        const struct event_kind *k = event_kind_at(i);
        struct event e = { .kind = k };
        str subject = S("untouched");
        str leaf = S("?");

        if (everybodys_business(k->name)) {
            logged++;
            continue;
        }
        EXPECT_ROW_OK(k->name, leaf_of_event(&a, SECRET, &e, &subject, &leaf));
        EXPECT_ROW_STR(k->name, leaf, S(""));
        EXPECT_ROW_STR(k->name, subject, S("untouched"));
    }
    EXPECT(logged == 20 && event_kind_count() > 40);
}

/* [LF4] The longest certificate that a journal takes. */
TEST(the_longest_certificate_fits_in_a_leaf)
{
    TEST_ARENA(a, 1 << 20);
    struct certificate c = a_certificate();
    struct buf zh;
    struct buf en;
    str subject = S("");
    str leaf = S("");

    buf_init(&zh, &a, 4000);
    buf_init(&en, &a, 4000);
    for (int i = 0; i < 500; i++)
        buf_str(&zh, S("𠀀"));
    for (int i = 0; i < 1000; i++)
        buf_char(&en, '"'); /* two bytes each in JSON */
    EXPECT_OK(buf_done(&zh, &c.scope));
    EXPECT_OK(buf_done(&en, &c.scope_en));
    const struct event *e = sealed(&a, "certificate.issued", &c);
    EXPECT_OK(leaf_of_event(&a, SECRET, e, &subject, &leaf));
    EXPECT(leaf.n > 4000 && leaf.n < LEAF_BYTES_MAX);
}

/* --- what is sealed [LF1] [LF2] ---------------------------------------- */

/* SHA-256(SHA-256("tenstar leaf salt" || secret || event || name) || value),
 * put together as leaf.h says it. */
static str sealed_by_hand(struct arena *a, const struct event *e, str name,
                          str value)
{
    struct buf in;
    struct buf out;
    uint8_t hash[32];
    str text = S("");

    buf_init(&in, a, 1000);
    buf_str(&in, S("tenstar leaf salt"));
    buf_str(&in, (str){ (const char *)SECRET, sizeof SECRET });
    buf_str(&in, (str){ (const char *)e->hash.b, sizeof e->hash.b });
    buf_str(&in, name);
    sha256(buf_view(&in).p, buf_view(&in).n, hash);
    buf_init(&in, a, 1000);
    buf_str(&in, (str){ (const char *)hash, sizeof hash });
    buf_str(&in, value);
    sha256(buf_view(&in).p, buf_view(&in).n, hash);
    buf_init(&out, a, 64);
    buf_hex(&out, hash, sizeof hash);
    EXPECT_OK(buf_done(&out, &text));
    return text;
}

TEST(whoever_is_given_the_salt_can_open_what_is_sealed)
{
    TEST_ARENA(a, 1 << 20);
    struct certificate c = a_certificate();
    const struct event *issued = sealed(&a, "certificate.issued", &c);
    const struct event *sample = sealed(&a, "sample.committed", &committed);
    str subject = S("");
    str leaf = S("");

    EXPECT_OK(leaf_of_event(&a, SECRET, issued, &subject, &leaf));
    EXPECT_STR(member(&a, leaf, "sealed", "file"),
               sealed_by_hand(&a, issued, S("file"), S("44" ZEROS62)));
    EXPECT_OK(leaf_of_event(&a, SECRET, sample, &subject, &leaf));
    EXPECT_STR(member(&a, leaf, "sealed", "list"),
               sealed_by_hand(&a, sample, S("list"), S("11" ZEROS62)));
    EXPECT_STR(member(&a, leaf, "public", "commitment"), S("22" ZEROS62));
}

TEST(each_value_has_a_salt_of_its_own)
{
    uint8_t other[SALT_KEY_BYTES] = { 9 };
    uint8_t salts[4][32];

    leaf_salt(SECRET, &LIST, S("file"), salts[0]);
    leaf_salt(SECRET, &LIST, S("list"), salts[1]);
    leaf_salt(SECRET, &NONCE, S("file"), salts[2]);
    leaf_salt(other, &LIST, S("file"), salts[3]);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = i + 1; j < 4; j++)
            EXPECT(memcmp(salts[i], salts[j], 32) != 0);
    }
}

static err write_leaf(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct event *e = NULL;
    struct event_list list = { 0 };
    struct facts f = { .channel = S("test") };
    const struct hash none = { { 0 } };
    str subject;
    str leaf;

    arena_init(&a, h, 1 << 20);
    TRY(event_emit(&a, &list, "sample.committed", &f, &committed));
    e = list.first;
    TRY(event_seal(&a, e, an_id(STREAM), 1, &none));
    return leaf_of_event(&a, SECRET, e, &subject, &leaf);
}

TEST(a_leaf_is_whole_or_there_is_no_memory)
{
    EXPECT(test_every_allocation_fails(write_leaf, NULL, NULL) > 0);
}
