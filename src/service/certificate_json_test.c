/* A certificate as programs get it. [LU1] */
#include "service/certificate_json.h"

#include "domain/names.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "store/imported.h"

static const struct body body = {
    .name_zh = S_INIT("示例认证中心"),
    .name_en = S_INIT("Example Centre"),
    .approval = S_INIT("CNCA-R-2099-000"),
    .number = S_INIT("000"),
    .demonstration = true,
};

static const struct public_certificate certificate = {
    .number = S_INIT("00026SC0001R0S"),
    .holder = S_INIT("示例电器有限公司"),
    .uscc = S_INIT("91350100M000100Y43"),
    .scheme = S_INIT("mini"),
    .scheme_name = { S_INIT("小规则"), S_INIT("Mini scheme") },
    .criterion = S_INIT("T 1-2026"),
    .criterion_title = { S_INIT("测试依据"), S_INIT("Test criterion") },
    .level = S_INIT("ten"),
    .level_label = { S_INIT("十星级"), S_INIT("Ten stars") },
    .stars = 10,
    .title = { S_INIT("测试证书"), S_INIT("Test certificate") },
    .statement = { S_INIT("达到"), S_INIT("met") },
    .scope = S_INIT("售后"),
    .scope_en = S_INIT("Service"),
    .issued = 20514, /* 2026-03-02 */
    .from = 20515,
    .until = 21610,
    .first_issued = 20000,
    .status = CERTIFICATE_SUSPENDED,
    .status_since = 20600,
    .suspended_until = DAY_NEVER,
    .renews = S_INIT("00023SC0001R0S"),
    .log_index = 7,
    .scheme_hash = { { 0xab, [31] = 0xcd } },
    .assumed = true,
};

static err write(struct arena *a, const struct public_certificate *c, str *out)
{
    struct buf b;

    buf_init(&b, a, 4000);
    json_pretty(&b, certificate_json(a, &body, c));
    return buf_done(&b, out);
}

/* Pinned whole: what is not here the public does not get, and what is here
 * programs rely on. */
TEST(the_public_gets_these_members_and_no_others)
{
    TEST_ARENA(a, 1 << 20);
    str got = S("");

    EXPECT_OK(write(&a, &certificate, &got));
    EXPECT_STR(got,
               S("{\n"
                 "  \"number\": \"00026SC0001R0S\",\n"
                 "  \"status\": \"suspended\",\n"
                 "  \"status_since\": \"2026-05-27\",\n"
                 "  \"suspended_until\": null,\n"
                 "  \"history\": [],\n"
                 "  \"main\": null,\n"
                 "  \"site\": null,\n"
                 "  \"sub_certificates\": [],\n"
                 "  \"renews\": \"00023SC0001R0S\",\n"
                 "  \"renewed_by\": null,\n"
                 "  \"holder\": \"示例电器有限公司\",\n"
                 "  \"uscc\": \"91350100M000100Y43\",\n"
                 "  \"scheme\": \"mini\",\n"
                 "  \"scheme_name\": {\n"
                 "    \"zh\": \"小规则\",\n"
                 "    \"en\": \"Mini scheme\"\n"
                 "  },\n"
                 "  \"scheme_hash\": \"ab00000000000000000000000000000000000000"
                 "0000000000000000000000cd\",\n"
                 "  \"title\": {\n"
                 "    \"zh\": \"测试证书\",\n"
                 "    \"en\": \"Test certificate\"\n"
                 "  },\n"
                 "  \"statement\": {\n"
                 "    \"zh\": \"达到\",\n"
                 "    \"en\": \"met\"\n"
                 "  },\n"
                 "  \"criterion\": \"T 1-2026\",\n"
                 "  \"criterion_title\": {\n"
                 "    \"zh\": \"测试依据\",\n"
                 "    \"en\": \"Test criterion\"\n"
                 "  },\n"
                 "  \"level\": \"ten\",\n"
                 "  \"level_name\": {\n"
                 "    \"zh\": \"十星级\",\n"
                 "    \"en\": \"Ten stars\"\n"
                 "  },\n"
                 "  \"stars\": 10,\n"
                 "  \"assumed\": true,\n"
                 "  \"scope\": {\n"
                 "    \"zh\": \"售后\",\n"
                 "    \"en\": \"Service\"\n"
                 "  },\n"
                 "  \"issued\": \"2026-03-02\",\n"
                 "  \"valid_from\": \"2026-03-03\",\n"
                 "  \"valid_until\": \"2029-03-02\",\n"
                 "  \"first_issued\": \"2024-10-04\",\n"
                 "  \"issuer\": {\n"
                 "    \"name\": {\n"
                 "      \"zh\": \"示例认证中心\",\n"
                 "      \"en\": \"Example Centre\"\n"
                 "    },\n"
                 "    \"approval\": \"CNCA-R-2099-000\",\n"
                 "    \"demonstration\": true\n"
                 "  },\n"
                 "  \"credential\": null,\n"
                 "  \"log\": {\n"
                 "    \"index\": 7\n"
                 "  }\n"
                 "}"));
}

