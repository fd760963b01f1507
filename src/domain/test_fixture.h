#ifndef DOMAIN_TEST_FIXTURE_H
#define DOMAIN_TEST_FIXTURE_H

/*
 * test_fixture -- a case to play with: a small scheme, an enterprise, a body
 * and its people, and give(), by which one of them gives a command.
 *
 * give() does what a service does: it decides, seals, folds, and keeps the
 * sealed texts.  After every command it expects that the invariants hold, that
 * what was sealed is read back, and that a refusal changed nothing.  Commands
 * are written as JSON with ' for ", to be read easily.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/actor.h"
#include "domain/command.h"
#include "domain/state.h"

struct json;

enum {
    FIXTURE_PEOPLE = 24,
    FIXTURE_EVENTS = 2000,
    FIXTURE_PUBLICS = 20,
    FIXTURE_ARENA = 256 << 20
};

struct fixture {
    struct arena arena; /* holds everything, this struct too */
    struct scheme *scheme;
    struct calendar *calendar;
    struct person people[FIXTURE_PEOPLE];
    size_t people_count;
    struct relation tie; /* of "tied" */
    struct enterprise enterprise;
    struct body body;
    str fields[1];
    struct facts facts;
    struct state *state;
    str texts[FIXTURE_EVENTS]; /* of the case, sealed */
    const struct event *events[FIXTURE_EVENTS];
    size_t n;
    const struct event *issued; /* certificate.issued, of its own stream */
    const struct event *publics[FIXTURE_PUBLICS]; /* all of that stream */
    size_t public_count;
};

/*
 * A case nobody opened yet, on 2026-03-02.  People by login: applicant; rival,
 * of another enterprise; intake, finance, planner, lead, auditor, spare
 * (auditors), tied (an auditor with a tie to the enterprise), expert, reviewer,
 * jack (auditor, reviewer and head), certificates, quality, head, appeal,
 * reporter, authority, admin; insider (of the enterprise, with every role);
 * critic (a reviewer), umpire (reviewer and head).
 */
struct fixture *fixture_new(void);
void fixture_end(struct fixture **f);
#define FIXTURE(f) scoped(fixture_end) struct fixture *f = fixture_new()

/* The same, with `old` replaced by `new` in the package's text. */
struct fixture *fixture_with(const char *old, const char *new);

/* "2026-03-02" as a day. */
day on(const char *date);
void set_today(struct fixture *f, const char *date);
void pass_days(struct fixture *f, int32_t days);

struct person *person_of(struct fixture *f, const char *login);

/* What may be on record of an expert, and why that does not do; [17065 6.1.2]
 * wants a field of the case's. */
struct expert_row {
    const char *why;
    struct qualification on_record;
    const char *id; /* NULL: it does */
};
enum { EXPERT_ROWS = 4 };
extern const struct expert_row expert_rows[EXPERT_ROWS];

/* Decide only: the events, nothing applied. */
err try_it(struct fixture *f, const char *who, const char *command,
           const char *json, struct event_list *out);

/* JSON with ' for ". */
struct json *fixture_json(struct fixture *f, const char *json);

/* `who` NULL: the program itself. */
err give(struct fixture *f, const char *who, const char *command,
         const char *json);

/* As try_it(), then decided again with every allocation failing in turn; its
 * result with plenty is in *plenty.  How many failures were met. */
long try_without_memory(struct fixture *f, const char *who, const char *command,
                        const char *json, err *plenty);

/* give(), which must succeed, or be refused for this reason. */
#define DO(f, who, command, json)                                              \
    EXPECT_ROW_OK(command, give((f), (who), (command), (json)))
#define NO(f, who, command, json, code, id)                                    \
    EXPECT_ROW_ERR(command, give((f), (who), (command), (json)), (code), (id))

/* A row of a table of attempts: decided, never applied, so that each row meets
 * the same state.  `id` NULL: it is allowed. */
struct attempt {
    const char *name;
    const char *who;
    const char *command;
    const char *json;
    enum err_code code;
    const char *id;
};
void expect_attempts(struct fixture *f, const struct attempt *rows, size_t n);
#define ATTEMPTS(f, rows) expect_attempts((f), (rows), COUNT(rows))
#define ALLOWED           0, NULL

/* The plain course of the main path up to the beginning of a stage; with
 * STAGE_ENDED, up to the end of the first surveillance.  One minor
 * nonconformity (1.1) is raised only on the way to STAGE_CORRECTION. */
void go_to(struct fixture *f, enum stage stage);

/* Parts of it, each from the beginning of its stage. */
void prepare_case(struct fixture *f); /* up to the application */
/* The same, with more in case.open. */
void prepare_kind(struct fixture *f, const char *more);
void do_preparation(struct fixture *f, bool with_licence);
/* With the licence, from an enterprise of that trade. */
void do_preparation_of_trade(struct fixture *f, const char *trade);
void do_completeness(struct fixture *f);
void do_contract(struct fixture *f);
void do_documents(struct fixture *f);
void do_plan(struct fixture *f);
void do_findings(struct fixture *f, const char *result_of_1_1);
void do_draw(struct fixture *f); /* of 300 customers; 5 are asked */
void do_sample(struct fixture *f, int satisfied);
void do_audit(struct fixture *f);
void do_report(struct fixture *f);
void do_decision(struct fixture *f);

/* Decided by `who`, signed by the head. */
void do_reduction(struct fixture *f, const char *who, const char *json);

/* Certified on 2026-04-15, valid until 2029-04-14; now the day given. */
void certified(struct fixture *f, const char *today);

/* Of a surveillance, led by "spare"; the package's is about 1.1 and 1.2. */
void do_round_plan(struct fixture *f);
void do_round_audit(struct fixture *f);
void do_round_report(struct fixture *f);
/* A round of this kind from "certified" on, granted at this level. */
void do_round_of(struct fixture *f, const char *kind, const char *level);
/* Answers to the eligibility of the mini scheme: it is a legal person, and
 * whether there was an accident; and to its first five indicators of six. */
#define DECLARED(accident)                                                     \
    "{'declarations':[{'item':'legal_person','yes':true},"                     \
    "{'item':'accident','yes':" accident "}]}"
#define FIRST_FIVE                                                             \
    "{'indicator':'1.1','result':'met'},"                                      \
    "{'indicator':'1.2','result':'sampled','k':9,'n':10},"                     \
    "{'indicator':'2.1','result':'met'},"                                      \
    "{'indicator':'2.2','result':'sampled','k':10,'n':10},"                    \
    "{'indicator':'3.1','result':'met'}"

/* A hash of 32 times the byte, as the JSON above writes it. */
#define ONES "0101010101010101010101010101010101010101010101010101010101010101"
#define TWOS "0202020202020202020202020202020202020202020202020202020202020202"
/* SHA-256 of 32 bytes 01 */
#define COMMIT_ONES                                                            \
    "72cd6e8422c407fb6d098690f1130b7ded7ec2f7f5e1d30bd9d521f015363793"

/* The text of tests/schemes/mini; the same with `old` replaced by `new`; a text
 * as a scheme. */
str test_scheme_text(struct arena *a);
str test_scheme_with(struct arena *a, const char *old, const char *new);
struct scheme *test_scheme_from(struct arena *a, str yaml);

/* The case's journal as a list. */
struct event_list fixture_journal(struct fixture *f);

/* The state that the sealed texts give when read again. */
struct state *replayed(struct fixture *f);

#endif
