/*
 * What the enterprise of a walk has from before: a certificate that a renewal
 * may follow on, and the documents of its last case.
 */

#include "domain/test_walk_parts.h"

#include "base/arena.h"

/* It ends soon enough to be renewed, mostly, and seldom has ended. */
static void remember_certificate(struct walk *w)
{
    w->previous = (struct previous){
        .number = S("00023SC0001R0S"),
        .enterprise = w->enterprise.id,
        .scheme = w->scheme->id,
        .criterion = w->scheme->criterion,
        .level = w->scheme->levels[0].id,
        .status =
            walk_seldom(w, 12) ? CERTIFICATE_SUSPENDED : CERTIFICATE_VALID,
        .until = w->facts.today + (day)walk_pick(w, 240) - 20,
        .first_issued = w->facts.today - 1000,
    };
    w->facts.previous = &w->previous;
}

/* One document for each requirement, fresh when the walk begins. */
static bool remember_documents(struct walk *w)
{
    size_t n = w->scheme->requirement_count;
    struct document *documents = arena_array(w->arena, n, sizeof *documents);
    struct library_item *items = arena_array(w->arena, n, sizeof *items);

    if (documents == NULL || items == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        documents[i] = (struct document){
            .requirement = w->scheme->requirements[i].id,
            .title = S("旧文件"),
            .blob = { { 9, (uint8_t)i } },
            .size = 1,
            .covers_from = w->facts.today - 300,
            .covers_to = w->facts.today - 20,
        };
        items[i] = (struct library_item){
            .case_number = S("C2025-0009"),
            .scheme = w->scheme->id,
            .document = &documents[i],
            .added = w->facts.today - 20,
        };
    }
    w->facts.library = items;
    w->facts.library_count = n;
    return true;
}

bool walk_past(struct walk *w)
{
    remember_certificate(w);
    return remember_documents(w);
}
