/* Which sites a certificate covers, as a stranger asks for them. [LU7] [LU8]
 * [17065 7.8] */

#include "service/lookup.h"

#include "domain/application.h"
#include "service/service_test_env.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"

enum { OUTLETS = 25 };

/* Newcomer's certificate, of headquarters and 25 outlets. */
static str certified(struct office *o)
{
    str ref = office_case(o);
    struct script script = office_script(o);
    bool over = false;

    script.outlets = OUTLETS;
    while (!over && office_read(o, ref).state->stage != STAGE_UPKEEP)
        EXPECT_OK(office_step(o, &script, ref, &over));
    return ref;
}

static struct public_sites sites(struct office *o, const char *number,
                                 struct sites_wish wish)
{
    struct public_certificate c = { 0 };
    struct public_sites got = { 0 };

    EXPECT_OK(lookup_certificate(o->app, &o->arena, str_of(number),
                                 office_today(o), &c));
    EXPECT_OK(lookup_sites(o->app, &o->arena, &c, &wish, &got));
    return got;
}

static const struct public_site *site_at(const struct public_sites *s, size_t i)
{
    static const struct public_site none = { .kind = -1 };

    return i < s->at.n ? (const struct public_site *)s->at.p + i : &none;
}

static void close_site(struct office *o, str ref, int n, int change)
{
    char json[200];

    (void)snprintf(json, sizeof json,
                   "{'kind':'sites','sites':['服务网点%d'],'reasons':'关店'}",
                   n);
    EXPECT_OK(office_do(o, "newcomer", ref, "change.ask", json));
    (void)snprintf(json, sizeof json, "{'number':%d}", change);
    EXPECT_OK(office_do(o, "reviewer", ref, "change.approve", json));
}

EACH_STORE_TEST(a_certificate_covers_what_was_applied_for_less_what_left)
{
    TEST_OFFICE(o, place);
    str ref = certified(&o);
    struct sites_wish all = { .most = 100 };
    struct public_sites got = sites(&o, NUMBER, all);

    EXPECT(got.count == OUTLETS + 1 && got.found == OUTLETS + 1);
    EXPECT(got.at.n == OUTLETS + 1);
    EXPECT(site_at(&got, 0)->kind == SITE_HQ);
    EXPECT_STR(site_at(&got, 0)->name, S("总部"));
    EXPECT_STR(site_at(&got, 0)->address, S("示例省示例市示例路"));
    EXPECT_STR(site_at(&got, 1)->name, S("服务网点1"));

    close_site(&o, ref, 1, 1);
    got = sites(&o, NUMBER, all);
    EXPECT(got.count == OUTLETS && got.at.n == OUTLETS);
    EXPECT_STR(site_at(&got, 1)->name, S("服务网点2"));
}

EACH_STORE_TEST(sites_are_found_by_words_and_a_few_at_a_time)
{
    static const struct {
        const char *why;
        struct sites_wish wish;
        size_t found;
        size_t shown;
        str first;
    } rows[] = {
        { "the first", { S_INIT(""), 0, 20 }, 26, 20, S_INIT("总部") },
        { "the rest", { S_INIT(""), 20, 20 }, 26, 6, S_INIT("服务网点20") },
        { "behind the last", { S_INIT(""), 26, 20 }, 26, 0, S_INIT("") },
        { "by name", { S_INIT("网点2"), 0, 20 }, 7, 7, S_INIT("服务网点2") },
        { "in traditional characters, with blanks",
          { S_INIT("服務 網點25"), 0, 20 },
          1,
          1,
          S_INIT("服务网点25") },
        { "by address",
          { S_INIT("示例路"), 25, 1 },
          26,
          1,
          S_INIT("服务网点25") },
        { "none is called so", { S_INIT("旗舰店"), 0, 20 }, 0, 0, S_INIT("") },
        { "no text", { S_INIT("\xff\xfe"), 0, 20 }, 0, 0, S_INIT("") },
        { "nothing but signs",
          { S_INIT("，。"), 0, 1 },
          26,
          1,
          S_INIT("总部") },
    };
    TEST_OFFICE(o, place);

    (void)certified(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct public_sites got = sites(&o, NUMBER, rows[i].wish);

        EXPECT_ROW(rows[i].why, got.count == OUTLETS + 1);
        EXPECT_ROW(rows[i].why, got.found == rows[i].found);
        EXPECT_ROW(rows[i].why, got.at.n == rows[i].shown);
        EXPECT_ROW_STR(rows[i].why, site_at(&got, 0)->name, rows[i].first);
    }
}

/* [LU8] */
EACH_STORE_TEST(a_sub_certificate_and_one_of_a_file_have_no_list_of_sites)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct public_certificate c = { .number = S(NUMBER),
                                    .issuer = S("示例机构") };
    const struct sites_wish all = { .most = 100 };
    struct public_sites got = { .count = 9 };

    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    EXPECT(sites(&o, NUMBER "-1", all).count == 0);
    EXPECT_OK(lookup_sites(o.app, &o.arena, &c, &all, &got));
    EXPECT(got.count == 0 && got.at.n == 0);
    c = (struct public_certificate){ .number = S("不在册") };
    EXPECT_ERR(lookup_sites(o.app, &o.arena, &c, &all, &got), ERR_NOT_FOUND,
               "store.missing");
}

/* Nobody believes what no event says. */
ONE_STORE_TEST(what_is_no_event_is_no_list_of_sites, true)
{
    TEST_OFFICE(o, place);
    const struct sites_wish all = { .most = 100 };
    struct public_certificate c = { .number = S(NUMBER) };
    struct public_sites got = { .count = 9 };

    (void)office_certified(&o);
    (void)office_ask(&o, "UPDATE journal SET body = '{}'"
                         " WHERE type = 'application.submitted'");
    EXPECT_ERR(lookup_sites(o.app, &o.arena, &c, &all, &got), ERR_CORRUPT,
               "event.form");
    EXPECT(got.count == 9);
}
