/* Forms with files, as browsers send them and as nobody should. [UP1]..[UP4] */

#include "http/upload.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "http/request.h"
#include "http/site.h"

#define TYPE  "multipart/form-data; boundary=x"
#define FIELD "Content-Disposition: form-data; name="
#define LINE  "\r\n"
#define END   LINE "--x--" LINE

static err parse(struct arena *a, const char *body, struct upload *out)
{
    return upload_parse(a, S(TYPE), str_of(body), out);
}

TEST(fields_and_files_are_read_as_they_were_sent)
{
    TEST_ARENA(a, 1 << 20);
    struct upload u = { 0 };
    str title = S("");
    const struct upload_file *file;

    EXPECT_OK(parse(&a,
                    "--x" LINE FIELD "\"title\"" LINE LINE "营业 执照" LINE
                    "--x" LINE FIELD "\"file\"; filename=\"照.pdf\"" LINE
                    "Content-Type: application/pdf" LINE LINE
                    "a\r\n--\r\n--y" END,
                    &u));
    EXPECT(u.form.n == 1 && form_get(&u.form, S("title"), &title));
    EXPECT_STR(title, S("营业 执照"));
    file = upload_get(&u, S("file"));
    EXPECT(file != NULL);
    if (file == NULL)
        return;
    EXPECT_STR(file->name, S("照.pdf"));
    EXPECT_STR(file->type, S("application/pdf"));
    EXPECT_STR(file->bytes, S("a\r\n--\r\n--y"));
    EXPECT(upload_get(&u, S("title")) == NULL);
}

TEST(nothing_is_a_form_without_fields_and_an_empty_part_an_empty_value)
{
    TEST_ARENA(a, 1 << 20);
    struct upload u = { 0 };
    str value = S("x");

    EXPECT_OK(parse(&a, "--x--" LINE, &u));
    EXPECT(u.form.n == 0 && u.n == 0);
    EXPECT_OK(parse(&a, "--x--", &u));
    EXPECT_OK(parse(&a, "--x" LINE FIELD "\"a\"" LINE LINE END, &u));
    EXPECT(form_get(&u.form, S("a"), &value) && value.n == 0);
    EXPECT_OK(parse(&a,
                    "--x" LINE FIELD "\"f\"; filename=\"\"" LINE
                    "Content-Type: application/octet-stream" LINE LINE END,
                    &u));
    EXPECT(u.n == 1 && u.files[0].name.n == 0 && u.files[0].bytes.n == 0);
}

/* [UP4] */
TEST(a_files_name_is_no_path)
{
    static const char *const names[] = { "/etc/passwd", "..\\..\\passwd",
                                         "C:/passwd", "passwd" };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(names); i++) {
        struct upload u = { 0 };
        struct buf b;
        str body = S("");

        buf_init(&b, &a, 1000);
        buf_printf(&b, "--x" LINE FIELD "\"f\"; filename=\"%s\"" LINE LINE END,
                   names[i]);
        EXPECT_OK(buf_done(&b, &body));
        EXPECT_ROW_OK(names[i], upload_parse(&a, S(TYPE), body, &u));
        EXPECT_ROW(names[i], u.n == 1 && str_eq(u.files[0].name, S("passwd")));
    }
}

TEST(two_files_of_one_name_are_none)
{
    TEST_ARENA(a, 1 << 20);
    struct upload u = { 0 };

    EXPECT_OK(parse(&a,
                    "--x" LINE FIELD "\"f\"; filename=\"1\"" LINE LINE LINE
                    "--x" LINE FIELD "\"f\"; filename=\"2\"" LINE LINE END,
                    &u));
    EXPECT(u.n == 2 && upload_get(&u, S("f")) == NULL);
}

/* [UP1] */
TEST(what_no_browser_sends_is_refused)
{
    static const struct {
        const char *why;
        const char *body;
    } rows[] = {
        { "nothing at all", "" },
        { "text before", "hello" LINE "--x--" LINE },
        { "text behind", "--x--" LINE "hello" },
        { "another boundary",
          "--y" LINE FIELD "\"a\"" LINE LINE "1" LINE "--y--" LINE },
        { "no end", "--x" LINE FIELD "\"a\"" LINE LINE "1" LINE "--x" },
        { "no end of a part", "--x" LINE FIELD "\"a\"" LINE LINE "1" },
        { "a blank behind a boundary",
          "--x " LINE FIELD "\"a\"" LINE LINE "1" END },
        { "bare line feeds", "--x\n" FIELD "\"a\"\n\n1\n--x--\n" },
        { "no disposition", "--x" LINE "Content-Type: a/b" LINE LINE "1" END },
        { "two dispositions",
          "--x" LINE FIELD "\"a\"" LINE FIELD "\"b\"" LINE LINE "1" END },
        { "another field of a head",
          "--x" LINE FIELD "\"a\"" LINE
          "Content-Transfer-Encoding: base64" LINE LINE "1" END },
        { "a name that is not quoted", "--x" LINE FIELD "a" LINE LINE "1" END },
        { "something behind the name",
          "--x" LINE FIELD "\"a\"; x=1" LINE LINE "1" END },
        { "no form-data",
          "--x" LINE "Content-Disposition: attachment" LINE LINE "1" END },
        { "a control character in a name",
          "--x" LINE FIELD "\"f\"; filename=\"a\x01\"" LINE LINE "1" END },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct upload u = { 0 };

        EXPECT_ROW_ERR(rows[i].why, parse(&a, rows[i].body, &u), ERR_INVALID,
                       "upload.form");
    }
}

