#include "merkle/policy.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "merkle/test_note.h"

#include <stdio.h>

enum { ARENA = 16 << 20, LOG = 200, AT = 1000 };

#define ORIGIN "register.example/log"

/* Policies are written with short words for keys: %L1 is the key of log 1, %W1
 * that of witness 1, by these names. */
static str spell(struct arena *a, str text)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, (size_t)2 * POLICY_BYTES_MAX);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '%') {
            buf_char(&b, text.p[i]);
            continue;
        }
        bool log = text.p[i + 1] == 'L';
        uint8_t seed = (uint8_t)(text.p[i + 2] - '0');
        buf_str(&b, test_vkey(a, log ? NOTE_SIGNATURE : NOTE_COSIGNATURE,
                              log ? LOG : seed,
                              log ? S(ORIGIN) : S("witness.example")));
        i += 2;
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static const struct trust_policy *policy_of(struct arena *a, const char *text)
{
    const struct trust_policy *p = NULL;

    EXPECT_ROW_OK(text, policy_read(a, spell(a, str_of(text)), &p));
    return p;
}

/* The checkpoint of log 1, cosigned by the witnesses whose digits stand in
 * `by`. */
static str cosigned_by(struct arena *a, const char *by)
{
    struct hash root = { { 5 } };
    str note = test_checkpoint(a, LOG, S(ORIGIN), 42, &root);

    for (; *by != '\0'; by++)
        note = test_cosign(a, note, (uint8_t)(*by - '0'), S("witness.example"),
                           AT + *by);
    return note;
}

/* The example of c2sp.org/tlog-policy. */
#define EXAMPLE                                                                \
    "log %L1\n\n"                                                              \
    "witness X1 %W1\nwitness X2 %W2\nwitness X3 %W3\n"                         \
    "group X-witnesses 2 X1 X2 X3\n\n"                                         \
    "witness Y1 %W4\nwitness Y2 %W5\nwitness Y3 %W6\n"                         \
    "group Y-witnesses any Y1 Y2 Y3\n\n"                                       \
    "group X-and-Y all X-witnesses Y-witnesses\n"                              \
    "quorum X-and-Y\n"

TEST(the_example_of_the_specification_reads)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p = policy_of(&a, EXAMPLE);

    if (p == NULL)
        return;
    EXPECT(p->log_count == 1 && p->name_count == 9 && p->quorum == 8);
    EXPECT_STR(p->logs[0].key.name, S(ORIGIN));
    EXPECT_STR(p->names[3].name, S("X-witnesses"));
    EXPECT(p->names[3].group && p->names[3].need == 2);
    EXPECT(p->names[7].need == 1 && p->names[8].need == 2);
    EXPECT(p->names[8].members[0] == 3 && p->names[8].members[1] == 7);
}

/* Who has to have cosigned, both sides of every threshold. */
TEST(a_quorum_is_reached_by_enough_of_its_witnesses_and_by_nobody_else)
{
    static const struct {
        const char *policy;
        const char *by;
        bool reached;
    } rows[] = {
        { EXAMPLE, "", false },
        { EXAMPLE, "14", false },
        { EXAMPLE, "124", true },
        { EXAMPLE, "123", false },
        { EXAMPLE, "236", true },
        { EXAMPLE, "456", false },
        { EXAMPLE, "1456", false },
        { EXAMPLE, "421", true }, /* in any order */
        { EXAMPLE, "12789", false },
        { EXAMPLE, "1124", true },
        { EXAMPLE, "1114", false }, /* one that signs thrice counts once */
        { "log %L1\nquorum none\n", "", true },
        { "log %L1\nwitness w %W1\nquorum none\n", "", true },
        { "log %L1\nwitness w %W1\nquorum w\n", "", false },
        { "log %L1\nwitness w %W1\nquorum w\n", "2", false },
        { "log %L1\nwitness w %W1\nquorum w\n", "1", true },
        { "log %L1\nwitness w %W1\nwitness v %W2\ngroup g all w v\nquorum g\n",
          "1", false },
        { "log %L1\nwitness w %W1\nwitness v %W2\ngroup g all w v\nquorum g\n",
          "12", true },
        { "log %L1\nwitness w %W1\nwitness v %W2\ngroup g any w v\nquorum g\n",
          "2", true },
        { "log %L1\nwitness w %W1\nwitness v %W2\ngroup g any w v\nquorum w\n",
          "2", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        const struct trust_policy *p = policy_of(&a, rows[i].policy);
        struct policy_seen seen = { 0 };

        if (p == NULL)
            return;
        EXPECT_ROW_OK(rows[i].by,
                      policy_check(&a, p, cosigned_by(&a, rows[i].by), &seen));
        EXPECT_ROW(rows[i].by, seen.quorum == rows[i].reached);
        EXPECT_ROW(rows[i].by, seen.log == &p->logs[0]);
        EXPECT_ROW(rows[i].by, seen.body.size == 42);
    }
}

TEST(who_cosigned_and_when_is_told)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p = policy_of(&a, EXAMPLE);
    struct policy_seen seen = { 0 };

    if (p == NULL)
        return;
    EXPECT_OK(policy_check(&a, p, cosigned_by(&a, "259"), &seen));
    EXPECT(seen.witnesses == 2);
    EXPECT(!seen.cosigned[0] && seen.cosigned[1] && seen.cosigned[5]);
    EXPECT(seen.times[1] == AT + '2' && seen.times[5] == AT + '5');
    EXPECT(!seen.cosigned[3] && seen.cosigned[7] && !seen.cosigned[8]);
}

