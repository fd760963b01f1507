#ifndef SERVICE_SERVICE_TEST_ENV_H
#define SERVICE_SERVICE_TEST_ENV_H

/*
 * service_test_env -- a body at work, for tests of services and faces.
 *
 *     EACH_STORE_TEST(an_applicant_opens_a_case)
 *     {
 *         TEST_OFFICE(o, place);
 *         str ref = office_case(&o);
 *
 *         EXPECT_OK(office_do(&o, "newcomer", ref, "eligibility.answer", ..));
 *     }
 *
 * The office is founded as a demonstration is (demo/demo.yaml), by the same
 * use cases, so its people are found by the logins that stand there: intake,
 * auditor1, reviewer and so on.  Beside them there are two enterprises with an
 * applicant each, "newcomer" and "rival", "insider", who works for newcomer's
 * enterprise and has every role but applicant's, and the package "mini" of
 * tests/schemes, which has something of every kind and is quick.
 *
 *   [OF1] Time stands still at nine o'clock of OFFICE_TODAY until a test moves
 *         it; ids come from a seed.  So two offices differ in nothing.
 *   [OF2] Nothing is behind the services' back: what is there was founded,
 *         registered or given as a command.
 *   [OF3] Every office is as new, though founded only once
 *         (service_test_found.c).  On PostgreSQL all stand in one place, so
 *         one is open at a time.
 */

#include "base/size.h"
#include "base/test.h"
#include "service/app.h"
#include "service/cases.h"
#include "service/registry.h"
#include "service/script.h"
#include "store/refusals.h"
#include "store/store_test_env.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

#define OFFICE_TODAY "2026-03-02"

/* The codes of newcomer's and of rival's enterprise. */
#define OFFICE_USCC "91350100M000100Y43"
#define RIVAL_USCC  "91330100799655058B"

struct office {
    struct store_place place; /* of the store that is used */
    struct heap heap;
    struct arena arena; /* of the test: everything it asks for */
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct file_ops files;
    struct app_world world; /* of the four above */
    str dir;
    struct app *app;           /* open for writing */
    struct enterprise_row own; /* newcomer's */
    struct enterprise_row other;
    const struct yaml *texts; /* what people write, of demo.yaml */
};

/* An office until the scope ends; one that cannot be founded fails the test
 * and returns. */
#define TEST_OFFICE(name, place)                                               \
    scoped(office_end) struct office name;                                     \
    if (!office_open(&name, (place)))                                          \
    return

/* For those two. */
bool office_open(struct office *o, const struct store_place *place);
void office_end(struct office *o);

/* A world and a folder, nothing founded in it: for tests of founding. */
#define TEST_WORLD(name, place)                                                \
    scoped(office_end) struct office name;                                     \
    if (!office_world(&name, (place)))                                         \
    return
bool office_world(struct office *o, const struct store_place *place);

/* Make its folder, and DIR/store where the store is PostgreSQL's. */
err office_name_store(struct office *o);

/* "2026-03-02" as a day. */
day office_day(const char *date);

/* The day by the office's clock; and so many later. */
day office_today(const struct office *o);
void office_pass_days(struct office *o, int32_t days);

/* --- acting ----------------------------------------------------------- */

/* The program itself, today. */
struct registrar office_registrar(const struct office *o);

/* Somebody more: of an enterprise, or of the body with a zero id. */
err office_hire(struct office *o, const char *login, unsigned roles,
                id enterprise);

/* Freeze a package that is this one scheme.yaml. */
err office_freeze(struct office *o, str yaml, struct hash *out);

/* The text of mini with `old` in it replaced by `new`. */
str office_mini_text(struct office *o, const char *old, const char *new);

/* Freeze, a moment later, mini so changed. */
struct hash office_mini_with(struct office *o, const char *old,
                             const char *new);

/* Somebody's session, in the office's arena. */
const struct session *office_as(struct office *o, const char *login);

/* JSON with ' for ", to be read easily. */
struct json *office_json(struct office *o, const char *json);

/* What `login` asks for: of any version, under an id that is drawn.  A test
 * changes what it is about and gives it to cases_do(). */
struct case_order office_order(struct office *o, const char *login, str ref,
                               const char *command, const char *json);

/* Give it; `out` may be NULL. */
err office_give(struct office *o, const struct case_order *order,
                struct case_answer *out);
err office_do(struct office *o, const char *login, str ref, const char *command,
              const char *json);

/* A new case of newcomer's by the package mini: its number; or of rival's. */
str office_case(struct office *o);
str office_case_of(struct office *o, const char *login);

/* The case as quality reads it; a case without state when it cannot. */
struct case_file office_read(struct office *o, str ref);

/* The next keys for credentials and for codes; or none any more.  The app has
 * them, or has them not, from now on: it is opened anew, for writing. */
err office_make_keys(struct office *o);
err office_lose_keys(struct office *o);

/* --- going on --------------------------------------------------------- */

/* How cases go, for service/script; a test may change it. */
struct script office_script(struct office *o);

/* One step on in the case, or `over`. */
err office_step(struct office *o, struct script *script, str ref, bool *over);

/* On to the beginning of `stage`; STAGE_ENDED: as far as the script goes. */
void office_go_to(struct office *o, str ref, enum stage stage);

/* A new case of newcomer's that has its certificate: its number; or of rival's.
 */
str office_certified(struct office *o);
str office_certified_of(struct office *o, const char *login);

/* --- looking ---------------------------------------------------------- */

/* Its store, for store_open(). */
str office_where(struct office *o);

/* The number that `sql` gives in the office's store; the rows it gives, or
 * what it changes. */
int64_t office_count(const struct office *o, const char *sql);
str office_ask(struct office *o, const char *sql);

/* The newest entry of the audit trail; a zeroed one, and a failed test, when
 * there is none. */
struct refusal_row office_refusal(struct office *o);

/* Rows of journal, command, refusal and the rest, to see that nothing else
 * changed. */
struct office_rows {
    int64_t streams;
    int64_t events;
    int64_t commands;
    int64_t refusals;
    int64_t counted;  /* sum of all counters */
    int64_t versions; /* sum over the list of cases */
    int64_t pending;  /* of the log */
};
struct office_rows office_rows(struct office *o);

/* Is everything as it was, except for so many refusals more? */
#define EXPECT_ONLY_REFUSALS(row, before, after, n)                            \
    EXPECT_ROW(row, office_rows_same(&(before), &(after), (n)))
bool office_rows_same(const struct office_rows *before,
                      const struct office_rows *after, int64_t refusals);

#endif
