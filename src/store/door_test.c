/* What the door keeps, on both engines: sessions, second factors, tickets,
 * failures, admission, and its trail. [17065 4.5] */

#include "base/size.h"
#include "store/admission.h"
#include "store/factors.h"
#include "store/failures.h"
#include "store/passages.h"
#include "store/people.h"
#include "store/store_test_env.h"
#include "store/tickets.h"
#include "store/web_sessions.h"

static const id li = { { 1 } };
static const id zhang = { { 2 } };
static const id nobody = { { 3 } };

/* A tx with two people. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct person_row people[] = { { .id = li, .login = S("li") },
                                         { .id = zhang, .login = S("zhang") } };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    for (size_t i = 0; i < COUNT(people); i++)
        TRY(person_put(*tx, &people[i]));
    return OK;
}

/* --- sessions --------------------------------------------------------- */

static struct web_session_row session_of(id person, uint8_t token,
                                         int64_t number)
{
    return (struct web_session_row){
        .token = { { token } },
        .person = person,
        .number = number,
        .state = WEB_SESSION_CODE,
        .made = 100,
        .seen = 200 + token,
        .ends = 300 + token,
        .network = S("192.0.2.7"),
        .agent = S("a browser"),
    };
}

static size_t count_sessions(struct tx *tx, struct arena *a, id person,
                             int64_t after, int32_t limit)
{
    struct list l = { 0 };

    EXPECT_OK(web_session_list(tx, a, person, after, limit, &l));
    return l.n;
}

EACH_STORE_TEST(a_session_is_found_by_its_token_seen_opened_and_ended)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct web_session_row rows[] = { session_of(li, 10, 1),
                                            session_of(li, 11, 2),
                                            session_of(zhang, 12, 1) };
    const struct hash unknown = { { 99 } };
    struct web_session_row got = { .number = 77 };
    int64_t last = 7;
    bool found = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(web_session_last(tx, li, &last));
    EXPECT(last == 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(web_session_add(tx, &rows[i]));
    EXPECT_OK(web_session_last(tx, li, &last));
    EXPECT(last == 2);
    EXPECT_OK(web_session_get(tx, &a, &unknown, &got, &found));
    EXPECT(!found && got.number == 77);

    EXPECT_OK(web_session_touch(tx, &rows[1].token, 250));
    EXPECT_OK(web_session_open(tx, &rows[1].token, 900));
    EXPECT_OK(web_session_get(tx, &a, &rows[1].token, &got, &found));
    EXPECT(found && id_eq(got.person, li) && got.number == 2);
    EXPECT(got.state == WEB_SESSION_OPEN && got.made == 100);
    EXPECT(got.seen == 250 && got.ends == 900);
    EXPECT_STR(got.network, S("192.0.2.7"));
    EXPECT_STR(got.agent, S("a browser"));

    EXPECT(count_sessions(tx, &a, li, 0, 10) == 2);
    EXPECT(count_sessions(tx, &a, li, 1, 10) == 1);
    EXPECT(count_sessions(tx, &a, li, 0, 1) == 1);
    EXPECT_OK(web_session_drop(tx, zhang, 2, &found)); /* li's number */
    EXPECT(!found);
    EXPECT_OK(web_session_drop(tx, li, 2, &found));
    EXPECT(found && count_sessions(tx, &a, li, 0, 10) == 1);
    EXPECT_ERR(web_session_touch(tx, &rows[1].token, 260), ERR_CONFLICT,
               "store.changed");
    EXPECT_ERR(web_session_open(tx, &rows[1].token, 260), ERR_CONFLICT,
               "store.changed");
}

EACH_STORE_TEST(all_sessions_of_a_person_end_but_the_one_that_is_named)
{
    static const struct {
        const char *why;
        int64_t but;
        size_t left;
    } cases[] = { { "the second stays", 2, 1 }, { "none stays", 0, 0 } };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);

    for (size_t i = 0; i < COUNT(cases); i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(begin(s, &a, &tx));
        for (uint8_t n = 1; n <= 3; n++) {
            const struct web_session_row row = session_of(li, n, n);

            EXPECT_OK(web_session_add(tx, &row));
        }
        const struct web_session_row other = session_of(zhang, 9, 1);
        EXPECT_OK(web_session_add(tx, &other));
        EXPECT_OK(web_session_drop_others(tx, li, cases[i].but));
        EXPECT_ROW(cases[i].why,
                   count_sessions(tx, &a, li, 0, 10) == cases[i].left);
        EXPECT(count_sessions(tx, &a, zhang, 0, 10) == 1);
    }
}

