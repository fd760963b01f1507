#include "page/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "templates.h"

enum {
    TEXT_MAX = 8000, /* of a sentence */
    LETTER_MAX = 2 << 20,
    NAME_MAX_CHARS = 200,
    ADDRESS_MAX_CHARS = 2000,
    PARTS_MAX = 3, /* sentences before the link, and after it */
};

const char *const letter_names[] = {
    "invite",      "reset",      "register",     "waiting",      "supplement",
    "quote",       "plan",       "findings",     "certificate",  "accepted",
    "declined",    "revision",   "report",       "decision",     "suspension",
    "restoration", "withdrawal", "cancellation", "expiry",       "appeal",
    "complaint",   "misuse",     "invoice",      "surveillance", "message",
    "test",        NULL,
};

/* clang-format off */
static const struct field item_fields[] = {
    F_STR(struct letter_item, task, 1, 60),
    F_STR_OPT(struct letter_item, case_number, NAME_MAX_CHARS),
    F_STR_OPT(struct letter_item, enterprise, NAME_MAX_CHARS),
    F_DAY_OPT(struct letter_item, due),
    F_BOOL_OPT(struct letter_item, overdue),
    F_INT_OPT(struct letter_item, amount, 0, INT64_MAX),
};
static const struct record item_record = RECORD(letter_item, item_fields);

static const struct field letter_fields[] = {
    F_STR(struct letter, body, 1, NAME_MAX_CHARS),
    F_STR_OPT(struct letter, person, NAME_MAX_CHARS),
    F_STR_OPT(struct letter, address, ADDRESS_MAX_CHARS),
    F_INT_OPT(struct letter, until, 0, INT64_C(1) << 53),
    F_STR_OPT(struct letter, enterprise, NAME_MAX_CHARS),
    F_STR_OPT(struct letter, case_number, NAME_MAX_CHARS),
    F_STR_OPT(struct letter, certificate, NAME_MAX_CHARS),
    F_DAY_OPT(struct letter, due),
    F_LIST_OPT(struct letter, items, LETTER_ITEMS_MAX, &item_record),
};
const struct record letter_record = RECORD(letter, letter_fields);
/* clang-format on */

/* What each says: ids of texts. */
struct wording {
    const char *subject;
    const char *lead;
    const char *due;  /* said where there is a day; NULL: never */
    const char *link; /* on what is followed */
    const char *note; /* below it; NULL: none */
};

static const struct wording wordings[LETTER_KINDS] = {
    [LETTER_INVITE] = { "letter.invite_subject", "letter.invite_lead", NULL,
                        "letter.invite_link", "letter.invite_note" },
    [LETTER_RESET] = { "letter.reset_subject", "letter.reset_lead", NULL,
                       "letter.reset_link", "letter.reset_note" },
    [LETTER_REGISTER] = { "letter.register_subject", "letter.register_lead",
                          NULL, "letter.register_link",
                          "letter.register_note" },
    [LETTER_WAITING] = { "letter.waiting_subject", "letter.waiting_lead", NULL,
                         "letter.waiting_link", NULL },
    [LETTER_SUPPLEMENT] = { "letter.supplement_subject",
                            "letter.supplement_lead", "letter.supplement_due",
                            "letter.case_link", NULL },
    [LETTER_QUOTE] = { "letter.quote_subject", "letter.quote_lead",
                       "letter.quote_due", "letter.case_link", NULL },
    [LETTER_PLAN] = { "letter.plan_subject", "letter.plan_lead",
                      "letter.plan_due", "letter.case_link", NULL },
    [LETTER_FINDINGS] = { "letter.findings_subject", "letter.findings_lead",
                          "letter.findings_due", "letter.case_link", NULL },
    [LETTER_CERTIFICATE] = { "letter.certificate_subject",
                             "letter.certificate_lead", NULL,
                             "letter.certificate_link",
                             "letter.certificate_note" },
    [LETTER_ACCEPTED] = { "letter.accepted_subject", "letter.accepted_lead",
                          NULL, "letter.case_link", NULL },
    [LETTER_DECLINED] = { "letter.declined_subject", "letter.declined_lead",
                          NULL, "letter.case_link", NULL },
    [LETTER_REVISION] = { "letter.revision_subject", "letter.revision_lead",
                          "letter.revision_due", "letter.case_link", NULL },
    [LETTER_REPORT] = { "letter.report_subject", "letter.report_lead",
                        "letter.report_due", "letter.case_link", NULL },
    [LETTER_DECISION] = { "letter.decision_subject", "letter.decision_lead",
                          NULL, "letter.case_link", NULL },
    [LETTER_SUSPENSION] = { "letter.suspension_subject",
                            "letter.suspension_lead", "letter.suspension_due",
                            "letter.case_link", NULL },
    [LETTER_RESTORATION] = { "letter.restoration_subject",
                             "letter.restoration_lead", NULL,
                             "letter.case_link", NULL },
    [LETTER_WITHDRAWAL] = { "letter.withdrawal_subject",
                            "letter.withdrawal_lead", NULL, "letter.case_link",
                            NULL },
    [LETTER_CANCELLATION] = { "letter.cancellation_subject",
                              "letter.cancellation_lead", NULL,
                              "letter.case_link", NULL },
    [LETTER_EXPIRY] = { "letter.expiry_subject", "letter.expiry_lead", NULL,
                        "letter.case_link", NULL },
    [LETTER_APPEAL] = { "letter.appeal_subject", "letter.appeal_lead", NULL,
                        "letter.case_link", NULL },
    [LETTER_COMPLAINT] = { "letter.complaint_subject", "letter.complaint_lead",
                           NULL, "letter.case_link", NULL },
    [LETTER_MISUSE] = { "letter.misuse_subject", "letter.misuse_lead",
                        "letter.misuse_due", "letter.case_link", NULL },
    [LETTER_INVOICE] = { "letter.invoice_subject", "letter.invoice_lead",
                         "letter.invoice_due", "letter.case_link", NULL },
    [LETTER_SURVEILLANCE] = { "letter.surveillance_subject",
                              "letter.surveillance_lead",
                              "letter.surveillance_due", "letter.case_link",
                              NULL },
    [LETTER_MESSAGE] = { "letter.message_subject", "letter.message_lead", NULL,
                         "letter.message_link", NULL },
    [LETTER_TEST] = { "letter.test_subject", "letter.test_lead", NULL, NULL,
                      NULL },
};

