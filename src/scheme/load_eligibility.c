/*
 * load_eligibility -- who may apply. [M6]
 *
 *   eligibility: [ITEM ..]
 *   ITEM:        {id, label, registered: LIMIT}    registered at least so long
 *              | {id, label, scope: [WORD ..]}     the registered scope holds
 *                                                  one of these
 *              | {id, label, declared: true|false} what must be declared
 *   LIMIT:       5wd | 30d | 3m
 */

#include "scheme/parts.h"

enum { ITEMS_MAX = 100, WORDS_MAX = 100 };

static bool is_among(str word, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i], word))
            return true;
    }
    return false;
}

static void read_words(struct reading *r, const struct yaml *y,
                       struct eligibility *e)
{
    const struct yaml *list = reading_list(r, y, "scope", 1, WORDS_MAX);

    if (list == NULL)
        return;

    str *words = reading_array(r, list->count, sizeof *words);
    if (words == NULL)
        return;
    for (const struct yaml *w = list->first; w != NULL; w = w->next) {
        str word = reading_text_of(r, w);

        if (word.n > 0 && is_among(word, words, e->word_count))
            PROBLEM(r, w, "scheme.word_twice", ARG_STR("word", word));
        words[e->word_count++] = word;
    }
    e->words = words;
}

static void read_kind(struct reading *r, const struct yaml *y,
                      struct eligibility *e)
{
    bool registered = yaml_get(y, S("registered")) != NULL;
    bool scope = yaml_get(y, S("scope")) != NULL;
    bool declared = yaml_get(y, S("declared")) != NULL;

    if (registered + scope + declared != 1) {
        PROBLEM(r, y, "scheme.eligibility_kind", ARG_STR("id", e->id));
    } else if (registered) {
        e->kind = ELIGIBLE_REGISTERED;
        e->span = reading_span(r, y, "registered");
    } else if (scope) {
        e->kind = ELIGIBLE_SCOPE;
        read_words(r, y, e);
    } else {
        e->kind = ELIGIBLE_DECLARED;
        e->want = reading_bool(r, y, "declared", true);
    }
}

static void read_item(struct reading *r, const struct yaml *y,
                      struct eligibility *e)
{
    static const char *const keys[] = { "id",    "label",    "registered",
                                        "scope", "declared", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    e->id = reading_id(r, y, "id");
    e->label = reading_label(r, y, "label");
    read_kind(r, y, e);
}

bool load_eligibility(struct reading *r, const struct yaml *root,
                      struct scheme *s)
{
    size_t before = r->count;
    const struct yaml *list =
        reading_list(r, root, "eligibility", 1, ITEMS_MAX);

    if (list == NULL)
        return false;

    struct eligibility *items = reading_array(r, list->count, sizeof *items);
    if (items == NULL)
        return false;
    s->eligibility = items;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct eligibility *e = &items[s->eligibility_count];

        read_item(r, y, e);
        check_id(r, y, e->id, &items[0].id, s->eligibility_count, sizeof *e);
        s->eligibility_count++;
    }
    return r->count == before;
}
