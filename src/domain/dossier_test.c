/* The record of a decision in parts: what they say, what they never say, and
 * how they are sealed. [17065 7.6] [17065 7.12] */

#include "domain/dossier.h"

#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

#include <stdio.h>

#define GRANTS "{'outcome':'granted','reasons':'材料齐全'}"

static const struct hash KEY = { { 0x4b } };

/* The parts of a case that is decided and not yet signed. */
static void parts_of(struct fixture *f, str out[static DOSSIER_PARTS])
{
    for (int i = 0; i < DOSSIER_PARTS; i++)
        out[i] = S("");
    DO(f, "reviewer", "decision.grant", "{'note':'可'}");
    EXPECT_OK(dossier_parts(&f->arena, f->state, &KEY, out));
}

/* A case with a minor nonconformity that was corrected. */
static void corrected(struct fixture *f)
{
    go_to(f, STAGE_CORRECTION);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'x','action':'x','evidence':['x']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
}

/* [DS1] What was sealed is checked for ever: pinned byte for byte. */
TEST(the_parts_of_a_decided_case_are_what_they_are_for_ever)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];

    corrected(f);
    parts_of(f, parts);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        char name[100];

        (void)snprintf(name, sizeof name, "record/%s.json",
                       dossier_part_names[i]);
        expect_pinned(&f->arena, name, parts[i]);
    }
}

/* [DS1] Each part is read back by the record it was written by. */
TEST(every_part_of_a_record_is_read_back_to_the_same_bytes)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];

    corrected(f);
    parts_of(f, parts);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        const struct record *r = dossier_part_records[i];
        void *data = arena_zero(&f->arena, r->size);
        struct json *j = NULL;
        struct buf b;
        str again = S("");

        EXPECT_ROW_OK(dossier_part_names[i],
                      json_parse(&f->arena, parts[i], &j));
        EXPECT_ROW_OK(dossier_part_names[i],
                      record_read(&f->arena, r, j, data));
        EXPECT_ROW_OK(dossier_part_names[i],
                      record_write(&f->arena, r, data, &j));
        buf_init(&b, &f->arena, DOSSIER_PART_MAX);
        json_canonical(&b, j);
        EXPECT_OK(buf_done(&b, &again));
        EXPECT_STR(again, parts[i]);
    }
}

/* The lowest level is one, and none is none. */
TEST(a_record_names_the_level_that_was_reached)
{
    static const struct {
        int32_t level;
        const char *id;
    } rows[] = { { -1, "" }, { 0, "three" }, { 1, "ten" } };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct score *score = arena_zero(&f->arena, sizeof *score);
        struct dossier_score made;

        score->level = rows[i].level;
        score->level_by_score = rows[COUNT(rows) - 1 - i].level;
        EXPECT_OK(dossier_score_of(&f->arena, f->scheme, score, &made));
        EXPECT_STR(made.level, str_of(rows[i].id));
        EXPECT_STR(made.level_by_score, str_of(rows[COUNT(rows) - 1 - i].id));
    }
}

/* [DE3] Against the team's word, too. */
TEST(a_record_says_what_the_team_recommended)
{
    static const struct {
        const char *json;
        const char *says;
    } rows[] = {
        { "{'recommended':true,'summary':'s'}", "\"recommended\":true" },
        { "{'recommended':false,'summary':'s'}", "\"recommended\":false" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        str parts[DOSSIER_PARTS];

        go_to(f, STAGE_REPORT);
        DO(f, "lead", "report.issue", rows[i].json);
        DO(f, "applicant", "report.acknowledge", "{}");
        parts_of(f, parts);
        EXPECT_ROW(rows[i].says,
                   str_contains(parts[PART_DECISION], str_of(rows[i].says)));
    }
}

/* [DS2] [17065 7.6] By number, never by name. */
TEST(a_record_counts_the_seats_of_the_panel)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire'],"
       "'experts':['expert']}");
    DO(f, "reviewer", "decision.vote", GRANTS);
    DO(f, "critic", "decision.vote", GRANTS);
    DO(f, "umpire", "decision.vote", GRANTS);
    parts_of(f, parts);
    EXPECT(str_contains(parts[PART_TEAM], S("\"panel\":3")));
    EXPECT(str_contains(parts[PART_TEAM], S("\"panel_expert\":1")));
    EXPECT(!str_contains(parts[PART_TEAM], S("\"reviewers\":1")));
}

#define TWENTY           "12345678901234567890"
#define IN_FIGURES(k, n) "{'figures':[{'figure':'x','k':" k ",'n':" n "}]}"
#define IN_ANSWERS(row)                                                        \
    "{'answers':[{'outcome':'satisfied','position':1,'row':" row "}]}"
