/*
 * load_identity -- what the scheme is.
 *
 *   id, version, kind: service | system, method: points | clauses
 *   name, owner: {zh, en}
 *   criterion: {code, title: {zh, en}}
 *   field: code of the approved field; filing?: filing number of the rule
 *   notes?: [{zh, en} ..], what is assumed
 */

#include "scheme/reading.h"

enum { NOTES_MAX = 50 };

static const char *const kind_names[] = { "service", "system", NULL };
static const char *const method_names[] = { "points", "clauses", NULL };

static void load_criterion(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "code", "title", NULL };
    const struct yaml *y = reading_need(r, root, "criterion");

    if (!reading_mapping(r, y, keys))
        return;
    r->scheme->criterion = reading_text(r, y, "code");
    r->scheme->criterion_title = reading_label(r, y, "title");
}

static void load_notes(struct reading *r, const struct yaml *root)
{
    const struct yaml *list = reading_list(r, root, "notes", 0, NOTES_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct label *notes = reading_array(r, list->count, sizeof *notes);
    if (notes == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        notes[n++] = reading_label_of(r, y);
    r->scheme->notes = notes;
    r->scheme->note_count = n;
}

void load_identity(struct reading *r, const struct yaml *root)
{
    struct scheme *s = r->scheme;

    s->id = reading_id(r, root, "id");
    s->version = reading_text(r, root, "version");
    s->kind = reading_choice(r, root, "kind", kind_names);
    s->method = reading_choice(r, root, "method", method_names);
    s->name = reading_label(r, root, "name");
    s->owner = reading_label(r, root, "owner");
    s->field = reading_id(r, root, "field");
    if (yaml_get(root, S("filing")) != NULL)
        s->filing = reading_text(r, root, "filing");
    load_criterion(r, root);
    load_notes(r, root);
}
