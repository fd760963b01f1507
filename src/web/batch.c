/*
 * batch -- a tender office checks a list of certificates: a file or pasted
 * rows, and the tender's date. [M24]
 *
 *   [WQ1] Nobody has to come in, and nothing needs a script; how often one
 *         network may ask web/limiter says.
 *   [WQ2] Nothing is kept of a list: who wants another form or another day of
 *         the result sends it again, which the page does by itself where the
 *         list is not too long to stand in it.
 *   [WQ3] Rows that are not as they should be are shown first of all; those
 *         that are, and those beyond BATCH_SHOWN, are in the files.
 *   [WQ4] What is wrong with a list is said over the form, and what was typed
 * is still there.
 */

#include "base/arena.h"
#include "base/size.h"
#include "web/answer.h"
#include "web/batch_ask.h"
#include "web/saying.h"

enum {
    BATCH_SHOWN = 500,      /* rows of the page */
    KEPT_MOST = 700 * 1024, /* bytes that go along with it */
    PAGE_MOST = 8 << 20,
    PASTED_SHOWN = 200 * 1024, /* bytes that stand in the form again */
};

struct asking {
    struct request *rq;
    str text; /* pasted, or kept from the page before */
    str on;   /* as it was typed */
    bool known;
    enum batch_as as;
    struct as_of when;
    struct batch_done *done;
};

/* --- rows of the page -------------------------------------------------------
 */

static str style_of(enum batch_verdict v)
{
    static const str styles[BATCH_VERDICTS] = {
        [BATCH_VALID] = S_INIT("valid"),
        [BATCH_SUSPENDED] = S_INIT("suspended"),
        [BATCH_WITHDRAWN] = S_INIT("withdrawn"),
        [BATCH_CANCELLED] = S_INIT("ended"),
        [BATCH_EXPIRED] = S_INIT("ended"),
        [BATCH_PENDING] = S_INIT("pending"),
        [BATCH_NOT_ISSUED] = S_INIT("pending"),
        [BATCH_UNKNOWN] = S_INIT("pending"),
        [BATCH_NO_NUMBER] = S_INIT("ended"),
        [BATCH_UNREADABLE] = S_INIT("ended"),
    };

    return styles[v];
}

/* How it stands today, where that is not how it stood. */
static void show_now(const struct asking *k, const struct batch_answer *x,
                     struct page_batch_results *row)
{
    const struct page_status_words *words =
        page_status_words(web_status(x->now));

    if (k->when.on == k->when.today || !x->found)
        return;
    if (x->verdict == (enum batch_verdict)x->now)
        return;
    row->now = words->status;
    row->now_class = words->style;
    row->has_now = true;
}

static err show_row(const struct asking *k, const struct batch_answer *x,
                    struct page_batch_results *row)
{
    struct request *rq = k->rq;

    *row = (struct page_batch_results){
        .line = x->given->line,
        .given = x->given->cells[BATCH_NUMBER],
        .given_holder = x->given->cells[BATCH_HOLDER],
        .verdict = batch_verdict_id(x->verdict),
        .verdict_class = style_of(x->verdict),
        .since = x->since,
        .found = x->found,
        .number = x->number,
        .holder = x->holder,
        .level = web_label(rq, x->level),
        .scheme = web_label(rq, x->scheme),
        .issuer = x->issuer,
        .until = x->until,
        .holder_match = batch_match_id(x->holder_match),
        .holder_differs = x->holder_match == BATCH_DIFFERS,
        .other_name = x->holder_match == BATCH_OTHER_NAME,
        .code_differs = x->uscc_match == BATCH_DIFFERS,
        .uscc = x->uscc,
        .now = "status.valid", /* replaced where it is shown */
        .near = x->near_count > 0 ? x->near[0] : S(""),
        .near_second = x->near_count > 1 ? x->near[1] : S(""),
        .near_third = x->near_count > 2 ? x->near[2] : S(""),
    };
    show_now(k, x, row);
    TRY(batch_note(rq->arena, web_lang(rq), x, &row->note));
    row->blank = !x->found && x->near_count == 0 && row->note.n == 0;
    return OK;
}

/* [WQ3] */
static err show_rows(const struct asking *k, struct page_batch *page)
{
    const struct batch *b = &k->done->batch;
    bool all = b->n <= BATCH_SHOWN;
    struct page_batch_results *rows =
        arena_array(k->done->arena, BATCH_SHOWN, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < b->n && page->results_n < BATCH_SHOWN; i++) {
        if (all || !batch_is_good(&b->answers[i]))
            TRY(show_row(k, &b->answers[i], &rows[page->results_n++]));
    }
    page->results = rows;
    page->left_out = (int64_t)(b->n - page->results_n);
    return OK;
}

