#include "excel/xlsx_book.h"

#include "base/arena.h"
#include "base/heap.h"

#include <stdlib.h>

enum { DECIMAL = 10, FIRST_ENDS = 1024 };

bool book_number(str digits, uint64_t most, uint64_t *out)
{
    uint64_t n = 0;

    if (digits.n == 0)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        n = n * DECIMAL + (uint64_t)(digits.p[i] - '0');
        if (n > most)
            return false;
    }
    *out = n;
    return true;
}

static bool is(const char *name, const char *want)
{
    return strcmp(name, want) == 0;
}

static void no_text(void *, str)
{
}

static void no_end(void *, const char *)
{
}

static str attribute(const struct part_attributes *at, const char *name)
{
    str value = S("");

    (void)part_attribute(at, name, &value);
    return value;
}

/* --- relations ----------------------------------------------------------- */

/* What reads a part of the workbook's own. */
struct reader {
    struct xlsx_book *b;
    struct part part;
    bool inside; /* the list that counts */
};

/* `target` of a relation of the part in folder `folder`, "xl/" say. */
static err resolve(struct reader *r, str folder, str target, str *out)
{
    char name[1024];

    if (str_begins(target, S("/"))) {
        target = str_from(target, 1);
        folder = S("");
    }
    while (str_begins(target, S("./")))
        target = str_from(target, 2);
    if (folder.n + target.n > sizeof name)
        return err_new(r->b->in.a, ERR_INVALID, "xlsx.damaged",
                       ARG_STR("part", r->part.name),
                       ARG_INT("line", part_line(&r->part)));
    memcpy(name, folder.p == NULL ? "" : folder.p, folder.n);
    if (target.n > 0)
        memcpy(name + folder.n, target.p, target.n);
    TRY_MEMORY(arena_str(r->b->in.a, (str){ name, folder.n + target.n }, out));
    return OK;
}

static void put_target(struct reader *r, str folder,
                       const struct part_attributes *at, str *out)
{
    err e = resolve(r, folder, attribute(at, "Target"), out);

    if (failed(e))
        part_stop(&r->part, e);
}

static void root_begin(void *to, const char *name,
                       const struct part_attributes *at)
{
    struct reader *r = to;

    if (is(name, "Relationship") &&
        str_ends(attribute(at, "Type"), S("/officeDocument")))
        put_target(r, S(""), at, &r->b->main);
}

/* The folder of the workbook's part, with its "/". */
static str folder_of(str name)
{
    while (name.n > 0 && name.p[name.n - 1] != '/')
        name.n--;
    return name;
}

static void put_sheet_target(struct reader *r, str folder,
                             const struct part_attributes *at)
{
    str id = attribute(at, "Id");

    for (size_t i = 0; i < r->b->n; i++) {
        if (str_eq(r->b->sheets[i].id, id))
            put_target(r, folder, at, &r->b->sheets[i].part);
    }
}

static void relation_begin(void *to, const char *name,
                           const struct part_attributes *at)
{
    struct reader *r = to;
    str type = attribute(at, "Type");
    str folder = folder_of(r->b->main);

    if (!is(name, "Relationship"))
        return;
    if (str_ends(type, S("/worksheet")))
        put_sheet_target(r, folder, at);
    if (str_ends(type, S("/styles")))
        put_target(r, folder, at, &r->b->styles);
    if (str_ends(type, S("/sharedStrings")))
        put_target(r, folder, at, &r->b->strings);
}

/* --- the list of sheets -------------------------------------------------- */

static err add_sheet(struct xlsx_book *b, const struct part_attributes *at)
{
    str state = attribute(at, "state");

    if (b->n == XLSX_SHEETS_MAX)
        return err_new(b->in.a, ERR_LIMIT, "xlsx.sheets",
                       ARG_INT("most", XLSX_SHEETS_MAX));
    b->sheets[b->n].hidden = state.n > 0 && !str_eq(state, S("visible"));
    TRY_MEMORY(arena_str(b->in.a, attribute(at, "id"), &b->sheets[b->n].id));
    TRY_MEMORY(arena_str(b->in.a, attribute(at, "name"), &b->shown[b->n].name));
    b->n++;
    return OK;
}

static void workbook_begin(void *to, const char *name,
                           const struct part_attributes *at)
{
    struct reader *r = to;

    if (is(name, "workbookPr")) {
        str value = attribute(at, "date1904");

        r->b->from_1904 = str_eq(value, S("1")) || str_eq(value, S("true"));
    }
    if (is(name, "sheets"))
        r->inside = true;
    if (r->inside && is(name, "sheet")) {
        err e = add_sheet(r->b, at);

        if (failed(e))
            part_stop(&r->part, e);
    }
}