/* [LU4] */
TEST(a_sub_certificate_names_the_main_one_and_its_site)
{
    TEST_ARENA(a, 1 << 20);
    struct public_certificate c = certificate;

    c.main = S("00026SC0001R0S");
    c.site = S("一店");
    c.site_address = S("示例路 9 号");
    const struct json *j = certificate_json(&a, &body, &c);
    const struct json *site = json_get(j, S("site"));
    EXPECT_STR(json_get_str(j, S("main")), c.main);
    EXPECT_STR(json_get_str(site, S("name")), c.site);
    EXPECT_STR(json_get_str(site, S("address")), c.site_address);
}

TEST(a_main_certificate_lists_its_sub_certificates)
{
    TEST_ARENA(a, 1 << 20);
    struct public_sub one = {
        S("00026SC0001R0S-1"), S("一店"), S("示例路 9 号"), 20600, 20700,
        CERTIFICATE_CANCELLED, 20650
    };
    struct public_certificate c = certificate;
    struct buf b;
    str got = S("");

    c.subs = (struct list){ &one, 1 };
    buf_init(&b, &a, 4000);
    json_canonical(&b, json_get(certificate_json(&a, &body, &c),
                                S("sub_certificates")));
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, S("[{\"issued\":\"2026-05-27\","
                      "\"number\":\"00026SC0001R0S-1\","
                      "\"site\":{\"address\":\"示例路 9 号\","
                      "\"name\":\"一店\"},"
                      "\"status\":\"cancelled\","
                      "\"status_since\":\"2026-07-16\","
                      "\"valid_until\":\"2026-09-04\"}]"));
}

TEST(every_status_has_a_name)
{
    TEST_ARENA(a, 1 << 20);
    static const str names[] = {
        [CERTIFICATE_VALID] = S_INIT("valid"),
        [CERTIFICATE_SUSPENDED] = S_INIT("suspended"),
        [CERTIFICATE_WITHDRAWN] = S_INIT("withdrawn"),
        [CERTIFICATE_CANCELLED] = S_INIT("cancelled"),
        [CERTIFICATE_EXPIRED] = S_INIT("expired"),
    };

    for (int s = CERTIFICATE_VALID; s <= CERTIFICATE_EXPIRED; s++) {
        struct public_certificate c = certificate;

        c.status = (enum certificate_status)s;
        EXPECT_ROW_STR(names[s].p,
                       json_get_str(certificate_json(&a, &body, &c),
                                    S("status")),
                       names[s]);
    }
    EXPECT(status_names[CERTIFICATE_EXPIRED + 1] == NULL);
}

TEST(the_first_place_in_the_log_is_one_and_none_is_null)
{
    TEST_ARENA(a, 1 << 20);
    struct public_certificate c = certificate;

    c.log_index = 0;
    const struct json *log =
        json_get(certificate_json(&a, &body, &c), S("log"));
    EXPECT(log != NULL && log->kind == JSON_OBJECT);
    c.log_index = -1;
    log = json_get(certificate_json(&a, &body, &c), S("log"));
    EXPECT(log != NULL && log->kind == JSON_NULL);
}

