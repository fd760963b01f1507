#include "merkle/policy.h"

#include "base/arena.h"
#include "base/size.h"
#include "merkle/cosignature.h"

enum { WORDS_MAX = POLICY_NAMES_MAX + 3 };

/* A line's words, while the policy is read. */
struct line {
    struct arena *arena;
    int64_t number;
    str words[WORDS_MAX];
    size_t n;
};

static err wrong(const struct line *l, const char *id)
{
    return err_new(l->arena, ERR_INVALID, id, ARG_INT("line", l->number));
}

static err wrong_name(const struct line *l, const char *id, str name)
{
    return err_new(l->arena, ERR_INVALID, id, ARG_INT("line", l->number),
                   ARG_STR("word", name));
}

static err too_many(const struct line *l, int64_t limit)
{
    return err_new(l->arena, ERR_LIMIT, "policy.many",
                   ARG_INT("line", l->number), ARG_INT("limit", limit));
}

/* --- words [PO1] ------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool has_control(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
            return true;
    }
    return false;
}

static size_t word_end(str s, size_t from)
{
    while (from < s.n && !is_blank(s.p[from]))
        from++;
    return from;
}

static err split(struct line *l, str s)
{
    l->n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t end = word_end(s, i);

        if (end > i) {
            if (l->n == WORDS_MAX)
                return too_many(l, WORDS_MAX);
            l->words[l->n++] = (str){ s.p + i, end - i };
        }
        i = end + 1;
    }
    return OK;
}

/* --- logs and witnesses [PO2] ------------------------------------------ */

static bool same_key(const struct note_key *x, const struct note_key *y)
{
    return memcmp(x->public, y->public, sizeof x->public) == 0;
}

static err read_key(const struct line *l, str vkey, enum note_kind kind,
                    struct note_key *out)
{
    err e = note_key_parse(l->arena, vkey, out);

    if (err_is(e, ERR_MEMORY))
        return e;
    return failed(e) || out->kind != kind ? wrong(l, "policy.key") : OK;
}

/* log VKEY [URL] */
static err read_log(const struct line *l, struct trust_policy *p)
{
    struct policy_log made = { .url = l->n == 3 ? l->words[2] : S("") };

    if (l->n < 2 || l->n > 3)
        return wrong(l, "policy.words");
    TRY(read_key(l, l->words[1], NOTE_SIGNATURE, &made.key));
    for (size_t i = 0; i < p->log_count; i++) {
        if (same_key(&p->logs[i].key, &made.key))
            return wrong(l, "policy.key_twice");
    }
    if (p->log_count == POLICY_LOGS_MAX)
        return too_many(l, POLICY_LOGS_MAX);
    p->logs[p->log_count++] = made;
    return OK;
}

/* The index of a name; name_count when there is none. */
static size_t find_name(const struct trust_policy *p, str name)
{
    size_t i = 0;

    while (i < p->name_count && !str_eq(p->names[i].name, name))
        i++;
    return i;
}

/* [PO3] */
static err add_name(const struct line *l, struct trust_policy *p,
                    const struct policy_name *made)
{
    if (str_eq(made->name, S("none")) ||
        find_name(p, made->name) < p->name_count)
        return wrong_name(l, "policy.name_twice", made->name);
    if (p->name_count == POLICY_NAMES_MAX)
        return too_many(l, POLICY_NAMES_MAX);
    p->names[p->name_count++] = *made;
    return OK;
}

/* witness NAME VKEY [URL] */
static err read_witness(const struct line *l, struct trust_policy *p)
{
    struct policy_name made = {
        .name = l->words[1],
        .url = l->n == 4 ? l->words[3] : S(""),
    };

    if (l->n < 3 || l->n > 4)
        return wrong(l, "policy.words");
    TRY(read_key(l, l->words[2], NOTE_COSIGNATURE, &made.key));
    for (size_t i = 0; i < p->name_count; i++) {
        if (!p->names[i].group && same_key(&p->names[i].key, &made.key))
            return wrong(l, "policy.key_twice");
    }
    return add_name(l, p, &made);
}

/* --- groups and quorum [PO3] [PO4] ------------------------------------- */

/* all, any, or 1..n in decimal */
static err read_need(const struct line *l, str word, size_t n, size_t *out)
{
    uint64_t need = 0;

    if (str_eq(word, S("all")))
        need = n;
    else if (str_eq(word, S("any")))
        need = 1;
    else if (!checkpoint_read_size(word, &need))
        need = 0;
    if (need < 1 || need > n)
        return wrong(l, "policy.need");
    *out = (size_t)need;
    return OK;
}

static err read_member(const struct line *l, struct trust_policy *p, str word,
                       size_t *out)
{
    size_t i = find_name(p, word);

    if (i == p->name_count)
        return wrong_name(l, "policy.name_unknown", word);
    if (p->names[i].taken)
        return wrong_name(l, "policy.member_twice", word);
    p->names[i].taken = true;
    *out = i;
    return OK;
}