static void workbook_end(void *to, const char *name)
{
    struct reader *r = to;

    if (is(name, "sheets"))
        r->inside = false;
}

/* Those that are tables and not hidden move to the front. */
static void keep_readable(struct xlsx_book *b)
{
    size_t kept = 0;

    for (size_t i = 0; i < b->n; i++) {
        if (b->sheets[i].hidden || b->sheets[i].part.n == 0)
            continue;
        b->sheets[kept] = b->sheets[i];
        b->shown[kept] = b->shown[i];
        b->shown[kept].bytes = part_size(&b->in, b->sheets[kept].part);
        kept++;
    }
    b->n = kept;
}

static err read_small(struct xlsx_book *b, str part,
                      const struct part_handler *handler)
{
    struct reader r = { .b = b };

    return part_read_all(&b->in, part, XLSX_SMALL_BYTES, handler, &r, &r.part);
}

/* "xl/_rels/workbook.xml.rels" of "xl/workbook.xml". */
static err relations_name(struct xlsx_book *b, str *out)
{
    str folder = folder_of(b->main);
    str file = str_from(b->main, folder.n);
    static const char between[] = "_rels/";
    static const char behind[] = ".rels";
    size_t n = b->main.n + sizeof between + sizeof behind - 2;
    char *to = arena_zero(b->in.a, n + 1);

    TRY_MEMORY(to != NULL);
    *out = (str){ to, n };
    memcpy(to, folder.p, folder.n);
    memcpy(to + folder.n, between, sizeof between - 1);
    to += folder.n + sizeof between - 1;
    memcpy(to, file.p, file.n);
    memcpy(to + file.n, behind, sizeof behind - 1);
    return OK;
}

err book_find(struct xlsx_book *b)
{
    static const struct part_handler root = { root_begin, no_end, no_text };
    static const struct part_handler workbook = { workbook_begin, workbook_end,
                                                  no_text };
    static const struct part_handler relations = { relation_begin, no_end,
                                                   no_text };
    str name;

    b->sheets = arena_array(b->in.a, XLSX_SHEETS_MAX, sizeof *b->sheets);
    b->shown = arena_array(b->in.a, XLSX_SHEETS_MAX, sizeof *b->shown);
    TRY_MEMORY(b->sheets != NULL && b->shown != NULL);
    if (part_is_there(&b->in, S("_rels/.rels")))
        TRY(read_small(b, S("_rels/.rels"), &root));
    if (b->main.n == 0)
        return err_new(b->in.a, ERR_INVALID, "xlsx.not_workbook");
    if (str_ends(b->main, S(".bin")))
        return err_new(b->in.a, ERR_INVALID, "xlsx.binary");
    TRY(read_small(b, b->main, &workbook));
    TRY(relations_name(b, &name));
    TRY(read_small(b, name, &relations));
    keep_readable(b);
    if (b->n == 0)
        return err_new(b->in.a, ERR_INVALID, "xlsx.no_sheet");
    return OK;
}

/* --- styles -------------------------------------------------------------- */

enum style_list { STYLE_NONE, STYLE_FORMATS, STYLE_CELLS };

struct style_reader {
    struct xlsx_book *b;
    struct part part;
    enum style_list list;
};

static void add_format(struct xlsx_book *b, const struct part_attributes *at)
{
    uint64_t number;

    if (book_number(attribute(at, "numFmtId"), XLSX_FORMATS - 1, &number))
        b->formats[number] = xlsx_format_of(attribute(at, "formatCode"));
}

static void add_look(struct xlsx_book *b, const struct part_attributes *at)
{
    uint64_t number = 0;

    if (b->looks_n == XLSX_FORMATS) /* a cell of a further one is a number */
        return;
    (void)book_number(attribute(at, "numFmtId"), XLSX_FORMATS - 1, &number);
    b->looks[b->looks_n++] = b->formats[number];
}

static void style_begin(void *to, const char *name,
                        const struct part_attributes *at)
{
    struct style_reader *r = to;

    if (is(name, "numFmts"))
        r->list = STYLE_FORMATS;
    if (is(name, "cellXfs"))
        r->list = STYLE_CELLS;
    if (r->list == STYLE_FORMATS && is(name, "numFmt"))
        add_format(r->b, at);
    if (r->list == STYLE_CELLS && is(name, "xf"))
        add_look(r->b, at);
}