/* [J4] */
static err write_with(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    str out;

    arena_init(&a, h, 1 << 20);
    return write(&a, &certificate, &out);
}

TEST(without_memory_nothing_is_written)
{
    EXPECT(test_every_allocation_fails(write_with, NULL, NULL) > 0);
}

/* --- and back ------------------------------------------------------------ */

#define DAYS                                                                   \
    "\"status_since\":\"2026-05-27\",\"uscc\":\"91350100M000100Y43\","         \
    "\"valid_from\":\"2026-03-02\",\"valid_until\":\"2029-03-01\"}\n"
#define WHOLE                                                                  \
    "{\"criterion\":\"T 1-2026\",\"holder\":\"示例\",\"imported\":true,"     \
    "\"issued\":\"2026-03-02\",\"issuer\":{\"name\":{\"en\":\"甲\","          \
    "\"zh\":\"甲\"}},\"number\":\"A1\",\"status\":\"suspended\"," DAYS

TEST(what_a_file_brought_is_read_back)
{
    TEST_ARENA(a, 1 << 20);
    struct imported_row r = { .row = 1 };
    bool found = false;

    EXPECT_OK(certificate_json_row(&a, S(WHOLE), &r, &found));
    EXPECT(found && r.row == 0 && r.line == 0);
    EXPECT_STR(r.number, S("A1"));
    EXPECT_STR(r.body, S("甲"));
    EXPECT(r.status == CERTIFICATE_SUSPENDED && r.issued == 20514);
    EXPECT(r.level_id.n == 0 && r.place.n == 0 && r.scope.n == 0);
}

/* Whatever is not what was written there says nothing. */
TEST(other_texts_are_no_row_of_a_file)
{
    TEST_ARENA(a, 1 << 20);
    static const char *const cases[][2] = {
        { ",\"imported\":true", "" },
        { "\"imported\":true", "\"imported\":true,\"more\":1" },
        { "}\n", "" },
        { "{\"criterion\"", "[{\"criterion\"" },
        { "\"holder\":\"示例\"", "\"holder\":\"\"" },
        { "\"holder\":\"示例\"", "\"holder\":7" },
        { "\"holder\":\"示例\",", "" },
        { "\"number\":\"A1\",", "" },
        { "suspended", "sleeping" },
        { "\"suspended\"", "1" },
        { "\"status\":\"suspended\",", "" },
        { "2029-03-01", "2029-13-01" },
        { "\"2029-03-01\"", "null" },
        { "{\"name\":{\"en\":\"甲\",\"zh\":\"甲\"}}", "\"甲\"" },
        { "{\"name\":{\"en\":\"甲\",\"zh\":\"甲\"}}", "{}" },
        { "{\"en\":\"甲\",\"zh\":\"甲\"}", "{\"en\":\"甲\"}" },
    };
    const str whole = S(WHOLE);

    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = str_find(whole, str_of(cases[i][0]));
        struct imported_row r;
        bool found = true;
        struct buf b;
        str text = S("");

        buf_init(&b, &a, 4000);
        EXPECT_ROW(cases[i][0], at < whole.n);
        buf_str(&b, str_first(whole, at));
        buf_str(&b, str_of(cases[i][1]));
        buf_str(&b, str_from(whole, at + strlen(cases[i][0])));
        EXPECT_OK(buf_done(&b, &text));
        EXPECT_ROW_OK(cases[i][0], certificate_json_row(&a, text, &r, &found));
        EXPECT_ROW(cases[i][0], !found);
    }
}

static err read_with(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct imported_row r;
    bool found;

    arena_init(&a, h, 1 << 20);
    return certificate_json_row(&a, S(WHOLE), &r, &found);
}

TEST(without_memory_nothing_is_read_back)
{
    EXPECT(test_every_allocation_fails(read_with, NULL, NULL) > 0);
}
