#include "paint/document.h"

#include "codec/canonical.h"
#include "codec/json.h"

enum { WRITTEN_MOST = 32 << 20 };

static const char *const align_names[] = { "left", "centre", "right", NULL };
static const char *const language_names[] = { "zh", "en", NULL };
static const char *const kind_names[] = {
    [PAINT_HEADING] = "heading",
    [PAINT_PARAGRAPH] = "paragraph",
    [PAINT_NOTE] = "note",
    [PAINT_FIELDS] = "fields",
    [PAINT_TABLE] = "table",
    [PAINT_LIST] = "list",
    [PAINT_BARS] = "bars",
    [PAINT_SIGNATURES] = "signatures",
    [PAINT_BREAK] = "break",
    [PAINT_DRAWING] = "drawing",
    NULL,
};

static const struct field column_fields[] = {
    F_STR_OPT(struct paint_column, title, PAINT_SHORT),
    F_INT(struct paint_column, share, 1, 1000),
    F_ENUM_OPT(struct paint_column, align, align_names),
};
static const struct record column_record = RECORD(paint_column, column_fields);

static const struct field cell_fields[] = {
    F_STR_OPT(struct paint_cell, text, PAINT_TEXT),
};
static const struct record cell_record = RECORD(paint_cell, cell_fields);

static const struct field row_fields[] = {
    F_LIST(struct paint_row, cells, 1, PAINT_COLUMNS, &cell_record),
    F_BOOL_OPT(struct paint_row, strong),
};
static const struct record row_record = RECORD(paint_row, row_fields);

static const struct field bar_fields[] = {
    F_STR_OPT(struct paint_bar, label, PAINT_SHORT),
    F_STR_OPT(struct paint_bar, value, PAINT_SHORT),
    F_INT(struct paint_bar, part, 0, 1000),
    F_INT_OPT(struct paint_bar, mark, 0, 1000),
};
static const struct record bar_record = RECORD(paint_bar, bar_fields);

static const struct field block_fields[] = {
    F_ENUM(struct paint_block, kind, kind_names),
    F_STR_OPT(struct paint_block, text, PAINT_TEXT),
    F_LIST_OPT(struct paint_block, columns, PAINT_COLUMNS, &column_record),
    F_LIST_OPT(struct paint_block, rows, PAINT_ROWS, &row_record),
    F_LIST_OPT(struct paint_block, bars, PAINT_ROWS, &bar_record),
    F_STR_OPT(struct paint_block, svg, PAINT_SVG),
};
static const struct record block_record = RECORD(paint_block, block_fields);

static const struct field field_fields[] = {
    F_STR_OPT(struct paint_field, label, PAINT_SHORT),
    F_STR_OPT(struct paint_field, label_other, PAINT_SHORT),
    F_STR_OPT(struct paint_field, value, PAINT_TEXT),
    F_STR_OPT(struct paint_field, value_other, PAINT_TEXT),
};
static const struct record field_record = RECORD(paint_field, field_fields);

static const struct field certificate_fields[] = {
    F_STR(struct paint_certificate, title, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, title_other, PAINT_SHORT),
    F_INT_OPT(struct paint_certificate, stars, 0, 20),
    F_STR(struct paint_certificate, number, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, sample, 20),
    F_STR_OPT(struct paint_certificate, intro, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, intro_other, PAINT_SHORT),
    F_STR(struct paint_certificate, holder, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, holder_other, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, statement, PAINT_TEXT),
    F_STR_OPT(struct paint_certificate, statement_other, PAINT_TEXT),
    F_LIST_OPT(struct paint_certificate, fields, 20, &field_record),
    F_LIST_OPT(struct paint_certificate, days, 4, &field_record),
    F_STR_OPT(struct paint_certificate, qr, PAINT_QR),
    F_STR_OPT(struct paint_certificate, scan, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, scan_other, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, scan_note, PAINT_SHORT),
    F_STR(struct paint_certificate, body, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, body_other, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, issued_by, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, seal, 40),
    F_STR_OPT(struct paint_certificate, seal_below, 40),
    F_STR_OPT(struct paint_certificate, note, PAINT_SHORT),
    F_STR_OPT(struct paint_certificate, note_other, PAINT_SHORT),
};
static const struct record certificate_record =
    RECORD(paint_certificate, certificate_fields);

static const struct field document_fields[] = {
    F_ENUM(struct paint_document, language, language_names),
    F_STR(struct paint_document, title, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_document, subtitle, PAINT_SHORT),
    F_STR(struct paint_document, body, 1, PAINT_SHORT),
    F_STR_OPT(struct paint_document, kind, PAINT_SHORT),
    F_STR_OPT(struct paint_document, number, PAINT_SHORT),
    F_STR_OPT(struct paint_document, pages, PAINT_SHORT),
    F_STR_OPT(struct paint_document, example, PAINT_SHORT),
    F_DAY(struct paint_document, made),
    F_LIST_OPT(struct paint_document, certificate, 1, &certificate_record),
    F_LIST_OPT(struct paint_document, blocks, PAINT_BLOCKS, &block_record),
};
const struct record paint_document_record =
    RECORD(paint_document, document_fields);

err paint_document_write(struct arena *a, const struct paint_document *d,
                         str *out)
{
    return record_text(a, &paint_document_record, d, WRITTEN_MOST, out);
}

err paint_document_read(struct arena *a, str text, struct paint_document *out)
{
    struct paint_document d = { 0 };
    struct json *j;

    TRY(json_parse(a, text, &j));
    TRY(record_read(a, &paint_document_record, j, &d));
    *out = d;
    return OK;
}