static void style_end(void *to, const char *name)
{
    struct style_reader *r = to;

    if (is(name, "numFmts") || is(name, "cellXfs"))
        r->list = STYLE_NONE;
}

err book_styles(struct xlsx_book *b)
{
    static const struct part_handler styles = { style_begin, style_end,
                                                no_text };
    struct style_reader r = { .b = b };

    b->formats = arena_array(b->in.a, XLSX_FORMATS, sizeof *b->formats);
    b->looks = arena_array(b->in.a, XLSX_FORMATS, sizeof *b->looks);
    TRY_MEMORY(b->formats != NULL && b->looks != NULL);
    for (uint32_t i = 0; i < XLSX_FORMATS; i++)
        b->formats[i] = xlsx_format_built_in(i);
    if (b->styles.n == 0 || !part_is_there(&b->in, b->styles))
        return OK;
    return part_read_all(&b->in, b->styles, XLSX_SMALL_BYTES, &styles, &r,
                         &r.part);
}

enum xlsx_format book_look(const struct xlsx_book *b, size_t number)
{
    return number < b->looks_n ? b->looks[number] : FORMAT_NUMBER;
}

/* --- shared texts -------------------------------------------------------- */

struct string_reader {
    struct xlsx_book *b;
    struct part part;
    size_t from; /* of the text that is read, in b->text */
    bool taken;  /* inside of <t> */
    int phonetic;
};

err book_text(const struct xlsx_book *b, const struct part *p,
              enum xlsx_text_outcome o)
{
    if (o == TEXT_FITS)
        return OK;
    if (o == TEXT_NO_MEMORY)
        return err_memory();
    return err_new(b->in.a, ERR_LIMIT, "xlsx.cell", ARG_STR("part", p->name),
                   ARG_INT("line", part_line(p)),
                   ARG_INT("most", XLSX_CELL_BYTES));
}

static void string_check(struct string_reader *r, enum xlsx_text_outcome o)
{
    if (o == TEXT_LIMIT) {
        part_stop(&r->part, err_new(r->b->in.a, ERR_LIMIT, "xlsx.big",
                                    ARG_STR("part", r->part.name),
                                    ARG_INT("most", XLSX_STRINGS_BYTES >> 20)));
        return;
    }
    err e = book_text(r->b, &r->part, o);
    if (failed(e))
        part_stop(&r->part, e);
}

static bool reserve_end(struct xlsx_book *b)
{
    if (b->ends_n < b->ends_room)
        return true;

    size_t room = b->ends_room == 0 ? FIRST_ENDS : b->ends_room * 2;
    uint32_t *grown = b->heap->resize(b->heap, b->ends, room * sizeof *b->ends);
    if (grown == NULL)
        return false;
    b->ends = grown;
    b->ends_room = room;
    return true;
}

static void string_begin(void *to, const char *name,
                         const struct part_attributes *)
{
    struct string_reader *r = to;

    if (is(name, "si"))
        r->from = r->b->text.n;
    if (is(name, "rPh"))
        r->phonetic++;
    if (is(name, "t"))
        r->taken = r->phonetic == 0; /* [XL4] */
}

static void string_end(void *to, const char *name)
{
    struct string_reader *r = to;

    if (is(name, "t"))
        r->taken = false;
    if (is(name, "rPh"))
        r->phonetic--;
    if (!is(name, "si"))
        return;
    string_check(r, xlsx_text_field(&r->b->text, r->from));
    if (!reserve_end(r->b)) {
        part_stop(&r->part, err_memory());
        return;
    }
    r->b->ends[r->b->ends_n++] = (uint32_t)r->b->text.n;
}

static void string_text(void *to, str text)
{
    struct string_reader *r = to;

    if (!r->taken)
        return;
    if (r->b->text.n - r->from + text.n > XLSX_CELL_BYTES)
        part_stop(&r->part, book_text(r->b, &r->part, TEXT_LIMIT));
    else
        string_check(r, xlsx_text_add(&r->b->text, text));
}

err book_strings(struct xlsx_book *b)
{
    static const struct part_handler strings = { string_begin, string_end,
                                                 string_text };
    struct string_reader r = { .b = b };

    if (b->strings.n == 0 || !part_is_there(&b->in, b->strings))
        return OK;
    return part_read_all(&b->in, b->strings, XLSX_SHEET_BYTES, &strings, &r,
                         &r.part);
}

bool book_string(const struct xlsx_book *b, size_t number, str *out)
{
    if (number >= b->ends_n)
        return false;

    size_t from = number == 0 ? 0 : b->ends[number - 1];
    *out = (str){ b->text.p + from, b->ends[number] - from };
    return true;
}
