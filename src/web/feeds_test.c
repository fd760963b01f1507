/* What feed readers fetch. [WF1] [WF2] [M24] */

#include "base/buf.h"
#include "service/changes.h"
#include "service/register_import.h"
#include "service/sequence.h"
#include "web/test_work.h"

#include <stdio.h>

static void suspend(struct test_work *w, str ref)
{
    char json[200];
    char today[DAY_TEXT];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   day_text(office_today(&w->office), today).p);
    EXPECT_OK(office_do(&w->office, "certificates", ref, "certificate.suspend",
                        json));
}

static void sign(struct test_work *w)
{
    int64_t size;

    EXPECT_OK(sequence_log(w->office.app, &w->office.arena, &size));
}

static size_t entries(const struct response *rs)
{
    str rest = rs->body;
    size_t n = 0;

    for (;; n++) {
        size_t at = str_find(rest, S("<entry>"));

        if (at == rest.n)
            return n;
        rest = str_from(rest, at + 1);
    }
}

ONE_STORE_TEST(the_newest_change_stands_first_in_the_readers_language, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;

    suspend(&w, ref);
    sign(&w);
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct browser b = { .lang = l };
        struct response rs = work_get(&w, &b, "/changes.atom");

        EXPECT(rs.status == 200);
        EXPECT_STR(rs.type, S("application/atom+xml; charset=utf-8"));
        EXPECT_STR(rs.cache, S("public, max-age=60"));
        EXPECT(rs.etag.n > 2 && rs.policy == &policy_data);
        EXPECT(entries(&rs) == 2);
        EXPECT(work_holds(&rs, text_get(l, "feed.all").p));
        EXPECT(str_find(rs.body, text_get(l, "change.suspended")) <
               str_find(rs.body, text_get(l, "change.issued")));
        EXPECT(str_contains(rs.body, number));
        EXPECT(!work_holds(&rs, "热线停用")); /* no reason is ever told */
    }
}

ONE_STORE_TEST(a_certificate_and_a_holder_have_feeds_of_their_own, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;

    (void)office_certified_of(&w.office, "rival");
    suspend(&w, ref);
    sign(&w);
    struct response rs =
        work_get(&w, &b, work_text(&w, "/c/", number, "/changes.atom"));
    EXPECT(rs.status == 200 && entries(&rs) == 2);
    rs = work_get(&w, &b, "/holders/" RIVAL_USCC "/changes.atom");
    EXPECT(rs.status == 200 && entries(&rs) == 1);
    EXPECT(!str_contains(rs.body, number));
    /* an empty one is whole, too */
    rs = work_get(&w, &b, "/holders/91990000MA00000U2A/changes.atom");
    EXPECT(rs.status == 200 && entries(&rs) == 0);
    EXPECT(work_holds(&rs, "<updated>2026-"));
    EXPECT(work_get(&w, &b, "/c/NONE/changes.atom").status == 404);
    EXPECT(work_get(&w, &b, "/holders/NONE/changes.atom").status == 400);
    EXPECT(work_get(&w, &b, "/changes.atom?before=x").status == 400);
    /* whoever reads a certificate's page finds the way there */
    rs = work_get(&w, &b, work_text(&w, "/c/", number, ""));
    EXPECT(work_holds(&rs,
                      work_text(&w, "href=\"/c/", number, "/changes.atom\"")));
    rs = work_get(&w, &b, "/");
    EXPECT(work_holds(&rs, "<link rel=\"alternate\""
                           " type=\"application/atom+xml\""
                           " href=\"/changes.atom\""));
}

/* [CG5] */
ONE_STORE_TEST(what_a_file_brought_stands_in_the_feeds, true)
{
    static const char text[] =
        "number,holder,uscc,body,criterion,from,until\n"
        "A1,示例公司," OFFICE_USCC ",示例认证,T 1,2025-03-01,2028-02-29\n"
        "A2,示例公司," OFFICE_USCC ",示例认证,T 1,2025-03-01,2028-02-29\n"
        "A3,示例乙," RIVAL_USCC ",示例认证,T 1,2025-03-01,2028-02-29\n";
    static const struct {
        const char *address;
        const char *title;
        const char *page;
    } rows[] = {
        { "/changes.atom", "Imported from a file: 3 certificates<", "/\"" },
        { "/holders/" OFFICE_USCC "/changes.atom",
          "Imported from a file: 2 certificates of 示例公司<",
          "/?q=" OFFICE_USCC },
        { "/c/A3/changes.atom", "Imported from a file: 示例乙, A3<", "/c/A3" },
    };
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct office *o = &w.office;
    struct import_counts c;
    struct import_order order = {
        .from = { .files = &o->files },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
    };

    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &order.from.path));
    EXPECT_OK(file_write(&o->files, &o->arena, order.from.path, str_of(text),
                         FILE_PUBLIC));
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
    sign(&w);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = work_get(&w, &b, rows[i].address);

        EXPECT_ROW(rows[i].address, rs.status == 200 && entries(&rs) == 1);
        EXPECT_ROW(rows[i].address, work_holds(&rs, rows[i].title));
        EXPECT_ROW(rows[i].address, work_holds(&rs, rows[i].page));
    }
}

/* [WF1] By the addresses that the feed names, and no other. */
ONE_STORE_TEST(older_entries_are_found_by_the_feeds_own_address, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_ZH };
    str ref = office_certified(&w.office);

    for (int i = 0; i < 30; i++) {
        suspend(&w, ref);
        EXPECT_OK(office_do(&w.office, "reviewer", ref, "certificate.restore",
                            "{'reasons':'热线恢复'}"));
    }
    sign(&w);
    struct response rs = work_get(&w, &b, "/changes.atom");
    EXPECT(entries(&rs) == 50);
    static const str next = S_INIT("rel=\"next\" type=\"application/atom+xml\""
                                   " href=\"");
    str rest = str_from(rs.body, str_find(rs.body, next) + next.n);
    str address = str_first(rest, str_index(rest, '"'));
    size_t at = str_find(address, S("/changes.atom"));
    EXPECT(str_ends(str_first(address, str_find(address, S("&amp;"))),
                    S("/changes.atom?lang=zh")));
    str before = str_from(address, str_find(address, S("before=")));
    EXPECT(at < address.n && before.n > 7);
    rs = work_get(&w, &b, work_text(&w, "/changes.atom?lang=zh&", before, ""));
    EXPECT(rs.status == 200 && entries(&rs) == 11);
}

/* --- memory --------------------------------------------------------------- */

static err try_feed(struct heap *h, void *context)
{
    struct test_work *w = context;
    scoped(arena_end) struct arena a;
    struct response rs;
    struct request rq = { .arena = &a, .app = &w->faces };

    arena_init(&a, h, 1 << 22);
    response_init(&rs, &a);
    return feed_routes.at[0].run(&rq, &rs);
}

ONE_STORE_TEST(a_feed_without_memory_is_not_sent_in_part, true)
{
    TEST_WORK(w, place);

    (void)office_certified(&w.office);
    sign(&w);
    EXPECT_OK(try_feed(&w.office.heap, &w));
    EXPECT(test_every_allocation_fails(try_feed, NULL, &w) > 0);
}
