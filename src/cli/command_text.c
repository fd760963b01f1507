#include "cli/command_text.h"

#include "base/near.h"
#include "codec/record.h"
#include "domain/command.h"
#include "domain/names.h"
#include "domain/registers.h"
#include "domain/rights.h"

enum { PIECE_MAX = 1 << 16 };

/* --- finding ---------------------------------------------------------- */

static err unknown(struct arena *a, str name)
{
    struct near x = { .word = name };
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++)
        near_offer(&x, str_of(r->command));
    for (size_t i = 0; i < register_kind_count(); i++)
        near_offer(&x, str_of(register_kind_at(i)->name));
    if (x.found.n > 0)
        return err_new(a, ERR_NOT_FOUND, "command.unknown_near",
                       ARG_STR("name", name), ARG_STR("near", x.found));
    return err_new(a, ERR_NOT_FOUND, "command.unknown", ARG_STR("name", name));
}

err command_row_find(struct arena *a, str name, struct command_row *out)
{
    const struct command_kind *of_case = command_kind_find(name);
    const struct register_kind *of_register = register_kind_find(name);

    if (of_case != NULL)
        *out = (struct command_row){ .right = right_find(of_case->name),
                                     .name = of_case->name,
                                     .record = of_case->record };
    else if (of_register != NULL)
        *out = (struct command_row){ .register_ = of_register,
                                     .name = of_register->name,
                                     .record = of_register->record };
    else
        return unknown(a, name);
    return OK;
}

const char *command_row_ref(const struct command_row *c)
{
    if (c->register_ == NULL)
        return "CASE";
    if (c->register_->stream == STREAM_ENTERPRISE)
        return "enterprise:USCC";
    return c->register_->stream == STREAM_PERSON ? "person:LOGIN" : "body";
}

bool record_has_fields(const struct record *r)
{
    return strcmp(r->name, "nothing") != 0;
}

/* --- in words --------------------------------------------------------- */

void command_title(struct buf *b, enum lang lang, const char *command)
{
    text_choice(b, lang, "command.", str_of(command));
}

/* The catalogue ids of the bits that are set, for ARG_IDS; empty without
 * memory, and then `b` has failed too. */
static str ids_of(struct buf *b, const char *prefix, const char *const *names,
                  unsigned bits)
{
    struct buf ids;
    str out = S("");

    buf_init(&ids, b->arena, PIECE_MAX);
    for (unsigned i = 0; names[i] != NULL; i++) {
        if ((bits & (1U << i)) != 0)
            buf_printf(&ids, "%s%s%s", buf_view(&ids).n > 0 ? "|" : "", prefix,
                       names[i]);
    }
    err e = buf_done(&ids, &out);
    if (failed(e) && !failed(b->first))
        b->first = e;
    return out;
}

static const char *right_message(const struct right *r)
{
    if (r->roles == 0)
        return "cli.manual.right_program";
    return r->relation == RELATION_NONE ? "cli.manual.right"
                                        : "cli.manual.right_related";
}

static void right_text(struct buf *b, enum lang lang, const struct right *r)
{
    str roles = ids_of(b, "role.", role_names, r->roles);
    str stages = ids_of(b, "stage.", stage_names, r->stages);
    str relation =
        ids_of(b, "relation.", relation_names, 1U << (unsigned)r->relation);

    text_render(b, lang, right_message(r),
                (const struct err_arg[]){ ARG_IDS("roles", roles),
                                          ARG_IDS("stages", stages),
                                          ARG_IDS("relation", relation),
                                          { 0 } });
}

static void register_text(struct buf *b, enum lang lang,
                          const struct command_row *c)
{
    str roles = ids_of(b, "role.", role_names, c->register_->roles);

    text_render(b, lang, "cli.manual.register",
                (const struct err_arg[]){
                    ARG_STR("ref", str_of(command_row_ref(c))),
                    ARG_IDS("roles", roles),
                    { 0 } });
}

void command_who(struct buf *b, enum lang lang, const struct command_row *c)
{
    if (c->right != NULL)
        right_text(b, lang, c->right);
    else
        register_text(b, lang, c);
}

/* --- help ------------------------------------------------------------- */

static void fields_help(struct buf *b, enum lang lang,
                        const struct command_row *c)
{
    if (!record_has_fields(c->record)) {
        buf_str(b, text_get(lang, "cli.command_no_fields"));
        buf_char(b, '\n');
        return;
    }
    record_describe(b, c->record);
    buf_char(b, '\n');
    buf_str(b, text_get(lang, "cli.command_fields"));
    buf_char(b, '\n');
    if (strcmp(c->name, "document.add") == 0) {
        buf_str(b, text_get(lang, "cli.command_file"));
        buf_char(b, '\n');
    }
}

void command_help(struct buf *b, enum lang lang, const struct command_row *c)
{
    buf_printf(b, "tenstar case do %s %s%s --data DIR --as USER\n\n",
               command_row_ref(c), c->name,
               record_has_fields(c->record) ? " FIELD=VALUE..." : "");
    command_title(b, lang, c->name);
    buf_char(b, '\n');
    command_who(b, lang, c);
    buf_str(b, S("\n\n"));
    fields_help(b, lang, c);
}
