/*
 * Every field of whatever a body gives out, altered in turn, and refused with
 * the reason that tests/golden/altered.txt has for it.
 *
 *   [VF1] The fields are taken from the thing itself: one that is new has no
 *         line there, and fails until somebody has read why it is refused.
 *   [VF2] Refused is each of them, whatever the file says.
 *
 * A text gets a letter more, a number is one more, a truth the other one; of
 * bytes the last is another.  What else can be done to each of them:
 * verify_altered_test.c, verify/log_copy_test.c.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/base32.h"
#include "codec/base64.h"
#include "codec/cbor.h"
#include "codec/json.h"
#include "credential/test_sample.h"
#include "credential/test_thing.h"
#include "domain/test_pinned.h"
#include "verify/tree.h"

enum { LINES_MOST = 1 << 18, BYTES_MOST = 1 << 20 };

/* What is gone through. */
struct fields {
    struct heap heap;
    struct arena a;    /* of one check, which takes much */
    struct arena kept; /* the thing and the lines */
    struct test_thing s;
    struct buf lines; /* "THING FIELD REASON" */
    const char *thing;
    void (*check)(struct fields *f, str altered, struct verify_report *r);
    const struct json *root; /* of the document on hand */
};

static str made_of(struct buf *b)
{
    str out = S("");

    EXPECT_OK(buf_done(b, &out));
    return out;
}

/* Two texts in one, with a NUL behind. */
static const char *joined(struct fields *f, const char *first, str second)
{
    struct buf b;

    buf_init(&b, &f->kept, BYTES_MOST);
    buf_str(&b, str_of(first));
    buf_str(&b, second);
    return made_of(&b).p;
}

/* "BEFORE7AFTER" */
static const char *numbered(struct fields *f, const char *before, size_t n,
                            const char *after)
{
    struct buf b;

    buf_init(&b, &f->kept, BYTES_MOST);
    buf_printf(&b, "%s%zu%s", before, n, after);
    return made_of(&b).p;
}

static const char *first_refuted(const struct verify_report *r)
{
    for (const struct verify_finding *f = r->first; f != NULL; f = f->next) {
        if (f->is == FINDING_REFUTED)
            return f->id;
    }
    return "nothing";
}

/* [VF2] */
static void alter(struct fields *f, const char *field, str altered)
{
    struct verify_report r;

    f->check(f, altered, &r);
    buf_printf(&f->lines, "%s %s %s\n", f->thing, field, first_refuted(&r));
    EXPECT_ROW(field, report_verdict(&r) == VERDICT_REFUTED);
    arena_reset(&f->a);
}

static void begin(struct fields *f)
{
    *f = (struct fields){ .heap = HEAP_LIBC };
    arena_init(&f->a, &f->heap, 64 << 20);
    arena_init(&f->kept, &f->heap, 256 << 20);
    test_thing_make(&f->s, &f->kept);
    buf_init(&f->lines, &f->kept, LINES_MOST);
}

static void end(struct fields *f)
{
    arena_end(&f->a);
    arena_end(&f->kept);
}

/* --- JSON --------------------------------------------------------------- */

static str with_more(struct arena *a, str s)
{
    struct buf b;

    buf_init(&b, a, BYTES_MOST);
    buf_str(&b, s);
    buf_char(&b, 'x');
    return made_of(&b);
}

static void alter_value(struct fields *f, struct json *j, const char *path)
{
    const struct json before = *j;
    str text = S("");

    j->boolean = !j->boolean;
    j->number++;
    if (j->kind == JSON_STR)
        j->text = with_more(&f->kept, j->text);
    EXPECT_ROW_OK(path, tree_text(&f->kept, f->root, &text));
    alter(f, path, text);
    *j = before;
}

/* Recursion ends where the document does. */
static void walk_json(struct fields *f, struct json *j, const char *path)
{
    size_t i = 0;

    if (j->kind != JSON_OBJECT && j->kind != JSON_ARRAY) {
        alter_value(f, j, path);
        return;
    }
    for (struct json *m = j->first; m != NULL; m = m->next, i++) {
        const char *inside = joined(f, path, *path == 0 ? S("") : S("."));

        if (j->kind == JSON_ARRAY)
            walk_json(f, m, numbered(f, joined(f, path, S("[")), i, "]"));
        else
            walk_json(f, m, joined(f, inside, m->key));
    }
}

static void walk_text(struct fields *f, const char *thing, str text)
{
    struct json *root = NULL;

    EXPECT_ROW_OK(thing, json_parse(&f->kept, text, &root));
    f->thing = thing;
    f->root = root;
    if (root != NULL)
        walk_json(f, root, "");
}

/* --- checking one ------------------------------------------------------- */

/* The sample, with the checks' own memory. */
static struct test_thing sample(struct fields *f)
{
    struct test_thing s = f->s;

    s.a = &f->a;
    return s;
}