#define IN_TEAM(people, days)                                                  \
    "{'auditors':" people ",'experts':0,'leads':1,'panel':0,'panel_expert':0," \
    "'reviewers':1,'person_days':" days "}"
#define IN_SCORE(number)                                                       \
    "{'answered':6,'failed_by_specials':false,'level':'ten',"                  \
    "'level_by_score':'ten','shown':1,'gates':[],'den':'1','num':'" number     \
    "'}"
#define OF_STAFF(staff)                                                        \
    "{'kind':'initial','level':'ten','scope':'服务','service_staff':1,"      \
    "'covered_staff':1,'sites':[{'kind':'hq','name':'x'}],'staff':" staff "}"

/* [DS1] Whoever checks a part reads it by these bounds, for ever. */
TEST(a_part_is_read_within_its_bounds)
{
    static const struct {
        enum dossier_part part;
        const char *json;
        const char *refused; /* NULL: it is read */
    } rows[] = {
        { PART_FIGURES, IN_FIGURES("1000000000", "1000000000"), NULL },
        { PART_FIGURES, IN_FIGURES("1000000001", "1"), "record.range" },
        { PART_FIGURES, IN_FIGURES("1", "1000000001"), "record.range" },
        { PART_ANSWERS, IN_ANSWERS("100000000"), NULL },
        { PART_ANSWERS, IN_ANSWERS("100000001"), "record.range" },
        { PART_TEAM, IN_TEAM("1000", "100000"), NULL },
        { PART_TEAM, IN_TEAM("1001", "1"), "record.range" },
        { PART_TEAM, IN_TEAM("1", "100001"), "record.range" },
        { PART_SCORE, IN_SCORE(TWENTY TWENTY "12345678"), NULL },
        { PART_SCORE, IN_SCORE(TWENTY TWENTY "123456789"), "record.length" },
        { PART_APPLICATION, OF_STAFF("100000000"), NULL },
        { PART_APPLICATION, OF_STAFF("100000001"), "record.range" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct record *r = dossier_part_records[rows[i].part];
        void *data = arena_zero(&f->arena, r->size);
        err e = record_read(&f->arena, r, fixture_json(f, rows[i].json), data);

        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].json, e);
        else
            EXPECT_ROW_ERR(rows[i].json, e, ERR_INVALID, rows[i].refused);
    }
}

/* One of one is a figure. */
TEST(a_record_has_every_figure_that_was_taken)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];

    corrected(f);
    f->state->figures[1].k = 1;
    f->state->figures[1].n = 1;
    parts_of(f, parts);
    EXPECT(str_contains(parts[PART_FIGURES], S("\"resolution\"")));
}

/* [DS2] [EV3] [M19] */
TEST(no_part_of_a_record_names_a_person_or_the_enterprise)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];
    char digits[ID_TEXT];

    corrected(f);
    parts_of(f, parts);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        for (size_t p = 0; p < f->people_count; p++)
            EXPECT(!str_contains(parts[i], id_text(f->people[p].id, digits)));
        EXPECT(!str_contains(parts[i], id_text(f->enterprise.id, digits)));
        EXPECT(!str_contains(parts[i], f->enterprise.name));
        EXPECT(!str_contains(parts[i], f->enterprise.uscc));
    }
    EXPECT(str_contains(parts[PART_SCHEME], id_text(f->state->id, digits)));
}

static struct event_list signing(struct fixture *f)
{
    struct event_list made = { 0 };

    EXPECT_OK(try_it(f, "head", "decision.sign", "{}", &made));
    return made;
}

/* decision.c [DE9] */
TEST(the_second_signature_commits_to_the_record_first)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];
    struct event_list made;

    f->facts.record_key = KEY;
    corrected(f);
    parts_of(f, parts);
    made = signing(f);
    EXPECT(made.n == 2);
    if (made.n != 2)
        return;
    EXPECT_STR(str_of(made.first->kind->name), S("record.committed"));
    EXPECT_STR(str_of(made.last->kind->name), S("decision.signed"));

    const struct record_committed *x = made.first->data;
    const struct part_seal *seals = x->parts.p;
    EXPECT(x->parts.n == DOSSIER_PARTS);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        struct hash salt;
        struct hash seal;

        dossier_salt(&KEY, (enum dossier_part)i, &salt);
        dossier_seal(&salt, parts[i], &seal);
        EXPECT_STR(seals[i].part, str_of(dossier_part_names[i]));
        EXPECT(hash_eq(&seals[i].seal, &seal));
    }
}