TEST(a_value_that_is_no_text_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    struct upload u = { 0 };

    EXPECT_ERR(parse(&a, "--x" LINE FIELD "\"a\"" LINE LINE "\xff" END, &u),
               ERR_INVALID, "form.text");
    EXPECT_OK(
        parse(&a, "--x" LINE FIELD "\"a\"; filename=\"b\"" LINE LINE "\xff" END,
              &u));
}

TEST(a_boundary_is_what_the_standard_allows)
{
    static const struct {
        const char *type;
        bool good;
    } rows[] = {
        { "multipart/form-data; boundary=x", true },
        { "multipart/form-data; boundary=\"x\"", true },
        { "multipart/form-data;BOUNDARY=x", true },
        { "multipart/form-data", false },
        { "multipart/form-data; boundary=", false },
        { "multipart/form-data; boundary=\"\"", false },
        { "multipart/form-data; boundary=x y", false },
        { "multipart/form-data; charset=x", false },
        { "multipart/form-data; boundary=x; charset=utf-8", false },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct upload u = { 0 };
        err e = upload_parse(&a, str_of(rows[i].type), S("--x--"), &u);

        if (rows[i].good)
            EXPECT_ROW_OK(rows[i].type, e);
        else
            EXPECT_ROW_ERR(rows[i].type, e, ERR_INVALID, "upload.boundary");
    }
}

/* So many files or fields in one form. */
static err parse_many(struct arena *a, size_t n, bool files)
{
    struct upload u = { 0 };
    struct buf b;
    str body;

    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, files ? S("--x" LINE FIELD
                              "\"f\"; filename=\"a\"" LINE LINE LINE)
                          : S("--x" LINE FIELD "\"f\"" LINE LINE LINE));
    buf_str(&b, S("--x--"));
    TRY(buf_done(&b, &body));
    return upload_parse(a, S(TYPE), body, &u);
}

TEST(a_form_has_so_many_files_and_fields_and_no_more)
{
    TEST_ARENA(a, 8 << 20);

    EXPECT_OK(parse_many(&a, UPLOAD_FILES, true));
    EXPECT_ERR(parse_many(&a, UPLOAD_FILES + 1, true), ERR_LIMIT,
               "upload.many");
    EXPECT_OK(parse_many(&a, FORM_FIELDS, false));
    EXPECT_ERR(parse_many(&a, FORM_FIELDS + 1, false), ERR_LIMIT, "form.many");
}

/* --- through a site
 * ------------------------------------------------------------ */

static err permit(struct request *rq, int)
{
    str token = S("");

    EXPECT(form_get(&rq->form, S("token"), &token)); /* before the handler */
    return OK;
}

static err take(struct request *rq, struct response *rs)
{
    const struct upload_file *f = upload_get(&rq->upload, S("f"));

    EXPECT(f != NULL);
    respond(rs, 200, TYPE_TEXT, f == NULL ? S("") : f->bytes);
    return OK;
}

static err on_error(struct request *, err why, struct response *rs)
{
    respond(rs, rs->status, TYPE_TEXT, str_of(why.info->id));
    return OK;
}

static struct response post(struct arena *a, const char *type, const char *body)
{
    static const struct route routes[] = {
        { METHOD_POST, "/up", 0, BODY_UPLOAD, take },
    };
    const struct route_table table = { routes, COUNT(routes) };
    const struct header headers[] = { { S("Content-Type"), str_of(type) } };
    struct incoming in = { .target = S("/up"), .body = str_of(body) };
    struct router *router = NULL;
    struct request rq = { .arena = a,
                          .id = S("x"),
                          .headers = headers,
                          .header_count = COUNT(headers) };
    struct response rs = { .status = 0 };

    EXPECT_OK(router_new(a, &table, 1, &router));
    const struct web_site site = { .router = router,
                                   .permit = permit,
                                   .on_error = on_error };
    incoming_method(&in, S("POST"));
    EXPECT_OK(site_answer(&site, &rq, &in, &rs));
    return rs;
}

TEST(a_route_that_takes_uploads_has_its_token_and_its_files)
{
    TEST_ARENA(a, 1 << 20);
    struct response rs =
        post(&a, TYPE,
             "--x" LINE FIELD "\"token\"" LINE LINE "t" LINE "--x" LINE FIELD
             "\"f\"; filename=\"a\"" LINE LINE "bytes" END);

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, S("bytes"));
    rs = post(&a, "application/x-www-form-urlencoded", "token=t");
    EXPECT(rs.status == 415);
    EXPECT_STR(rs.body, S("http.type"));
    rs = post(&a, TYPE, "--x");
    EXPECT(rs.status == 400);
    EXPECT_STR(rs.body, S("upload.form"));
}