static void check_itself(struct fields *f, str altered, struct verify_report *r)
{
    struct test_thing s = sample(f);

    test_thing_check(&s, altered, ALL, test_from, r);
}

static void check_revocations(struct fields *f, str altered,
                              struct verify_report *r)
{
    struct test_thing s = sample(f);

    s.revocations = altered;
    test_thing_check(&s, s.credential.json, ALL, test_from, r);
}

static void check_suspensions(struct fields *f, str altered,
                              struct verify_report *r)
{
    struct test_thing s = sample(f);

    s.suspensions = altered;
    test_thing_check(&s, s.credential.json, ALL, test_from, r);
}

static void check_note(struct fields *f, str altered, struct verify_report *r)
{
    struct test_thing s = sample(f);

    s.note = altered;
    test_thing_check(&s, s.credential.json, ALL, test_from, r);
}

static void check_proof(struct fields *f, str altered, struct verify_report *r)
{
    struct test_thing s = sample(f);

    test_thing_check(&s, altered, WITH_POLICY, test_from, r);
}

/* --- what there is ------------------------------------------------------ */

static void walk_credential(struct fields *f)
{
    f->check = check_itself;
    walk_text(f, "credential", f->s.credential.json);
    f->check = check_revocations;
    walk_text(f, "revocations", f->s.revocations);
    f->check = check_suspensions;
    walk_text(f, "suspensions", f->s.suspensions);
}

/* HEAD.PAYLOAD.SIGNATURE, of which the part on hand is altered. */
static str token_with(struct fields *f, size_t part, str bytes)
{
    str rest = f->s.credential.jwt;
    struct buf b;

    buf_init(&b, &f->a, BYTES_MOST);
    for (size_t i = 0; i < 3; i++) {
        str old = str_cut(&rest, '.');

        buf_str(&b, i == 0 ? S("") : S("."));
        if (i == part)
            base64_encode(&b, BASE64_URL, bytes.p, bytes.n);
        else
            buf_str(&b, old);
    }
    return made_of(&b);
}

static void check_head(struct fields *f, str altered, struct verify_report *r)
{
    check_itself(f, token_with(f, 0, altered), r);
}

static void check_payload(struct fields *f, str altered,
                          struct verify_report *r)
{
    check_itself(f, token_with(f, 1, altered), r);
}

static str token_part(struct fields *f, size_t part)
{
    str rest = f->s.credential.jwt;
    bool valid = false;
    str text = S("");
    str out = S("");

    for (size_t i = 0; i <= part; i++)
        text = str_cut(&rest, '.');
    EXPECT_OK(base64_decode(&f->kept, BASE64_URL, text, &out, &valid));
    EXPECT(valid);
    return out;
}

static void walk_token(struct fields *f)
{
    f->check = check_head;
    walk_text(f, "token-head", token_part(f, 0));
    f->check = check_payload;
    walk_text(f, "token", token_part(f, 1));
}

/* The entry of the log that is on hand. */
static size_t entry;

static void check_entry(struct fields *f, str altered, struct verify_report *r)
{
    struct test_thing s = sample(f);

    s.leaves[entry] = altered;
    test_thing_check(&s, s.credential.json, ALL, test_from, r);
}

static void walk_entries(struct fields *f)
{
    f->check = check_entry;
    for (entry = 0; entry < f->s.n; entry++) {
        struct json *leaf = NULL;

        EXPECT_OK(json_parse(&f->kept, f->s.leaves[entry], &leaf));
        walk_text(f, joined(f, "entry:", json_get_str(leaf, S("type"))),
                  f->s.leaves[entry]);
    }
}

/* The middle of each line. */
static void walk_lines(struct fields *f, const char *thing, str text)
{
    size_t number = 1;
    size_t line = 0;

    f->thing = thing;
    for (size_t i = 0; i < text.n; i++) {
        char *bytes = arena_zero(&f->kept, text.n + 1);

        if (text.p[i] != '\n')
            continue;
        memcpy(bytes, text.p, text.n);
        bytes[line + (i - line) / 2] ^= 1;
        alter(f, numbered(f, "line-", number++, ""), (str){ bytes, text.n });
        line = i + 1;
    }
}

static void walk_log(struct fields *f)
{
    f->check = check_note;
    walk_lines(f, "checkpoint", f->s.note);
    f->check = check_proof;
    walk_lines(f, "proof", f->s.proof);
}

/* --- the code ----------------------------------------------------------- */

static void put_cbor(struct buf *b, const struct cbor *c);

static void put_inside(struct buf *b, const struct cbor *c)
{
    for (const struct cbor *m = c->first; m != NULL; m = m->next)
        put_cbor(b, m);
}

