/* Which certificates the directory's statement finds. [M25] */
#include "base/arena.h"
#include "base/size.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/formers.h"
#include "store/store_test_env.h"

enum { TODAY = 20700 };

static const struct enterprise_row here = {
    .id = { { 0xE1 } },
    .uscc = S_INIT("91350100M000100Y43"),
    .name = S_INIT("示例"),
    .registered = DAY_NEVER,
    .province = S_INIT("示东省"),
    .city = S_INIT("示海市"),
};

/* Of the number and what a row differs by. */
static err put(struct tx *tx, const char *number, uint8_t stream,
               const struct certificate_row *with)
{
    struct certificate_row row = {
        .number = str_of(number),
        .id = { { stream } },
        .enterprise = with->enterprise,
        .holder = with->holder.n > 0 ? with->holder : S("某公司"),
        .uscc = with->uscc.n > 0 ? with->uscc : S("91000000000000000X"),
        .scheme_id = with->scheme_id.n > 0 ? with->scheme_id : S("ten"),
        .level_id = with->level_id.n > 0 ? with->level_id : S("ten"),
        .criterion = S("Q"),
        .valid_until = with->valid_until > 0 ? with->valid_until : TODAY + 9,
        .status = with->status,
        .suspended_until = DAY_NEVER,
        .scope_zh = with->scope_zh.n > 0 ? with->scope_zh : S("安装"),
        .scope_en = with->scope_en,
        .log_index = LOG_INDEX_NONE,
    };

    return certificate_put(tx, &row);
}

static err fill(struct tx *tx)
{
    const struct former_row once = { S("N3"), 1, S("旧名_公司") };

    TRY(enterprise_put(tx, &here));
    TRY(put(tx, "N1", 1,
            &(struct certificate_row){ .enterprise = here.id,
                                       .holder = S("示例 100%") }));
    TRY(put(tx, "N2", 2,
            &(struct certificate_row){ .scheme_id = S("five"),
                                       .level_id = S("four"),
                                       .scope_en = S("Repair of Lifts") }));
    TRY(put(tx, "N3", 3,
            &(struct certificate_row){
                .scheme_id = S("five"), .level_id = S("five"), .status = 1 }));
    TRY(put(tx, "N4", 4,
            &(struct certificate_row){ .valid_until = TODAY,
                                       .scope_zh = S("家电维修") }));
    TRY(put(tx, "N5", 5,
            &(struct certificate_row){ .valid_until = TODAY - 1 }));
    TRY(put(tx, "N6", 6,
            &(struct certificate_row){ .status = 1,
                                       .valid_until = TODAY - 1 }));
    TRY(put(tx, "N7", 7,
            &(struct certificate_row){ .status = 2,
                                       .valid_until = TODAY - 1 }));
    TRY(put(tx, "N8", 8,
            &(struct certificate_row){ .status = 4,
                                       .uscc = S("91350100M000100Y43") }));
    return former_put(tx, &once);
}

/* "N1N3" */
static str numbers(struct arena *a, const struct list *l)
{
    const struct certificate_row *row = l->p;
    char *text = arena_zero(a, 100);
    size_t n = 0;

    for (size_t i = 0; text != NULL && i < l->n && n + 2 < 100; i++) {
        memcpy(text + n, row[i].number.p, 2);
        n += 2;
    }
    return (str){ text, n };
}

EACH_STORE_TEST(a_directory_shows_what_answers_to_every_filter)
{
    static const struct {
        const char *why;
        struct certificate_filter f;
        const char *after;
        int32_t limit;
        const char *found;
    } rows[] = {
        { "nothing narrows it", { .status = -1 }, "", 9, "N1N2N3N4N5N6N7N8" },
        { "a page of it", { .status = -1 }, "", 3, "N1N2N3" },
        { "the page after", { .status = -1 }, "N3", 3, "N4N5N6" },
        { "after the last", { .status = -1 }, "N8", 3, "" },
        { "after a number that is not there",
          { .status = -1 },
          "N30",
          1,
          "N4" },
        { "a scheme",
          { .status = -1, .scheme = S_INIT("five") },
          "",
          9,
          "N2N3" },
        { "a level of it",
          { .status = -1, .scheme = S_INIT("five"), .level = S_INIT("five") },
          "",
          9,
          "N3" },
        { "a level that another scheme has",
          { .status = -1, .scheme = S_INIT("ten"), .level = S_INIT("five") },
          "",
          9,
          "" },
        { "valid, the last day counted in", { .status = 0 }, "", 9, "N1N2N4" },
        { "suspended, unless over", { .status = 1 }, "", 9, "N3" },
        { "withdrawn stays so after its last day",
          { .status = 2 },
          "",
          9,
          "N7" },
        { "nobody is cancelled", { .status = 3 }, "", 9, "" },
        { "expired, on record or not", { .status = 4 }, "", 9, "N5N6N8" },
        { "a province",
          { .status = -1, .place = S_INIT("示东") },
          "",
          9,
          "N1" },
        { "a city", { .status = -1, .place = S_INIT("海市") }, "", 9, "N1" },
        { "nowhere", { .status = -1, .place = S_INIT("西") }, "", 9, "" },
        { "a sign of LIKE is no sign",
          { .status = -1, .place = S_INIT("%") },
          "",
          9,
          "" },
        { "words of the scope",
          { .status = -1, .scope = S_INIT("维修") },
          "",
          9,
          "N4" },
        { "the same in English, in either case",
          { .status = -1, .scope = S_INIT("repair OF lifts") },
          "",
          9,
          "N2" },
        { "a part of a name",
          { .status = -1, .words = S_INIT("100%") },
          "",
          9,
          "N1" },
        { "a former name",
          { .status = -1, .words = S_INIT("名_公") },
          "",
          9,
          "N3" },
        { "a code in full",
          { .status = -1,
            .words = S_INIT("x"),
            .code = S_INIT("91350100M000100Y43") },
          "",
          9,
          "N8" },
        { "a part of a code is none",
          { .status = -1, .words = S_INIT("x"), .code = S_INIT("91350100") },
          "",
          9,
          "" },
        { "a number in full",
          { .status = -1, .words = S_INIT("n4"), .code = S_INIT("N4") },
          "",
          9,
          "N4" },
        { "two filters at once",
          { .status = 0, .scheme = S_INIT("ten"), .scope = S_INIT("维修") },
          "",
          9,
          "N4" },
        { "two that nothing answers to",
          { .status = 1, .scope = S_INIT("维修") },
          "",
          9,
          "" },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(fill(tx));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page page = { .after = str_of(rows[i].after),
                             .limit = rows[i].limit };
        struct certificate_filter f = rows[i].f;
        struct list found = { NULL, 0 };
        struct list left_out = { NULL, 0 };

        f.today = TODAY;
        EXPECT_ROW_OK(rows[i].why, certificate_directory(tx, &a, &f, &page,
                                                         &found, &left_out));
        EXPECT_ROW_STR(rows[i].why, numbers(&a, &found), str_of(rows[i].found));
        EXPECT_ROW(rows[i].why, left_out.n == 0);
    }
}
