/* What is found and counted is what a plain scan finds. [RF4] [RN2] [M24] */
#include "service/lookup.h"
#include "service/register_feed.h"
#include "service/service_test_env.h"
#include "store/imported.h"

#include <stdio.h>

enum { MANY = 300, QUESTIONS = 400, PIECE_MOST = 4 };

/* Names of few characters, so that pieces are found; all else at random. */
struct many {
    struct imported_row rows[MANY];
    char names[MANY][40];
    char numbers[MANY][24];
    day today;
    uint64_t random;
};

static uint32_t draw(struct many *m, uint32_t n)
{
    m->random = m->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(m->random >> 33) % n;
}

static const char *const signs[] = { "示", "例", "长", "安", "银", "行" };
static const char *const places[] = { "", "110000", "440300", "440305" };
static const char *const trades[] = { "", "5211", "F52", "5299" };
static const char *const schemes[] = { "five-star", "ten-star", "", "other" };
static const char *const levels[] = { "five", "ten", "", "four" };
static const char *const statuses[] = { "valid", "suspended", "withdrawn",
                                        "cancelled", "expired" };

static str sign_text(struct many *m, char *to, size_t signs_n)
{
    for (size_t i = 0; i < signs_n; i++)
        memcpy(to + i * 3, signs[draw(m, COUNT(signs))], 3);
    return (str){ to, signs_n * 3 };
}

static void draw_row(struct many *m, size_t i)
{
    size_t n = 2 + draw(m, 10);
    day from = m->today - 30;
    /* Some end yesterday, today, tomorrow. */
    day until = m->today - 3 + (day)draw(m, 6);

    (void)snprintf(m->numbers[i], sizeof m->numbers[i], "B-%zu", i);
    m->rows[i] = (struct imported_row){
        .row = (int64_t)i + 1,
        .number = str_of(m->numbers[i]),
        .holder = sign_text(m, m->names[i], n),
        .uscc = S("91990000MA00000001"),
        .body = S("示例认证公司"),
        .scheme_id = str_of(schemes[draw(m, COUNT(schemes))]),
        .level_id = str_of(levels[draw(m, COUNT(levels))]),
        .criterion = S("GB/T 27922-2011"),
        .place = str_of(places[draw(m, COUNT(places))]),
        .trade = str_of(trades[draw(m, COUNT(trades))]),
        .scope = S(""),
        .issued = from,
        .valid_from = from,
        .valid_until = until,
        .status = (int32_t)draw(m, COUNT(statuses)),
        .status_since = from,
        .line = (int64_t)i + 2,
    };
}

static err put_many(struct tx *tx, void *context)
{
    struct many *m = context;
    bool put;

    for (size_t i = 0; i < MANY; i++) {
        draw_row(m, i);
        TRY(imported_put(tx, &m->rows[i], &put));
    }
    return OK;
}

static bool begins(str text, str with)
{
    return text.n >= with.n && str_eq(str_first(text, with.n), with);
}

/* "F52" is 52. */
static str digits(str code)
{
    return code.n > 0 && code.p[0] == 'F' ? str_from(code, 1) : code;
}

/* The plain truth, said another way than the program says it. */
static bool answers(const struct many *m, const struct imported_row *r,
                    const struct lookup_wish *w)
{
    bool over = r->status < 2 && r->valid_until < m->today;
    str place = r->place.n > 0 ? r->place : S("990000");
    str trade = digits(r->trade);
    const char *status = over ? "expired" : statuses[r->status];

    return str_contains(r->holder, w->words) && begins(place, w->place) &&
           (w->trade.n == 0 || begins(trade, w->trade)) &&
           (w->scheme.n == 0 || str_eq(w->scheme, r->scheme_id)) &&
           (w->level.n == 0 || str_eq(w->level, r->level_id)) &&
           (w->status.n == 0 || str_eq(w->status, str_of(status)));
}

static str often_empty(struct many *m, str value)
{
    return draw(m, 3) == 0 ? value : S("");
}

static struct lookup_wish draw_wish(struct many *m, char *piece)
{
    static const char *const asked_places[] = { "44", "4403", "11", "9900",
                                                "4" };
    static const char *const asked_trades[] = { "52", "5211", "5" };
    static const char *const asked_words[] = {
        "five", "ten", "nine", "other", "five-star", "ten-star"
    };

    return (struct lookup_wish){
        .words = sign_text(m, piece, 1 + draw(m, PIECE_MOST)),
        .today = m->today,
        .most = 7,
        .place = often_empty(m, str_of(asked_places[draw(m, 5)])),
        .trade = often_empty(m, str_of(asked_trades[draw(m, 3)])),
        .scheme = often_empty(m, str_of(asked_words[draw(m, 6)])),
        .level = often_empty(m, str_of(asked_words[draw(m, 4)])),
        .status = often_empty(m, str_of(statuses[draw(m, 5)])),
    };
}

static size_t row_of(const struct many *m, str number)
{
    size_t i = 0;

    while (i < MANY && !str_eq(m->rows[i].number, number))
        i++;
    return i;
}

/* All pages of an answer hold what answers, each once, and the count says so.
 * One slip is allowed where nothing answers. */
static void hold_against(struct office *o, const struct many *m,
                         struct lookup_wish w)
{
    bool seen[MANY] = { false };
    size_t is = 0;
    size_t got = 0;
    struct lookup_answer x;

    for (size_t i = 0; i < MANY; i++)
        is += answers(m, &m->rows[i], &w);
    do {
        EXPECT_OK(lookup_find(o->app, &o->arena, &w, &x));
        const struct public_certificate *c = x.found.p;
        for (size_t i = 0; i < x.found.n && is > 0; i++, got++) {
            size_t row = row_of(m, c[i].number);

            EXPECT(row < MANY && !seen[row] && answers(m, &m->rows[row], &w));
            seen[row] = true;
        }
        EXPECT(is == 0 || (x.counted && x.count == (int64_t)is && !x.above));
        w.after = x.next;
    } while (x.next != 0);
    EXPECT(got == is);
}

ONE_STORE_TEST(what_is_found_and_counted_is_what_a_plain_scan_finds, true)
{
    static struct many m;
    char piece[3 * PIECE_MOST];
    TEST_OFFICE(o, place);

    m = (struct many){ .today = office_today(&o), .random = 11 };
    EXPECT_OK(app_write(o.app, &o.arena, put_many, &m));
    struct register_feeder f = { .app = o.app };
    struct register_turn made = { 0 };
    EXPECT_OK(register_turn(&f, &o.arena, office_today(&o), &made));
    EXPECT_OK(made.names);
    for (int i = 0; i < QUESTIONS; i++)
        hold_against(&o, &m, draw_wish(&m, piece));
}
