/* The drawn customers: coin toss, draw, replacement, verdict. [M16] */

#include "domain/test_fixture.h"

#include "domain/sampling.h"

#include <stdio.h>

#define COMMIT(size, rest)                                                     \
    "{'list':'" TWOS "','size':" size ",'commitment':'" COMMIT_ONES "'" rest "}"

static void open_audit(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
}

static void draw(struct fixture *f, const char *commitment)
{
    open_audit(f);
    DO(f, "auditor", "sample.commit", commitment);
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
}

static err ask(struct fixture *f, int64_t position, const char *outcome)
{
    char json[80];

    (void)snprintf(json, sizeof json, "{'position':%lld,'outcome':'%s'}",
                   (long long)position, outcome);
    return give(f, "auditor", "sample.ask", json);
}

/* [M16] */
TEST(the_coin_is_tossed_in_order_and_once)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    NO(f, "auditor", "sample.commit", COMMIT("300", ""), ERR_REFUSED,
       "audit.not_opened");
    DO(f, "lead", "audit.open", "{}");
    NO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}", ERR_REFUSED,
       "sample.not_committed");
    NO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}", ERR_REFUSED,
       "sample.no_nonce");
    NO(f, "auditor", "sample.ask", "{'position':1,'outcome':'satisfied'}",
       ERR_REFUSED, "sample.not_drawn");
    DO(f, "auditor", "sample.commit", COMMIT("300", ""));
    NO(f, "auditor", "sample.commit", COMMIT("299", ""), ERR_REFUSED,
       "sample.committed_already");
    NO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}", ERR_REFUSED,
       "sample.no_nonce");
    NO(f, "intake", "sample.give_nonce", "{'nonce':'" TWOS "'}", ERR_DENIED,
       "rights.role"); /* the body would hold both halves */
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    NO(f, "applicant", "sample.give_nonce", "{'nonce':'" ONES "'}", ERR_REFUSED,
       "sample.nonce_already");
    NO(f, "auditor", "sample.reveal", "{'nonce':'" TWOS "'}", ERR_REFUSED,
       "sample.wrong_nonce"); /* [SA1] not the one committed to */
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
    NO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}", ERR_REFUSED,
       "sample.drawn_already");

    struct hash seed = sampling_seed(&f->state->sample.commitment->list,
                                     &f->state->sample.drawn->nonce,
                                     &f->state->sample.nonce->nonce);
    EXPECT(memcmp(&seed, &f->state->sample.drawn->seed, sizeof seed) == 0);
}

/* [SA5] [M16] ten to twenty in the trade, three to five in this package */
TEST(how_many_are_asked_is_fixed_before_the_draw)
{
    static const struct attempt rows[] = {
        { "fewer than the package's least", "auditor", "sample.commit",
          COMMIT("300", ",'wanted':2"), ERR_INVALID, "sample.wanted" },
        { "its least", "auditor", "sample.commit", COMMIT("300", ",'wanted':3"),
          ALLOWED },
        { "its most", "auditor", "sample.commit", COMMIT("300", ",'wanted':5"),
          ALLOWED },
        { "more", "auditor", "sample.commit", COMMIT("300", ",'wanted':6"),
          ERR_INVALID, "sample.wanted" },
        { "not said: the most", "auditor", "sample.commit", COMMIT("300", ""),
          ALLOWED },
    };
    FIXTURE(f);
    FIXTURE(g);
    FIXTURE(h);

    open_audit(f);
    ATTEMPTS(f, rows);
    draw(g, COMMIT("300", ",'wanted':3"));
    EXPECT(sampling_wanted(g->state) == 3);
    draw(h, COMMIT("4", "")); /* a list shorter than the package's most */
    EXPECT(sampling_wanted(h->state) == 4);
}

/* [SA4] */
TEST(who_is_not_reached_is_replaced_by_the_next_of_the_sequence)
{
    FIXTURE(f);

    draw(f, COMMIT("300", ",'wanted':3"));
    EXPECT_ERR(ask(f, 2, "satisfied"), ERR_REFUSED, "sample.position");
    EXPECT_OK(ask(f, 1, "satisfied"));
    EXPECT_ERR(ask(f, 1, "satisfied"), ERR_REFUSED, "sample.position");
    EXPECT_OK(ask(f, 2, "unreached"));
    EXPECT_OK(ask(f, 3, "dissatisfied"));
    EXPECT(!sampling_complete(f->state));
    EXPECT(sampling_verdict(f->state) == SAMPLE_OPEN);
    EXPECT_OK(ask(f, 4, "satisfied"));
    EXPECT(sampling_complete(f->state));
    EXPECT_ERR(ask(f, 5, "satisfied"), ERR_REFUSED, "sample.enough");
    for (int i = 0; i < 4; i++)
        EXPECT(f->state->sample.answers[i].row ==
               sampling_row(&f->state->sample.drawn->seed, 300, i + 1));
}