/* [DS3] Worked out by hand: SHA-256 over what the header says. */
TEST(a_salt_is_of_its_part_and_key_and_of_nothing_else)
{
    static const char said[] = "tenstar record part";
    struct sha256 h;
    struct hash want;
    struct hash salt;
    struct hash other;

    sha256_init(&h);
    sha256_add(&h, said, strlen(said));
    sha256_add(&h, KEY.b, sizeof KEY.b);
    sha256_add(&h, "team", strlen("team"));
    sha256_end(&h, want.b);
    dossier_salt(&KEY, PART_TEAM, &salt);
    EXPECT(hash_eq(&salt, &want));

    dossier_salt(&KEY, PART_SCORE, &other);
    EXPECT(!hash_eq(&salt, &other));
    dossier_salt(&want, PART_TEAM, &other);
    EXPECT(!hash_eq(&salt, &other));
}

/* [DS4] */
TEST(the_same_file_looks_another_way_under_another_key)
{
    FIXTURE(f);
    static const struct hash other_key = { { 0x4c } };
    str parts[DOSSIER_PARTS];
    str others[DOSSIER_PARTS];

    corrected(f);
    parts_of(f, parts);
    EXPECT_OK(dossier_parts(&f->arena, f->state, &other_key, others));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if (i == PART_EVIDENCE)
            EXPECT(!str_eq(parts[i], others[i]));
        else
            EXPECT_STR(others[i], parts[i]);
    }
}

/* [DS3] A decision of a later round has other findings, and so other seals. */
TEST(each_decision_of_a_case_commits_to_a_record_of_its_own)
{
    FIXTURE(f);
    size_t records = 0;
    const struct record_committed *seen[2] = { NULL, NULL };

    go_to(f, STAGE_ENDED);
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->events[i]->kind->name, "record.committed") == 0 &&
            records < COUNT(seen))
            seen[records++] = f->events[i]->data;
    }
    EXPECT(records == 2);
    if (records != 2)
        return;
    const struct part_seal *first = seen[0]->parts.p;
    const struct part_seal *second = seen[1]->parts.p;
    EXPECT(!hash_eq(&first[PART_SCHEME].seal, &second[PART_SCHEME].seal));
    EXPECT(!hash_eq(&first[PART_FINDINGS].seal, &second[PART_FINDINGS].seal));
}

/* What nobody found in any round is no finding, and what nobody counted no
 * figure. */
TEST(what_was_never_found_is_not_called_carried)
{
    static const struct {
        const char *why;
        bool found;
        enum answer_kind carried;
        const char *said;
    } rows[] = {
        { "found in this round", true, ANSWER_NONE,
          "\"indicator\":\"1.1\",\"result\":\"met\"" },
        { "found in a round before", false, ANSWER_MET,
          "\"carried\":true,\"indicator\":\"1.1\",\"result\":\"met\"" },
        { "never found", false, ANSWER_NONE,
          "\"indicator\":\"1.1\",\"result\":\"none\"" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        str parts[DOSSIER_PARTS];

        go_to(f, STAGE_DECISION);
        DO(f, "reviewer", "decision.grant", "{}");
        if (!rows[i].found)
            f->state->leaves[0].finding = NULL;
        f->state->carried[0] = (struct answer){ .kind = rows[i].carried };
        f->state->figures[1] = (struct figure_record){ 0 };
        EXPECT_OK(dossier_parts(&f->arena, f->state, &KEY, parts));
        EXPECT_ROW(rows[i].why,
                   str_contains(parts[PART_FINDINGS], str_of(rows[i].said)));
        EXPECT_ROW(rows[i].why,
                   str_contains(parts[PART_FIGURES], S("satisfaction")));
        EXPECT_ROW(rows[i].why,
                   !str_contains(parts[PART_FIGURES], S("resolution")));
    }
}

/* [DS4] The sheet is the file of the evidence, and no more is said of it. */
TEST(a_figure_names_its_sheet_as_the_evidence_does)
{
    FIXTURE(f);
    str parts[DOSSIER_PARTS];
    str seal;

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant", "{}");
    f->state->figures[0].sheet = f->state->requirements[0].document->blob;
    EXPECT_OK(dossier_parts(&f->arena, f->state, &KEY, parts));
    seal = str_from(parts[PART_EVIDENCE],
                    str_find(parts[PART_EVIDENCE], S("\"seal\":\"")) +
                        sizeof "\"seal\":\"" - 1);
    seal = str_first(seal, 2 * sizeof f->state->figures[0].sheet.b);
    EXPECT(str_contains(parts[PART_FIGURES], S("\"sheet\":\"")));
    EXPECT(str_contains(parts[PART_FIGURES], seal));
    EXPECT(!str_contains(parts[PART_FIGURES], S(ONES)));
}

TEST(parts_are_found_by_their_names_and_nothing_else_is)
{
    for (int i = 0; i < DOSSIER_PARTS; i++)
        EXPECT(dossier_part(str_of(dossier_part_names[i])) == i);
    EXPECT(dossier_part(S("scor")) == -1);
    EXPECT(dossier_part(S("score ")) == -1);
    EXPECT(dossier_part(S("")) == -1);
}