static err show_counts(const struct asking *k, struct page_batch *page)
{
    const struct batch *b = &k->done->batch;
    struct page_batch_counts *rows =
        arena_array(k->rq->arena, BATCH_VERDICTS, sizeof *rows);

    TRY_MEMORY(rows);
    for (int v = 0; v < BATCH_VERDICTS; v++) {
        if (b->counts[v] == 0)
            continue;
        rows[page->counts_n++] = (struct page_batch_counts){
            .what = batch_verdict_id((enum batch_verdict)v),
            .style = style_of((enum batch_verdict)v),
            .means = batch_meaning_id((enum batch_verdict)v),
            .number = b->counts[v],
        };
    }
    page->counts = rows;
    return OK;
}

/* --- what goes along [WQ2] ---------------------------------------------------
 */

/* Can it stand in a form and come back as it is (http/form.h [FO1])? */
static bool is_kept(str text)
{
    if (text.n > KEPT_MOST)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];

        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return false;
    }
    return true;
}

static err show_result(const struct asking *k, struct page_batch *page)
{
    const struct batch *b = &k->done->batch;

    page->checked = true;
    page->rows = (int64_t)b->n;
    page->good = b->good;
    page->bad = (int64_t)b->n - b->good;
    page->differ = b->differ;
    page->on_day = b->when.on;
    page->near_left = b->near_left;
    if (is_kept(b->table->text)) {
        page->keeps = true;
        page->kept = b->table->text;
    }
    TRY(show_counts(k, page));
    return show_rows(k, page);
}

/* --- the page
 * ------------------------------------------------------------------ */

static err day_field(const struct request *rq, day d, str *out)
{
    char text[DAY_TEXT];

    TRY_MEMORY(arena_str(rq->arena, day_text(d, text), out));
    return OK;
}

static err show(const struct asking *k, struct response *rs, int status,
                struct page_batch *page)
{
    struct request *rq = k->rq;
    struct buf b;

    TRY(day_field(rq, faces_today(rq->app), &page->today));
    page->on = k->on.n > 0 ? k->on : page->today;
    page->known = k->known;
    page->token = web_visit(rq)->token;
    page->most = BATCH_PUBLIC_ROWS;
    page->most_proofs = BATCH_PUBLIC_PROOFS;
    TRY(web_base(rq, S(""), &page->base));
    web_about(rq, "batch_page.about", &page->base);
    if (k->done->arena != NULL)
        buf_init(&b, k->done->arena, PAGE_MOST);
    else
        answer_buf(rq, &b);
    page_batch_render(&b, web_lang(rq), page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_batch(struct request *rq, struct response *rs)
{
    struct batch_done none = { 0 };
    struct asking k = { .rq = rq, .on = asked(rq, "on"), .done = &none };
    struct page_batch page = { 0 };

    return show(&k, rs, 200, &page);
}

/* [WQ4] */
static err show_wrong(struct asking *k, struct response *rs, err why)
{
    struct page_batch page = { 0 };

    if (!answer_is_theirs(why))
        return why;
    TRY(answer_words(k->rq, why, &page.problem));
    if (k->text.n <= PASTED_SHOWN)
        page.text = k->text;
    return show(k, rs, answer_status(why), &page);
}

/* --- a list that is sent -----------------------------------------------------
 */

/* The file, where one was chosen; else what was pasted. */
static err sent(const struct asking *k, str *out)
{
    const struct upload_file *file = upload_get(&k->rq->upload, S("file"));

    *out = file != NULL && file->bytes.n > 0 ? file->bytes : k->text;
    if (str_trim(*out).n > 0)
        return OK;
    return err_new(k->rq->arena, ERR_INVALID, "batch.nothing");
}

static err check(struct asking *k)
{
    str file;

    TRY(batch_ask_day(k->rq, k->on, k->known, &k->when));
    TRY(sent(k, &file));
    TRY(batch_ask_begin(k->rq, k->done));
    TRY(batch_ask_read(file, k->done));
    return batch_ask_check(k->rq, &k->when, k->done);
}

static err answer(struct asking *k, struct response *rs)
{
    struct page_batch page = { 0 };

    if (k->as != BATCH_AS_PAGE)
        return batch_ask_send(k->rq, rs, k->done, k->as);
    TRY(show_result(k, &page));
    return show(k, rs, 200, &page);
}

static err post_batch(struct request *rq, struct response *rs)
{
    scoped(batch_done_end) struct batch_done done = { 0 };
    struct asking k = {
        .rq = rq,
        .done = &done,
        .text = answer_secret(rq, S("text")), /* as it was typed */
        .on = answer_field(rq, S("on")),
        .known = answer_field(rq, S("known")).n > 0,
        .as = BATCH_AS_PAGE,
    };

    (void)batch_as_of(answer_field(rq, S("as")), &k.as);
    err e = check(&k);
    if (!failed(e))
        e = answer(&k, rs);
    return failed(e) ? show_wrong(&k, rs, e) : OK;
}

static const struct route routes[] = {
    { METHOD_GET, "/batch", RIGHT_ANYONE, BODY_NONE, get_batch },
    { METHOD_POST, "/batch", RIGHT_ANYONE, BODY_UPLOAD, post_batch },
};

const struct route_table batch_routes = { routes, COUNT(routes) };