TEST(whom_to_ask_next_is_known_from_the_draw_to_the_last_answer)
{
    FIXTURE(f);
    struct customer next = { -1, -1 };

    open_audit(f);
    EXPECT(!sampling_next(f->state, &next));
    DO(f, "auditor", "sample.commit", COMMIT("300", ",'wanted':3"));
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    EXPECT(!sampling_next(f->state, &next) && next.row == -1);
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
    for (int64_t i = 1; i <= 4; i++) {
        EXPECT(sampling_next(f->state, &next) && next.position == i);
        EXPECT_OK(ask(f, i, i == 1 ? "unreached" : "satisfied"));
        EXPECT(f->state->sample.answers[i - 1].row == next.row);
    }
    EXPECT(!sampling_next(f->state, &next) && next.position == 4);
}

TEST(a_list_that_is_exhausted_ends_the_sample)
{
    FIXTURE(f);

    draw(f, COMMIT("2", ""));
    EXPECT_OK(ask(f, 1, "unreached"));
    EXPECT_OK(ask(f, 2, "unreached"));
    EXPECT_ERR(ask(f, 3, "satisfied"), ERR_REFUSED, "sample.exhausted");
    EXPECT(sampling_complete(f->state));
    EXPECT(sampling_verdict(f->state) == SAMPLE_CANNOT_TELL);
}

TEST(asking_ends_when_far_too_many_were_not_reached)
{
    FIXTURE(f);

    draw(f, COMMIT("300", ""));
    for (int i = 1; i <= CUSTOMER_MAX; i++)
        EXPECT_OK(ask(f, i, "unreached"));
    EXPECT_ERR(ask(f, CUSTOMER_MAX, "satisfied"), ERR_REFUSED,
               "sample.exhausted");
    EXPECT(sampling_complete(f->state));
}

/* [M16] journey.md, Score: the drawn sample can only refute. */
TEST(few_answers_refute_or_cannot_tell)
{
    static const struct {
        int satisfied; /* of 5; 90 per cent are wanted */
        enum sample_verdict want;
    } rows[] = {
        { 0, SAMPLE_REFUTED },
        { 2, SAMPLE_REFUTED },     /* P(X <= 2) = 0.9 per cent */
        { 3, SAMPLE_CANNOT_TELL }, /* P(X <= 3) = 8.1 per cent */
        { 5, SAMPLE_CANNOT_TELL }, /* five of five still prove nothing */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        open_audit(f);
        do_sample(f, rows[i].satisfied);
        EXPECT(sampling_verdict(f->state) == rows[i].want);
    }
}

TEST(a_large_sample_can_show_the_rate)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("least: 3, most: 5", "least: 3, most: 40");

    draw(f, COMMIT("300", ""));
    for (int i = 1; i <= 40; i++)
        EXPECT_OK(ask(f, i, "satisfied"));
    EXPECT(sampling_verdict(f->state) == SAMPLE_MET); /* 35 are enough */
}

/* Where the level applied for has no such gate, another level's counts. */
TEST(the_verdict_is_held_against_the_level_applied_for_or_the_next)
{
    FIXTURE(f);

    open_audit(f);
    do_sample(f, 2);

    struct case_opened lower = *f->state->opened;
    lower.level = S("three");
    f->state->opened = &lower;
    EXPECT(sampling_verdict(f->state) == SAMPLE_REFUTED);
    f->scheme->levels = NULL;
    f->scheme->level_count = 0;
    EXPECT(sampling_verdict(f->state) == SAMPLE_OPEN);
}

/* A gate on the enterprise's own figure asks no customer. */
TEST(without_a_gate_to_refute_there_is_no_verdict)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("mode: refute", "mode: figure");

    open_audit(f);
    do_sample(f, 0);
    EXPECT(sampling_complete(f->state));
    EXPECT(sampling_verdict(f->state) == SAMPLE_OPEN);
    f->scheme->sample.used = false;
    EXPECT(sampling_verdict(f->state) == SAMPLE_OPEN);
}

/* Two of five refute 90 per cent, and say nothing about 70. */
TEST(the_verdict_is_held_against_the_gate_of_the_level_applied_for)
{
    static const char old[] = "min: 80, stars: 3 }";
    static const char new[] =
        "min: 80, stars: 3, gates: [{ id: s, label: { zh: 满意, en: Happy }, "
        "figure: satisfaction, least: [70, 100], mode: refute }] }";
    static const struct {
        const char *level;
        enum sample_verdict want;
    } rows[] = {
        { "ten", SAMPLE_REFUTED },
        { "three", SAMPLE_CANNOT_TELL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = fixture_with(old, new);

        open_audit(f);
        do_sample(f, 2);

        struct case_opened wish = *f->state->opened;
        wish.level = str_of(rows[i].level);
        f->state->opened = &wish;
        EXPECT_ROW(rows[i].level, sampling_verdict(f->state) == rows[i].want);
    }
}