TEST(blanks_comments_and_addresses_are_taken)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p =
        policy_of(&a, "# whom we trust\n \t\n  # and why\n"
                      "\tlog   %L1\thttps://register.example/log \n"
                      "witness 见证 %W1 https://witness.example\n"
                      "quorum\t见证"); /* no newline at the end */

    if (p == NULL)
        return;
    EXPECT_STR(p->logs[0].url, S("https://register.example/log"));
    EXPECT_STR(p->names[0].url, S("https://witness.example"));
    EXPECT_STR(p->names[0].name, S("见证"));
    EXPECT(p->quorum == 0);
}

/* Errors that have a "name" and a line are told with the place before them, as
 * of a file of that name: a member of the policy is no file. */
static bool has_argument(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return true;
    }
    return false;
}

TEST(what_is_no_policy_is_refused_with_its_line)
{
    static const struct {
        const char *why;
        const char *text;
        const char *id;
        int64_t line;
    } rows[] = {
        { "nothing", "", "policy.quorum_missing", -1 },
        { "no quorum", "log %L1\n", "policy.quorum_missing", -1 },
        { "two of them", "quorum none\nquorum none\n", "policy.quorum_twice",
          2 },
        { "an unknown word", "quorum none\nlogs %L1\n", "policy.words", 2 },
        { "a log without key", "log\n", "policy.words", 1 },
        { "a word too many", "log %L1 x y\n", "policy.words", 1 },
        { "a witness without name", "witness %W1\n", "policy.words", 1 },
        { "a witness with a word too many", "witness w %W1 x y\n",
          "policy.words", 1 },
        { "no key", "log x+y+z\n", "policy.key", 1 },
        { "a witness's key for a log", "log %W1\n", "policy.key", 1 },
        { "a log's key for a witness", "witness w %L1\n", "policy.key", 1 },
        { "a log twice", "log %L1\nlog %L1 x\n", "policy.key_twice", 2 },
        { "a witness twice", "witness w %W1\nwitness v %W1\n",
          "policy.key_twice", 2 },
        { "a name twice", "witness w %W1\nwitness w %W2\n", "policy.name_twice",
          2 },
        { "a group called as a witness is", "witness w %W1\ngroup w any w\n",
          "policy.name_twice", 2 },
        { "a witness called none", "witness none %W1\n", "policy.name_twice",
          1 },
        { "a group called none", "witness w %W1\ngroup none any w\n",
          "policy.name_twice", 2 },
        { "none as a member", "group g any none\n", "policy.name_unknown", 1 },
        { "a group of nobody", "group g any\n", "policy.words", 1 },
        { "a group of itself", "group g any g\n", "policy.name_unknown", 1 },
        { "a name that comes later", "group g any w\nwitness w %W1\n",
          "policy.name_unknown", 1 },
        { "a quorum that comes later", "quorum w\nwitness w %W1\n",
          "policy.name_unknown", 1 },
        { "a member twice in one group", "witness w %W1\ngroup g 1 w w\n",
          "policy.member_twice", 2 },
        { "a member of two groups",
          "witness w %W1\ngroup g any w\ngroup h any w\n",
          "policy.member_twice", 3 },
        { "none of one", "witness w %W1\ngroup g 0 w\n", "policy.need", 2 },
        { "two of one", "witness w %W1\ngroup g 2 w\n", "policy.need", 2 },
        { "a threshold with a zero before it", "witness w %W1\ngroup g 01 w\n",
          "policy.need", 2 },
        { "a threshold that is a word", "witness w %W1\ngroup g most w\n",
          "policy.need", 2 },
        { "a carriage return", "quorum none\r\n", "policy.character", 1 },
        { "a control character in a comment", "# \x7f\nquorum none\n",
          "policy.character", 1 },
        { "two words for a quorum", "quorum none none\n", "policy.words", 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        const struct trust_policy *p = NULL;
        err e = policy_read(&a, spell(&a, str_of(rows[i].text)), &p);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].why, test_number(e, "line") == rows[i].line);
        EXPECT_ROW(rows[i].why, !has_argument(e, "name"));
        EXPECT_ROW(rows[i].why, p == NULL);
    }
}