/* Recursion ends at CBOR_DEPTH. */
static void put_cbor(struct buf *b, const struct cbor *c)
{
    switch (c->kind) {
    case CBOR_INT: cbor_int(b, c->number); break;
    case CBOR_BYTES: cbor_bytes(b, c->bytes); break;
    case CBOR_TEXT: cbor_text(b, c->bytes); break;
    case CBOR_ARRAY: cbor_array(b, c->count); break;
    case CBOR_MAP: cbor_map(b, c->count); break;
    case CBOR_TAG: cbor_tag(b, (uint64_t)c->number); break;
    }
    put_inside(b, c);
}

static str cbor_bytes_of(struct arena *a, const struct cbor *c)
{
    struct buf b;

    buf_init(&b, a, QR_STATEMENT_MAX);
    put_cbor(&b, c);
    return made_of(&b);
}

static void check_code(struct fields *f, str cose, struct verify_report *r)
{
    str address = str_first(f->s.qr, str_index(f->s.qr, '#') + 1);
    struct buf b;

    buf_init(&b, &f->a, QR_TEXT_MAX);
    buf_str(&b, address);
    base32_encode(&b, cose.p, cose.n);
    check_itself(f, made_of(&b), r);
}

/* Another number, another last byte. */
static void make_other(struct fields *f, struct cbor *c)
{
    char *bytes = arena_zero(&f->kept, c->bytes.n + 1);

    c->number++;
    if (c->bytes.n == 0)
        return;
    memcpy(bytes, c->bytes.p, c->bytes.n);
    bytes[c->bytes.n - 1] ^= 1;
    c->bytes.p = bytes;
}

static void alter_cbor(struct fields *f, const struct cbor *root,
                       struct cbor *c, const char *field)
{
    const struct cbor before = *c;

    make_other(f, c);
    alter(f, field, cbor_bytes_of(&f->kept, root));
    *c = before;
}

/* The values of the statement, by their keys. */
static void walk_statement(struct fields *f, const struct cbor *root,
                           struct cbor *holder)
{
    const str before = holder->bytes;
    struct cbor *map = NULL;

    EXPECT_OK(cbor_read(&f->kept, before, &map));
    for (struct cbor *k = map == NULL ? NULL : map->first; k != NULL;
         k = k->next->next) {
        const struct cbor value = *k->next;

        make_other(f, k->next);
        holder->bytes = cbor_bytes_of(&f->kept, map);
        alter(f, numbered(f, "payload.", (size_t)k->number, ""),
              cbor_bytes_of(&f->kept, root));
        *k->next = value;
    }
    holder->bytes = before;
}

static void walk_code(struct fields *f)
{
    static const char *const parts[] = { "protected", "unprotected", "payload",
                                         "signature" };
    struct cbor *root = NULL;
    bool valid = false;
    str cose = S("");
    size_t i = 0;

    f->thing = "code";
    f->check = check_code;
    EXPECT_OK(base32_decode(&f->kept,
                            str_from(f->s.qr, str_index(f->s.qr, '#') + 1),
                            &cose, &valid));
    EXPECT_OK(cbor_read(&f->kept, cose, &root));
    if (root == NULL || root->first == NULL)
        return;
    alter_cbor(f, root, root, "tag");
    for (struct cbor *c = root->first->first; c != NULL; c = c->next, i++) {
        EXPECT(i < 4);
        if (c->kind == CBOR_BYTES)
            alter_cbor(f, root, c, parts[i % 4]);
        if (i == 2)
            walk_statement(f, root, c);
    }
}

/* --- the paper ---------------------------------------------------------- */

static bool in_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '#' || c == '-' || c == '.';
}

/* Every name of every dictionary, with the object it is in. */
static void walk_paper(struct fields *f)
{
    const str pdf = f->s.pdf;
    size_t object = 0;

    f->thing = "paper";
    f->check = check_itself;
    for (size_t i = 0; i + 1 < pdf.n; i++) {
        const str here = str_from(pdf, i);
        size_t n = 1;

        if (str_begins(here, S("\nstream\n")))
            i += str_find(here, S("\nendstream"));
        if (str_begins(here, S(" 0 obj")))
            object++;
        if (pdf.p[i] != '/' || !in_name(pdf.p[i + 1]))
            continue;
        while (i + n < pdf.n && in_name(pdf.p[i + n]))
            n++;
        char *bytes = arena_zero(&f->a, pdf.n);
        memcpy(bytes, pdf.p, pdf.n);
        bytes[i + n - 1] ^= 1;
        const char *in = numbered(f, "", object, "");
        alter(f, joined(f, in, str_first(str_from(pdf, i), n)),
              (str){ bytes, pdf.n });
    }
}

/* --- all of it ---------------------------------------------------------- */

/* [VF1] */
TEST(each_field_of_each_thing_is_refused_for_the_reason_that_is_pinned)
{
    struct fields f;

    begin(&f);
    walk_credential(&f);
    walk_token(&f);
    walk_entries(&f);
    walk_log(&f);
    walk_code(&f);
    walk_paper(&f);
    expect_pinned(&f.kept, "altered.txt", made_of(&f.lines));
    end(&f);
}