/* Both sides of either end: session 10 ends at 310 and was seen at 210. */
EACH_STORE_TEST(sessions_that_ended_or_were_long_unseen_are_taken_away)
{
    static const struct {
        const char *why;
        int64_t now;
        int64_t unseen;
        size_t left;
    } cases[] = {
        { "neither", 309, 209, 1 },
        { "it ends now", 310, 209, 0 },
        { "not seen since", 309, 210, 0 },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);

    for (size_t i = 0; i < COUNT(cases); i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        const struct web_session_row row = session_of(li, 10, 1);

        EXPECT_OK(begin(s, &a, &tx));
        EXPECT_OK(web_session_add(tx, &row));
        EXPECT_OK(web_session_drop_over(tx, cases[i].now, cases[i].unseen));
        EXPECT_ROW(cases[i].why,
                   count_sessions(tx, &a, li, 0, 10) == cases[i].left);
    }
}

EACH_STORE_TEST(a_session_is_one_person_s_and_has_a_token_and_a_number)
{
    static const struct {
        const char *why;
        id person;
        uint8_t token;
        int64_t number;
    } rows[] = {
        { "the token is taken", { { 2 } }, 10, 1 },
        { "the number is", { { 1 } }, 11, 1 },
        { "nobody has that id", { { 3 } }, 12, 1 },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        const struct web_session_row first = session_of(li, 10, 1);
        const struct web_session_row next =
            session_of(rows[i].person, rows[i].token, rows[i].number);

        EXPECT_OK(begin(s, &a, &tx));
        EXPECT_OK(web_session_add(tx, &first));
        EXPECT_ROW_ERR(rows[i].why, web_session_add(tx, &next), ERR_CONFLICT,
                       "store.constraint");
    }
}

/* --- second factors --------------------------------------------------- */

EACH_STORE_TEST(a_factor_waits_beside_the_one_that_counts)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct factor_row counts = { li, true, S("box"), 5, 100 };
    const struct factor_row waits = { li, false, S("new box"), 0, 200 };
    const struct factor_row again = { li, false, S("third"), 0, 300 };
    struct factor_row got = { .step = 77 };
    bool found = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(factor_get(tx, &a, li, true, &got, &found));
    EXPECT(!found && got.step == 77);
    EXPECT_OK(factor_put(tx, &counts));
    EXPECT_OK(factor_put(tx, &waits));
    EXPECT_OK(factor_put(tx, &again)); /* in place of the one that waited */
    EXPECT_OK(factor_get(tx, &a, li, false, &got, &found));
    EXPECT(found && !got.proved && got.made == 300);
    EXPECT_STR(got.sealed, S("third"));
    EXPECT_OK(factor_get(tx, &a, li, true, &got, &found));
    EXPECT(found && got.proved && got.step == 5 && id_eq(got.person, li));
    EXPECT_STR(got.sealed, S("box"));
    EXPECT_OK(factor_drop(tx, li, false));
    EXPECT_OK(factor_get(tx, &a, li, false, &got, &found));
    EXPECT(!found);
    EXPECT_OK(factor_get(tx, &a, li, true, &got, &found));
    EXPECT(found);
}

/* [SF3] */
EACH_STORE_TEST(a_step_is_used_up_once_and_with_it_all_before_it)
{
    static const struct {
        const char *why;
        id person;
        int64_t step;
        bool used;
    } rows[] = {
        { "the last again", { { 1 } }, 5, false },
        { "one before it", { { 1 } }, 4, false },
        { "the next", { { 1 } }, 6, true },
        { "the next again", { { 1 } }, 6, false },
        { "of one that only waits", { { 2 } }, 9, false },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct factor_row counts = { li, true, S("box"), 5, 100 };
    const struct factor_row waits = { zhang, false, S("box"), 5, 100 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(factor_put(tx, &counts));
    EXPECT_OK(factor_put(tx, &waits));
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool used = !rows[i].used;

        EXPECT_OK(factor_use(tx, rows[i].person, rows[i].step, &used));
        EXPECT_ROW(rows[i].why, used == rows[i].used);
    }
}

/* [SF4] */
EACH_STORE_TEST(a_recovery_code_is_gone_once_used)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct hash codes[] = { { { 1 } }, { { 2 } } };
    int64_t left = 7;
    bool used = true;

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(codes); i++)
        EXPECT_OK(recovery_code_add(tx, li, &codes[i]));
    EXPECT_OK(recovery_code_use(tx, zhang, &codes[0], &used));
    EXPECT(!used);
    EXPECT_OK(recovery_code_use(tx, li, &codes[0], &used));
    EXPECT(used);
    EXPECT_OK(recovery_code_use(tx, li, &codes[0], &used));
    EXPECT(!used);
    EXPECT_OK(recovery_code_count(tx, li, &left));
    EXPECT(left == 1);
    EXPECT_OK(recovery_code_drop_all(tx, li));
    EXPECT_OK(recovery_code_count(tx, li, &left));
    EXPECT(left == 0);
}

