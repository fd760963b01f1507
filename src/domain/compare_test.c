/* The edges of what stands side by side. [M10] [OF6] */

#include "base/size.h"
#include "domain/offers.h"
#include "domain/test_fixture.h"

#include <stdio.h>

static struct comparison compare(struct fixture *f)
{
    struct comparison c = { 0 };

    EXPECT_OK(offers_compare(&f->arena, f->state, &f->body, &c));
    return c;
}

/* [OF6] A day, a fen and one senior are something to be best at; none is
 * nothing. */
TEST(the_least_that_can_be_offered_counts)
{
    static const struct {
        const char *why;
        const char *more[2];
        unsigned best[2];
    } rows[] = {
        { "a day before two",
          { "'cycle':1", "'cycle':2" },
          { BEST_PRICE | BEST_CYCLE, 0 } },
        { "a fen in all before two",
          { "'cycle':1,'whole':1", "'cycle':1,'whole':2" },
          { BEST_PRICE | BEST_CYCLE | BEST_WHOLE, BEST_CYCLE } },
        { "two seniors before one",
          { "'cycle':1,'seniors':1", "'cycle':1,'seniors':2" },
          { BEST_PRICE | BEST_CYCLE, BEST_CYCLE | BEST_SENIORS } },
        { "one senior, and nobody else said how many",
          { "'cycle':1,'seniors':1", "'cycle':1" },
          { BEST_PRICE | BEST_CYCLE, BEST_CYCLE } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
        for (int k = 0; k < 2; k++) {
            char json[200];

            (void)snprintf(json, sizeof json,
                           "{'body':'甲','approval':'CNCA-R-2099-%03d',"
                           "'price':%d,%s}",
                           k + 1, k + 1, rows[i].more[k]);
            DO(f, "applicant", "offer.note", json);
        }
        struct comparison c = compare(f);
        EXPECT_ROW(rows[i].why, c.count == 2);
        EXPECT_ROW(rows[i].why, c.rows[0].best == rows[i].best[0]);
        EXPECT_ROW(rows[i].why, c.rows[1].best == rows[i].best[1]);
    }
}

/* The body's own row beside as many as can be noted. */
TEST(as_many_offers_as_there_may_be_are_compared)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    for (int i = 0; i < OFFER_MAX; i++) {
        char json[200];

        (void)snprintf(json, sizeof json,
                       "{'body':'甲','approval':'CNCA-R-2099-%03d','cycle':1,"
                       "'price':%d}",
                       i + 1, i + 1);
        DO(f, "applicant", "offer.note", json);
    }
    struct comparison c = compare(f);
    EXPECT(c.count == OFFER_MAX + 1);
    EXPECT(c.rows[0].best == (BEST_PRICE | BEST_CYCLE));
    EXPECT(c.rows[OFFER_MAX].offer == NULL);
}
