/* Every kind of document on paper, of a case with sixty outlets and of one
 * with as little as is allowed. [DO1] [PD3] [PN2] [M12] [M13] [M20] */
#include "service/document.h"

#include "codec/json.h"
#include "paint/painter.h"
#include "service/certificate_paper.h"
#include "service/service_test_env.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { OUTLETS = 60, MEMORY = 256 << 20 };

/* --- on paper --------------------------------------------------------- */

/* A case and who paints its papers: the worker that does so in earnest. */
struct papers {
    struct office *o;
    struct painter painter;
    str ref;
    int outlets;
};

static void papers_end(struct papers *p)
{
    painter_end(&p->painter);
}

static size_t times(str text, str word)
{
    size_t n = 0;

    for (size_t at = str_find(text, word); at < text.n;
         at = str_find(text, word)) {
        n++;
        text = str_from(text, at + word.n);
    }
    return n;
}

/* For others to read (tests/papers.sh), where they say into which folder. */
static void keep(const struct papers *p, const char *row, enum lang l, str pdf)
{
    const char *into = getenv("PAPERS_INTO");
    char name[200];

    if (into == NULL)
        return;
    (void)snprintf(name, sizeof name, "%s/%s-%d.%s.pdf", into, row, p->outlets,
                   l == LANG_ZH ? "zh" : "en");
    FILE *f = fopen(name, "wb");
    EXPECT_ROW(row, f != NULL && fwrite(pdf.p, 1, pdf.n, f) == pdf.n);
    EXPECT_ROW(row, f != NULL && fclose(f) == 0);
}

/* How many pages it takes; 0 when it cannot be painted. */
static size_t paint(struct papers *p, const char *row, enum lang l,
                    const struct paint_document *d)
{
    TEST_ARENA(a, MEMORY);
    str pdf = S("");

    if (!EXPECT_ROW_OK(row, painter_paint(&p->painter, &a, d, &pdf)))
        return 0;
    keep(p, row, l, pdf);
    return times(pdf, S("/Type /Page\n")) + times(pdf, S("/Type /Page "));
}

/* --- a case ----------------------------------------------------------- */

/* A case on which every document but notices can be made: something lacked,
 * had a gap, was weak. */
static str certified_with(struct office *o, int outlets)
{
    struct script script = office_script(o);
    str ref = office_case(o);
    bool over = false;

    script.level = S("three");
    script.weak = 2;
    script.incomplete = true;
    script.gap = true;
    script.outlets = outlets;
    if (outlets == 0) {
        script.scope_en = S("");
        script.staff = 1;
    }
    while (!over && !test_failing() &&
           office_read(o, ref).state->stage != STAGE_UPKEEP)
        EXPECT_OK(office_step(o, &script, ref, &over));
    return ref;
}

/* A sub-certificate for each outlet; the first site is the headquarters. */
static void certify_outlets(struct office *o, str ref, int outlets)
{
    for (int n = 2; n <= outlets + 1 && !test_failing(); n++) {
        char data[40];

        (void)snprintf(data, sizeof data, "{'n':%d}", n);
        EXPECT_OK(office_do(o, "certificates", ref, "certificate.sub", data));
    }
}

static void suspend(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend",
                        "{'code':'0112','reasons':'r',"
                        "'confirmed':'" OFFICE_TODAY "'}"));
}

static void withdraw(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "reviewer", ref, "withdrawal.decide",
                        "{'code':'0116','reasons':'r'}"));
    EXPECT_OK(office_do(o, "head", ref, "certificate.withdraw", "{}"));
}

#define TEST_PAPERS(name, office, n)                                           \
    scoped(papers_end) struct papers name = { (office), PAINTER_NONE,          \
                                              certified_with((office), (n)),   \
                                              (n) }

/* --- each document ---------------------------------------------------- */

struct paper_row {
    enum document_kind kind;
    bool lists;   /* each outlet by its name */
    size_t least; /* pages, with as little as is allowed */
    size_t sixty; /* and with sixty outlets */
};