/* --- tickets ---------------------------------------------------------- */

static struct ticket_row ticket_of(uint8_t token, enum ticket_kind kind,
                                   id person)
{
    return (struct ticket_row){
        .token = { { token } },
        .kind = kind,
        .person = person,
        .made_by = zhang,
        .made = 100,
        .ends = 200,
        .sealed = S("box"),
    };
}

static bool ticket_there(struct tx *tx, struct arena *a, uint8_t token)
{
    const struct hash hash = { { token } };
    struct ticket_row got;
    bool found = false;

    EXPECT_OK(ticket_get(tx, a, &hash, &got, &found));
    return found;
}

EACH_STORE_TEST(a_ticket_is_used_once_and_then_it_is_gone)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct ticket_row row = ticket_of(1, TICKET_INVITE, (id){ { 0 } });
    struct ticket_row got = { 0 };
    bool found = false;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(ticket_add(tx, &row));
    EXPECT_OK(ticket_get(tx, &a, &row.token, &got, &found));
    EXPECT(found && got.kind == TICKET_INVITE && id_is_zero(got.person));
    EXPECT(id_eq(got.made_by, zhang) && got.made == 100 && got.ends == 200);
    EXPECT_STR(got.sealed, S("box"));
    EXPECT_OK(ticket_use(tx, &row.token));
    EXPECT(!ticket_there(tx, &a, 1));
    EXPECT_ERR(ticket_use(tx, &row.token), ERR_CONFLICT, "store.changed");
}

EACH_STORE_TEST(tickets_of_one_kind_and_person_go_together)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct ticket_row rows[] = {
        ticket_of(1, TICKET_RESET, li),
        ticket_of(2, TICKET_RESET, li),
        ticket_of(3, TICKET_RESET, zhang),
        ticket_of(4, TICKET_INVITE, li),
    };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(ticket_add(tx, &rows[i]));
    EXPECT_OK(ticket_drop_of(tx, li, TICKET_RESET));
    EXPECT(!ticket_there(tx, &a, 1) && !ticket_there(tx, &a, 2));
    EXPECT(ticket_there(tx, &a, 3) && ticket_there(tx, &a, 4));
    EXPECT_OK(ticket_drop_over(tx, 199));
    EXPECT(ticket_there(tx, &a, 3));
    EXPECT_OK(ticket_drop_over(tx, 200));
    EXPECT(!ticket_there(tx, &a, 3) && !ticket_there(tx, &a, 4));
}

/* --- failures --------------------------------------------------------- */

EACH_STORE_TEST(failures_are_kept_replaced_and_forgotten)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct hash whose = { { 1 } };
    const struct failure_row rows[] = { { 1, 100 }, { 2, 200 } };
    const struct failure_row none = { 0, 300 };
    struct failure_row got = { 7, 7 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(failure_get(tx, &whose, &got));
    EXPECT(got.times == 0 && got.last == 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(failure_put(tx, &whose, &rows[i]));
        EXPECT_OK(failure_get(tx, &whose, &got));
        EXPECT(got.times == rows[i].times && got.last == rows[i].last);
    }
    EXPECT_OK(failure_drop_before(tx, 199));
    EXPECT_OK(failure_get(tx, &whose, &got));
    EXPECT(got.times == 2);
    EXPECT_OK(failure_drop_before(tx, 200));
    EXPECT_OK(failure_get(tx, &whose, &got));
    EXPECT(got.times == 0);
    EXPECT_OK(failure_put(tx, &whose, &rows[0]));
    EXPECT_OK(failure_put(tx, &whose, &none));
    EXPECT_OK(failure_get(tx, &whose, &got));
    EXPECT(got.times == 0);
}

/* --- admission -------------------------------------------------------- */

