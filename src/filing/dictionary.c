/*
 * dictionary -- the sheets' columns, looked up.
 */

#include "filing/dictionary.h"

#include "base/check.h"
#include "base/embed.h"
#include "filing_data.h"

const char *const filing_subject_names[] = {
    [OF_BODY] = "body", [OF_SCHEME] = "scheme", [OF_ENTERPRISE] = "enterprise",
    [OF_CASE] = "case", [OF_PERSON] = "person", NULL,
};

err dictionary_official(struct arena *a, const struct dictionary **out)
{
    const struct embedded *file =
        embedded_find(filing_data, filing_data_count, S("dictionary.yaml"));
    struct problem *problems;

    check(file != NULL);
    return dictionary_read(a, S("dictionary.yaml"), embedded_text(file), out,
                           &problems);
}

int32_t dictionary_column(const struct dictionary_sheet *s, str code)
{
    for (size_t i = 0; i < s->n; i++) {
        if (str_eq(s->fields[i].code, code))
            return (int32_t)i;
    }
    return -1;
}

static const struct dictionary_field *find_of(
    const struct dictionary_field *fields, size_t n, enum filing_subject of,
    str code)
{
    for (size_t i = 0; i < n; i++) {
        const struct dictionary_field *f = &fields[i];

        if (f->of == of && f->by.n == 0 && str_eq(f->code, code))
            return f;
    }
    return NULL;
}

const struct dictionary_field *dictionary_particular(const struct dictionary *d,
                                                     enum filing_subject of,
                                                     str code)
{
    const struct dictionary_field *found =
        find_of(d->particulars, d->particular_count, of, code);

    for (int i = 0; i < SHEET_COUNT && found == NULL; i++)
        found = find_of(d->sheets[i].fields, d->sheets[i].n, of, code);
    return found;
}

const struct dictionary_value *dictionary_value(
    const struct dictionary_table *t, str code)
{
    for (size_t i = 0; i < t->n; i++) {
        if (str_eq(t->values[i].code, code))
            return &t->values[i];
    }
    return NULL;
}