static const struct paper_row certified[] = {
    { DOCUMENT_QUOTE, false, 1, 1 },
    { DOCUMENT_CONTRACT, false, 1, 1 },
    { DOCUMENT_SUPPLEMENT, false, 1, 1 },
    { DOCUMENT_PLAN, true, 1, 3 },
    { DOCUMENT_REPORT, false, 2, 2 },
    { DOCUMENT_NONCONFORMITY, false, 2, 2 },
    { DOCUMENT_DECISION, false, 1, 1 },
    { DOCUMENT_SURVEILLANCE, false, 1, 1 },
    { DOCUMENT_IMPROVEMENT, false, 1, 1 },
};
static const struct paper_row suspension[] = {
    { DOCUMENT_SUSPENSION, false, 1, 1 },
};
static const struct paper_row withdrawal[] = {
    { DOCUMENT_WITHDRAWAL, false, 1, 1 },
};

static_assert(COUNT(certified) + COUNT(suspension) + COUNT(withdrawal) ==
              DOCUMENT_KIND_COUNT);

/* The document says the name of each, and not one more. */
static void expect_outlets(const struct papers *p, const char *row,
                           const struct paint_document *d)
{
    str text = S("");

    EXPECT_ROW_OK(row, paint_document_write(&p->o->arena, d, &text));
    for (int i = 1; i <= p->outlets + 1; i++) {
        char name[40];

        (void)snprintf(name, sizeof name, "服务网点%d\"", i);
        EXPECT_ROW(row, str_contains(text, str_of(name)) == (i <= p->outlets));
    }
}

static void expect_paper(struct papers *p, const struct paper_row *row)
{
    const char *name = document_names[row->kind];

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const struct document_wish wish = { p->ref, row->kind, l };
        struct paint_document d = { 0 };

        EXPECT_ROW_OK(name,
                      document_make(p->o->app, &p->o->arena,
                                    office_as(p->o, "quality"), &wish, &d));
        if (row->lists)
            expect_outlets(p, name, &d);
        EXPECT_ROW(name, paint(p, name, l, &d) ==
                             (p->outlets > 0 ? row->sixty : row->least));
    }
}

static void expect_papers(struct papers *p, const struct paper_row *rows,
                          size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect_paper(p, &rows[i]);
}

static void expect_documents(struct papers *p)
{
    expect_papers(p, certified, COUNT(certified));
    suspend(p->o, p->ref);
    expect_papers(p, suspension, COUNT(suspension));
    withdraw(p->o, p->ref);
    expect_papers(p, withdrawal, COUNT(withdrawal));
}

/* --- certificates [CT4] ----------------------------------------------- */

static void expect_certificate(struct papers *p, const char *row, str number,
                               size_t pages)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const struct certificate_wish wish = { number, l, office_today(p->o) };
        struct paint_document d = { 0 };

        EXPECT_ROW_OK(row,
                      certificate_paper(p->o->app, &p->o->arena, &wish, &d));
        EXPECT_ROW(row, paint(p, row, l, &d) == pages);
    }
}

/* The main one lists them on further pages; each has one of its own. */
static void expect_certificates(struct papers *p)
{
    certify_outlets(p->o, p->ref, p->outlets);
    const struct state *s = office_read(p->o, p->ref).state;

    EXPECT(s->sub_count == p->outlets);
    expect_certificate(p, "certificate", s->certificate->number,
                       p->outlets > 0 ? 3 : 1);
    if (s->sub_count > 0)
        expect_certificate(p, "sub-certificate",
                           s->subs[s->sub_count - 1].sub->number, 1);
}

ONE_STORE_TEST(every_paper_of_sixty_outlets_is_painted, true)
{
    TEST_OFFICE(o, place);
    TEST_PAPERS(p, &o, OUTLETS);

    expect_certificates(&p);
    expect_documents(&p);
}

ONE_STORE_TEST(every_paper_of_as_little_as_is_allowed_is_painted, true)
{
    TEST_OFFICE(o, place);
    TEST_PAPERS(p, &o, 0);

    expect_certificates(&p);
    expect_documents(&p);
}