EACH_STORE_TEST(of_whom_nothing_was_said_access_goes_on_without_mail)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct admission_row rows[] = {
        { 20000, S("li@example.com"), S("") },
        { DAY_NEVER, S(""), S("") },
    };
    struct admission_row got = { 0 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(admission_get(tx, &a, li, &got));
    EXPECT(got.until == DAY_NEVER && got.mail.n == 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(admission_put(tx, li, &rows[i]));
        EXPECT_OK(admission_get(tx, &a, li, &got));
        EXPECT(got.until == rows[i].until);
        EXPECT_STR(got.mail, rows[i].mail);
    }
    EXPECT_ERR(admission_put(tx, nobody, &rows[0]), ERR_CONFLICT,
               "store.constraint");
}

/* --- the trail -------------------------------------------------------- */

EACH_STORE_TEST(the_trail_is_read_in_order_of_everybody_or_of_one)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct passage_row rows[] = {
        { .at = 1, .channel = S("web"), .what = PASSAGE_WRONG_PASSWORD },
        { .at = 2, .person = li, .channel = S("web"), .what = PASSAGE_IN },
        { .at = 3,
          .person = li,
          .actor = zhang,
          .channel = S("cli"),
          .what = PASSAGE_REVOKED },
        { .at = 4,
          .person = zhang,
          .channel = S("web"),
          .what = PASSAGE_CONFIRMED,
          .about = { { 9, 8 } } },
    };
    struct list l = { 0 };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(passage_add(tx, &rows[i]));
    EXPECT_OK(passage_list(tx, &a, 0, 10, &l));
    EXPECT(l.n == COUNT(rows));
    const struct passage_row *got = l.p;
    for (size_t i = 0; i < l.n; i++) {
        EXPECT(got[i].at == rows[i].at && got[i].what == rows[i].what);
        EXPECT(id_eq(got[i].person, rows[i].person));
        EXPECT(id_eq(got[i].actor, rows[i].actor));
        EXPECT_STR(got[i].channel, rows[i].channel);
        EXPECT(memcmp(&got[i].about, &rows[i].about, sizeof got[i].about) == 0);
    }
    EXPECT_OK(passage_list(tx, &a, got[1].id, 1, &l));
    EXPECT(l.n == 1 && ((const struct passage_row *)l.p)->at == 3);
    EXPECT_OK(passage_list_of(tx, &a, li, 0, 10, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(passage_list_back(tx, &a, INT64_MAX, 10, &l));
    EXPECT(l.n == 4 && ((const struct passage_row *)l.p)->id == got[3].id);
    EXPECT_OK(passage_list_back(tx, &a, got[3].id, 1, &l));
    EXPECT(l.n == 1 && ((const struct passage_row *)l.p)->id == got[2].id);
    EXPECT_OK(passage_list_back_of(tx, &a, li, INT64_MAX, 1, &l));
    EXPECT(l.n == 1 && id_eq(((const struct passage_row *)l.p)->person, li));
    EXPECT_OK(passage_list_back_of(tx, &a, li, got[1].id, 10, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(passage_list_of(tx, &a, li, got[1].id, 10, &l));
    EXPECT(l.n == 1);
}

/* Rows go with the person they are of; the trail stays. */
EACH_STORE_TEST(whoever_is_taken_away_holds_nothing_any_more)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct web_session_row session = session_of(li, 10, 1);
    const struct factor_row factor = { li, true, S("box"), 5, 100 };
    const struct ticket_row ticket = ticket_of(1, TICKET_RESET, li);
    const struct admission_row admission = { 20000, S("li@example.com"),
                                             S("") };
    const struct passage_row passage = {
        .at = 2, .person = li, .channel = S("web"), .what = PASSAGE_IN
    };
    const struct hash code = { { 1 } };
    struct admission_row left = { 0 };
    struct factor_row got;
    struct list l = { 0 };
    int64_t codes = 7;
    bool found = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(web_session_add(tx, &session));
    EXPECT_OK(factor_put(tx, &factor));
    EXPECT_OK(recovery_code_add(tx, li, &code));
    EXPECT_OK(ticket_add(tx, &ticket));
    EXPECT_OK(admission_put(tx, li, &admission));
    EXPECT_OK(passage_add(tx, &passage));
    EXPECT_OK(person_clear_strays(tx)); /* there is no stream */
    EXPECT(count_sessions(tx, &a, li, 0, 10) == 0);
    EXPECT_OK(factor_get(tx, &a, li, true, &got, &found));
    EXPECT(!found && !ticket_there(tx, &a, 1));
    EXPECT_OK(recovery_code_count(tx, li, &codes));
    EXPECT(codes == 0);
    EXPECT_OK(admission_get(tx, &a, li, &left));
    EXPECT(left.until == DAY_NEVER);
    EXPECT_OK(passage_list_of(tx, &a, li, 0, 10, &l));
    EXPECT(l.n == 1);
}