/* --- sentences --------------------------------------------------------------
 */

struct writing {
    struct arena *a;
    enum lang l;
    const struct letter *letter;
    str until;
};

/* "2026年11月24日 09:05" */
static err write_until(struct writing *w)
{
    char text[TEXT_VALUE];
    day d = day_of_micros(w->letter->until);
    int of_day =
        (int)((w->letter->until - day_start_micros(d)) / INT64_C(60000000));
    str s = text_day(w->l, d, text);
    struct buf b;

    buf_init(&b, w->a, 2L * TEXT_VALUE);
    buf_str(&b, s);
    buf_printf(&b, " %02d:%02d", of_day / 60, of_day % 60);
    return buf_done(&b, &w->until);
}

static err say(const struct writing *w, const char *sentence, str *out)
{
    const struct letter *x = w->letter;
    const struct err_arg args[] = {
        ARG_STR("body", x->body),
        ARG_STR("person", x->person),
        ARG_STR("enterprise", x->enterprise),
        ARG_STR("number", x->case_number),
        ARG_STR("certificate", x->certificate),
        ARG_STR("until", w->until),
        ARG_DAY("due", x->due),
        ARG_INT("count", x->items.n),
        { 0 },
    };
    struct buf b;

    buf_init(&b, w->a, TEXT_MAX);
    text_render(&b, w->l, sentence, args);
    return buf_done(&b, out);
}

static err say_lines(const struct writing *w, const struct wording *words,
                     struct page_letter *page)
{
    struct page_letter_lines *lines =
        arena_array(w->a, PARTS_MAX, sizeof *lines);

    TRY_MEMORY(lines);
    TRY(say(w, words->lead, &lines[0].text));
    page->lines = lines;
    page->lines_n = 1;
    if (words->due == NULL || w->letter->due == DAY_NEVER)
        return OK;
    page->lines_n = 2;
    return say(w, words->due, &lines[1].text);
}

static err say_notes(const struct writing *w, const struct wording *words,
                     struct page_letter *page)
{
    struct page_letter_notes *notes =
        arena_array(w->a, PARTS_MAX, sizeof *notes);

    TRY_MEMORY(notes);
    page->notes = notes;
    if (w->letter->until > 0)
        TRY(say(w, "letter.until", &notes[page->notes_n++].text));
    if (words->note == NULL)
        return OK;
    return say(w, words->note, &notes[page->notes_n++].text);
}

