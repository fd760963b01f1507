/* A signature over every byte of a PDF file. [PS1]-[PS3]  What other programs
 * make of it: tests/stories/signed.sh. */
#include "credential/pdf_sign.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/pdf.h"
#include "credential/cms.h"
#include "credential/test_page.h"

#include <stdio.h>

static const int64_t at = INT64_C(1772323200000000); /* 2026-03-01 00:00 UTC */

static const struct pdf_attachment credential = {
    S_INIT("credential.json"),
    S_INIT("application/vc"),
    S_INIT("凭证"),
    S_INIT("{}"),
};

static const struct pdf_facts facts = {
    S_INIT("示例认证中心"), S_INIT("颁发证书"), at, &credential, 1,
};

/* [PS1] */
TEST(all_but_the_room_for_the_signature_is_signed)
{
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };
    struct pdf again;
    str out = S("");

    EXPECT_OK(pdf_prepare(&a, test_page(&a), &facts, &p));
    size_t hole = (size_t)(p.second.p - p.first.p) - p.first.n;
    EXPECT(p.first.p == p.bytes && hole == 2 * CMS_BYTES_MAX + 2);
    EXPECT(p.second.p + p.second.n == p.bytes + p.n);
    EXPECT(p.first.p[p.first.n] == '<' && p.second.p[-1] == '>');

    char want[80];
    (void)snprintf(want, sizeof want, "/ByteRange [0 %010zu %010zu %010zu]",
                   p.first.n, p.first.n + hole, p.second.n);
    EXPECT(str_contains(p.first, str_of(want)));
    EXPECT(str_contains(p.first, S("/M (D:20260301000000Z)")));

    EXPECT_OK(pdf_seal(&a, &p, S("\x30\x01\xff"), &out));
    EXPECT(out.n == p.n && str_contains(out, S("/Contents <3001ff0000")));
    EXPECT_OK(pdf_open(&a, out, &again));
    EXPECT(again.count == TEST_PAGE_OBJECTS + 1 + 4);
}

/* [PS3] */
TEST(the_same_file_and_facts_give_the_same_bytes)
{
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };
    struct pdf_prepared q = { 0 };

    EXPECT_OK(pdf_prepare(&a, test_page(&a), &facts, &p));
    EXPECT_OK(pdf_prepare(&a, test_page(&a), &facts, &q));
    EXPECT_STR(((str){ p.bytes, p.n }), ((str){ q.bytes, q.n }));
}

TEST(what_is_attached_stands_in_the_file_under_its_name)
{
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };

    EXPECT_OK(pdf_prepare(&a, test_page(&a), &facts, &p));
    str all = { p.bytes, p.n };
    EXPECT(str_contains(all, S("/Subtype /application#2Fvc")));
    EXPECT(str_contains(all, S("/Length 2 ")));
    EXPECT(str_contains(all, S("/Desc <FEFF51ED8BC1>")));
    EXPECT(str_contains(
        all, S("/EmbeddedFiles << /Names [ (credential.json) 5 0 R ] >>")));
    EXPECT(str_contains(all, S("/Name <FEFF793A4F8B8BA48BC14E2D5FC3>")));
}

/* Characters beyond the first plane take two units (U+20BB7). */
TEST(a_rare_character_of_a_name_is_written_as_two_units)
{
    const struct pdf_facts rare = { S("𠮷"), S(""), at, NULL, 0 };
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };

    EXPECT_OK(pdf_prepare(&a, test_page(&a), &rare, &p));
    EXPECT(str_contains(p.first, S("/Name <FEFFD842DFB7>")));
    EXPECT(!str_contains(p.first, S("/EmbeddedFiles")));
}

TEST(a_file_of_another_form_is_refused)
{
    static const struct {
        const char *why;
        const char *bodies[3];
    } rows[] = {
        { "no pages", { "<< /Type /Catalog >>", "<< >>", "<< >>" } },
        { "pages without a page",
          { "<< /Pages 2 0 R >>", "<< /Kids [ ] >>", "<< >>" } },
        { "a page that is not there",
          { "<< /Pages 2 0 R >>", "<< /Kids [ 9 0 R ] >>", "<< >>" } },
        { "a page with notes",
          { "<< /Pages 2 0 R >>", "<< /Kids [ 3 0 R ] >>",
            "<< /Annots [ ] >>" } },
        { "a page that is no dictionary",
          { "<< /Pages 2 0 R >>", "<< /Kids [ 3 0 R ] >>", "null" } },
    };
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why,
                       pdf_prepare(&a, test_page_of(&a, rows[i].bodies, 3),
                                   &facts, &p),
                       ERR_INVALID, "pdf_sign.page");
    EXPECT_ERR(pdf_prepare(&a, S("%PDF-1.5\n"), &facts, &p), ERR_INVALID,
               "pdf.form");
    EXPECT(p.bytes == NULL);
}

TEST(attachments_have_plain_names_and_are_not_too_many)
{
    static const str names[] = { S_INIT(""), S_INIT("a b"), S_INIT("a)"),
                                 S_INIT("凭证.json"), S_INIT("a/b") };
    struct pdf_attachment many[PDF_ATTACHED_MOST + 1];
    TEST_ARENA(a, 32 << 20);
    struct pdf_prepared p = { 0 };
    struct pdf_facts f = facts;

    for (size_t i = 0; i < COUNT(names); i++) {
        struct pdf_attachment x = credential;

        x.name = names[i];
        f.attachments = &x;
        EXPECT_ROW_ERR(names[i].p, pdf_prepare(&a, test_page(&a), &f, &p),
                       ERR_INVALID, "pdf_sign.name");
    }
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = credential;
    f.attachments = many;
    f.n = PDF_ATTACHED_MOST;
    EXPECT_OK(pdf_prepare(&a, test_page(&a), &f, &p));
    f.n++;
    EXPECT_ERR(pdf_prepare(&a, test_page(&a), &f, &p), ERR_LIMIT,
               "pdf_sign.many");
}

TEST(a_signature_that_does_not_fit_is_refused)
{
    static char der[CMS_BYTES_MAX + 1];
    TEST_ARENA(a, 8 << 20);
    struct pdf_prepared p = { 0 };
    str out = S("untouched");

    EXPECT_OK(pdf_prepare(&a, test_page(&a), &facts, &p));
    EXPECT_ERR(pdf_seal(&a, &p, (str){ der, sizeof der }, &out), ERR_LIMIT,
               "cms.long");
    EXPECT_STR(out, S("untouched"));
    EXPECT_OK(pdf_seal(&a, &p, (str){ der, sizeof der - 1 }, &out));
}

static err prepare_and_seal(struct heap *h, void *context)
{
    const str *file = context;
    scoped(arena_end) struct arena a;
    struct pdf_prepared p;
    str out;

    arena_init(&a, h, 8 << 20);
    TRY(pdf_prepare(&a, *file, &facts, &p));
    return pdf_seal(&a, &p, S("x"), &out);
}

TEST(signing_a_file_survives_every_failed_allocation)
{
    TEST_ARENA(a, 1 << 20);
    str file = test_page(&a);

    EXPECT(test_every_allocation_fails(prepare_and_seal, NULL, &file) > 0);
}