/* group NAME NEED NAME.. */
static err read_group(const struct line *l, struct trust_policy *p)
{
    struct policy_name made = { .name = l->words[1], .group = true };
    size_t *members;

    if (l->n < 4)
        return wrong(l, "policy.words");
    made.member_count = l->n - 3;
    TRY(read_need(l, l->words[2], made.member_count, &made.need));
    members = arena_array(l->arena, made.member_count, sizeof *members);
    TRY_MEMORY(members);
    for (size_t i = 0; i < made.member_count; i++)
        TRY(read_member(l, p, l->words[3 + i], &members[i]));
    made.members = members;
    return add_name(l, p, &made);
}

enum { QUORUM_UNSAID = -2 };

/* quorum NAME|none */
static err read_quorum(const struct line *l, struct trust_policy *p)
{
    if (l->n != 2)
        return wrong(l, "policy.words");
    if (p->quorum != QUORUM_UNSAID)
        return wrong(l, "policy.quorum_twice");
    if (str_eq(l->words[1], S("none"))) {
        p->quorum = POLICY_QUORUM_NONE;
        return OK;
    }

    size_t i = find_name(p, l->words[1]);
    if (i == p->name_count)
        return wrong_name(l, "policy.name_unknown", l->words[1]);
    p->quorum = (int)i;
    return OK;
}

/* --- the whole -------------------------------------------------------- */

static err read_line(const struct line *l, struct trust_policy *p)
{
    static const struct {
        const char *word;
        err (*read)(const struct line *l, struct trust_policy *p);
    } kinds[] = {
        { "log", read_log },
        { "witness", read_witness },
        { "group", read_group },
        { "quorum", read_quorum },
    };

    if (l->n == 0 || l->words[0].p[0] == '#')
        return OK;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_eq(l->words[0], str_of(kinds[i].word)))
            return kinds[i].read(l, p);
    }
    return wrong(l, "policy.words");
}

static err read_lines(struct line *l, str text, struct trust_policy *p)
{
    while (text.n > 0) {
        str s = str_cut(&text, '\n');

        l->number++;
        if (has_control(s))
            return wrong(l, "policy.character");
        TRY(split(l, s));
        TRY(read_line(l, p));
    }
    return OK;
}

err policy_read(struct arena *a, str text, const struct trust_policy **out)
{
    struct line *l = arena_zero(a, sizeof *l);
    struct trust_policy *p = arena_zero(a, sizeof *p);

    TRY_MEMORY(l);
    TRY_MEMORY(p);
    if (text.n > POLICY_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "policy.long",
                       ARG_INT("limit", POLICY_BYTES_MAX));
    l->arena = a;
    p->quorum = QUORUM_UNSAID;
    TRY(read_lines(l, text, p));
    if (p->quorum == QUORUM_UNSAID)
        return err_new(a, ERR_INVALID, "policy.quorum_missing");
    *out = p;
    return OK;
}

/* --- checking --------------------------------------------------------- */

static err see_witness(struct arena *a, const struct policy_name *w,
                       const struct signed_note *note, size_t i,
                       struct policy_seen *out)
{
    const struct note_signature *by = NULL;

    TRY(note_find(a, note, &w->key, &by));
    if (by == NULL)
        return OK;
    out->cosigned[i] = true;
    out->times[i] = cosignature_time(by->bytes);
    out->witnesses++;
    return OK;
}

/* Its members stand before it, so they are known. */
static bool enough(const struct policy_name *g, const struct policy_seen *seen)
{
    size_t have = 0;

    for (size_t i = 0; i < g->member_count; i++)
        have += seen->cosigned[g->members[i]] ? 1 : 0;
    return have >= g->need;
}

err policy_witnessed(struct arena *a, const struct trust_policy *p,
                     const struct signed_note *note, struct policy_seen *out)
{
    for (size_t i = 0; i < p->name_count; i++) {
        if (p->names[i].group)
            out->cosigned[i] = enough(&p->names[i], out);
        else
            TRY(see_witness(a, &p->names[i], note, i, out));
    }
    out->quorum = p->quorum == POLICY_QUORUM_NONE || out->cosigned[p->quorum];
    return OK;
}

/* The log whose name the checkpoint bears and whose key signed it. */
static err find_log(struct arena *a, const struct trust_policy *p,
                    const struct signed_note *note, struct policy_seen *out)
{
    for (size_t i = 0; i < p->log_count; i++) {
        const struct policy_log *log = &p->logs[i];
        const struct note_signature *by = NULL;

        if (str_eq(log->key.name, out->body.origin))
            TRY(note_find(a, note, &log->key, &by));
        if (by != NULL) {
            out->log = log;
            return OK;
        }
    }
    return err_new(a, ERR_INVALID, "policy.log",
                   ARG_STR("origin", out->body.origin));
}

err policy_check(struct arena *a, const struct trust_policy *p, str note,
                 struct policy_seen *out)
{
    struct policy_seen *seen = arena_zero(a, sizeof *seen);
    struct signed_note opened = { 0 };

    TRY_MEMORY(seen);
    TRY(note_open(a, note, &opened));
    TRY(checkpoint_read(a, opened.text, &seen->body));
    TRY(find_log(a, p, &opened, seen));
    TRY(policy_witnessed(a, p, &opened, seen));
    *out = *seen;
    return OK;
}
