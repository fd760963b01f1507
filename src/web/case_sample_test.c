/* The coin toss over customers. [CT1] [CT2] [CT3] [CT4] [M16] */

#include "domain/sampling.h"
#include "web/test_work.h"

#include <stdio.h>

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

static const char *own_fields(struct test_work *w, const struct response *rs,
                              const char *nonce)
{
    const char *version =
        work_text(w, "version=", value_of(rs, "name=\"version\" value=\""),
                  "&command-id=");
    const char *more =
        work_text(w, version, value_of(rs, "name=\"command-id\" value=\""),
                  "&nonce=");

    return work_text(w, more, str_of(nonce), "");
}

/* In its audit, up to where this command was given; false: it never was. */
static bool go_past(struct test_work *w, str ref,
                    bool (*there)(const struct state *))
{
    struct script script = office_script(&w->office);
    bool over = false;

    office_go_to(&w->office, ref, STAGE_AUDIT);
    for (int i = 0; i < 200 && !over; i++) {
        if (there(office_read(&w->office, ref).state))
            return true;
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    }
    return false;
}

static bool is_committed(const struct state *s)
{
    return s->sample.commitment != NULL;
}

static bool is_drawn(const struct state *s)
{
    return s->sample.drawn != NULL;
}

static bool is_closed(const struct state *s)
{
    return s->closing_held;
}

/* [CT1] [CT2] [CT4] */
ONE_STORE_TEST(the_enterprise_gives_its_number_once, true)
{
    static const char number[] =
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/sample");

    EXPECT(go_past(&w, ref, is_committed));
    struct browser b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, way);
    EXPECT(rs.status == 200 && !work_holds(&rs, "name=\"nonce\""));
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, way);
    str proposed = value_of(&rs, "name=\"nonce\" class=\"code\" value=\"");
    EXPECT(proposed.n == 64);
    rs = work_get(&w, &b, way);
    EXPECT(!str_eq(proposed,
                   value_of(&rs, "name=\"nonce\" class=\"code\" value=\"")));
    const char *form = own_fields(&w, &rs, number);
    EXPECT(work_post(&w, &b, way, own_fields(&w, &rs, "12")).status == 400);
    EXPECT(work_post(&w, &b, way, "nonce=12").status == 403);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    EXPECT(work_post(&w, &b, way, form).status == 303);
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, number) && !work_holds(&rs, "name=\"nonce\""));
    EXPECT(office_read(&w.office, ref).state->sample.nonce->nonce.b[1] == 0x11);
}

ONE_STORE_TEST(before_the_list_is_fixed_nobody_gives_a_number, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/sample");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);

    EXPECT(rs.status == 200 && says(&rs, "sample_page.not_fixed"));
    EXPECT(!work_holds(&rs, "name=\"nonce\""));
    b = work_enter(&w, "rival");
    EXPECT(work_get(&w, &b, way).status == 404);
}

/* [CT3] */
ONE_STORE_TEST(drawn_rows_are_told_when_the_audit_is_closed, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/sample");
    struct browser b;
    struct response rs;
    char row[80];

    EXPECT(go_past(&w, ref, is_drawn));
    const struct sample_state *x = &office_read(&w.office, ref).state->sample;
    (void)snprintf(row, sizeof row, "</span>%lld</li>",
                   (long long)sampling_row(&x->drawn->seed, x->commitment->size,
                                           1));
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "sample_page.check"));
    EXPECT(says(&rs, "sample_page.rows_later") && !work_holds(&rs, row));
    EXPECT(go_past(&w, ref, is_closed));
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, row) && !says(&rs, "sample_page.rows_later"));
}