static str many_witnesses(struct arena *a, size_t n)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, POLICY_BYTES_MAX);
    for (size_t i = 0; i < n; i++) {
        char name[32];

        (void)snprintf(name, sizeof name, "w%zu", i);
        buf_printf(&b, "witness %s ", name);
        buf_str(&b, test_vkey(a, NOTE_COSIGNATURE, (uint8_t)i, str_of(name)));
        buf_char(&b, '\n');
    }
    buf_str(&b, S("quorum none\n"));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(as_many_names_as_there_is_room_for_and_not_one_more)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p = NULL;

    EXPECT_OK(policy_read(&a, many_witnesses(&a, POLICY_NAMES_MAX), &p));
    EXPECT_ERR(policy_read(&a, many_witnesses(&a, POLICY_NAMES_MAX + 1), &p),
               ERR_LIMIT, "policy.many");
}

TEST(a_checkpoint_of_an_unknown_or_another_log_is_refused)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p = policy_of(&a, "log %L1\nquorum none\n");
    struct hash root = { { 5 } };
    struct policy_seen seen = { 0 };

    if (p == NULL)
        return;
    EXPECT_ERR(policy_check(&a, p,
                            test_checkpoint(&a, LOG, S("other.example"), 1,
                                            &root),
                            &seen),
               ERR_INVALID, "policy.log");
    EXPECT_ERR(policy_check(&a, p, test_checkpoint(&a, 9, S(ORIGIN), 1, &root),
                            &seen),
               ERR_INVALID, "policy.log");
    EXPECT_ERR(policy_check(&a, p, S("no note"), &seen), ERR_INVALID,
               "note.text");
    EXPECT(seen.log == NULL);
}

/* [NT4] An altered byte of any signature that is asked for spoils the note. */
TEST(a_cosignature_that_does_not_match_spoils_the_note)
{
    TEST_ARENA(a, ARENA);
    const struct trust_policy *p =
        policy_of(&a, "log %L1\nwitness w %W1\nquorum none\n");
    struct hash root = { { 5 } };
    struct policy_seen seen = { 0 };
    str one = cosigned_by(&a, "1");
    str other = test_checkpoint(&a, LOG, S(ORIGIN), 43, &root);
    str stranger = cosigned_by(&a, "2");

    if (p == NULL)
        return;
    /* the cosignature of 42 under the checkpoint of 43 */
    size_t at = cosigned_by(&a, "").n;
    EXPECT_ERR(policy_check(&a, p, test_join(&a, other, str_from(one, at)),
                            &seen),
               ERR_INVALID, "note.signature");
    EXPECT_OK(policy_check(&a, p, test_join(&a, other, str_from(stranger, at)),
                           &seen));
    EXPECT(seen.witnesses == 0 && seen.body.size == 43);
}

static err read_and_check(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    const str *texts = context;
    const struct trust_policy *p;
    struct policy_seen seen;

    arena_init(&a, h, ARENA);
    TRY(policy_read(&a, texts[0], &p));
    return policy_check(&a, p, texts[1], &seen);
}

TEST(policies_survive_every_failed_allocation)
{
    TEST_ARENA(a, ARENA);
    str texts[2] = { spell(&a, S(EXAMPLE)), cosigned_by(&a, "124") };

    EXPECT(test_every_allocation_fails(read_and_check, NULL, texts) > 0);
}