/* "C2026-0001 示例公司" */
static err say_about(const struct writing *w, const struct letter_item *x,
                     str *out)
{
    struct buf b;

    buf_init(&b, w->a, TEXT_MAX);
    buf_str(&b, x->case_number);
    buf_str(&b, x->case_number.n > 0 && x->enterprise.n > 0 ? S(" ") : S(""));
    buf_str(&b, x->enterprise);
    return buf_done(&b, out);
}

static err say_when(const struct writing *w, const struct letter_item *x,
                    str *out)
{
    const struct err_arg args[] = { ARG_DAY("due", x->due), { 0 } };
    struct buf b;

    buf_init(&b, w->a, TEXT_MAX);
    if (x->due != DAY_NEVER)
        text_render(&b, w->l,
                    x->overdue ? "letter.item_overdue" : "letter.item_due",
                    args);
    return buf_done(&b, out);
}

static err say_item(const struct writing *w, const struct letter_item *x,
                    struct page_letter_items *out)
{
    const struct err_arg args[] = { ARG_MONEY("amount", x->amount), { 0 } };
    struct buf b;

    buf_init(&b, w->a, TEXT_MAX);
    text_choice(&b, w->l, "task.", x->task);
    if (x->amount > 0)
        text_render(&b, w->l, "todo.amount", args);
    TRY(buf_done(&b, &out->what));
    TRY(say_about(w, x, &out->about));
    out->pressing = x->overdue;
    return say_when(w, x, &out->when);
}

static err say_items(const struct writing *w, struct page_letter *page)
{
    const struct list *all = &w->letter->items;
    struct page_letter_items *items = arena_array(w->a, all->n, sizeof *items);

    TRY_MEMORY(items);
    for (size_t i = 0; i < all->n; i++)
        TRY(say_item(w, (const struct letter_item *)all->p + i, &items[i]));
    page->items = items;
    page->items_n = all->n;
    return OK;
}

static err say_all(const struct writing *w, const struct wording *words,
                   struct page_letter *page)
{
    *page = (struct page_letter){ .body_name = w->letter->body };
    TRY(say(w, words->subject, &page->title));
    TRY(say(w, w->letter->person.n > 0 ? "letter.hello_name" : "letter.hello",
            &page->hello));
    TRY(say_lines(w, words, page));
    TRY(say_items(w, page));
    if (words->link != NULL && w->letter->address.n > 0) {
        page->link = w->letter->address;
        TRY(say(w, words->link, &page->link_label));
    }
    TRY(say_notes(w, words, page));
    return say(w, "letter.foot", &page->foot);
}

/* --- plain text [LE1] -------------------------------------------------------
 */

static void paragraph(struct buf *b, str s)
{
    buf_str(b, s);
    buf_str(b, S("\n\n"));
}

static void put_item(struct buf *b, const struct page_letter_items *x)
{
    buf_str(b, S("- "));
    buf_str(b, x->what);
    buf_str(b, S("\n  "));
    buf_str(b, x->about);
    buf_str(b, x->when.n > 0 && x->about.n > 0 ? S("\n  ") : S(""));
    buf_str(b, x->when);
    buf_char(b, '\n');
}

static err write_plain(struct arena *a, const struct page_letter *page,
                       str *out)
{
    struct buf b;

    buf_init(&b, a, LETTER_MAX);
    paragraph(&b, page->hello);
    for (size_t i = 0; i < page->lines_n; i++)
        paragraph(&b, page->lines[i].text);
    for (size_t i = 0; i < page->items_n; i++)
        put_item(&b, &page->items[i]);
    buf_str(&b, page->items_n > 0 ? S("\n") : S(""));
    if (page->link.n > 0) {
        buf_str(&b, page->link_label);
        buf_char(&b, '\n');
        paragraph(&b, page->link);
    }
    for (size_t i = 0; i < page->notes_n; i++)
        paragraph(&b, page->notes[i].text);
    buf_str(&b, S("-- \n"));
    buf_str(&b, page->body_name);
    buf_char(&b, '\n');
    buf_str(&b, page->foot);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err letter_write(struct arena *a, enum letter_kind kind, enum lang l,
                 const struct letter *letter, struct letter_text *out)
{
    struct writing w = { .a = a, .l = l, .letter = letter };
    struct letter_text made;
    struct page_letter page;
    struct buf b;

    TRY(write_until(&w));
    TRY(say_all(&w, &wordings[kind], &page));
    buf_init(&b, a, LETTER_MAX);
    page_letter_render(&b, l, &page);
    TRY(buf_done(&b, &made.html));
    TRY(write_plain(a, &page, &made.text));
    made.subject = page.title;
    *out = made;
    return OK;
}
