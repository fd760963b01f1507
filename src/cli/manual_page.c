/*
 * manual_page -- tenstar(1), made from the tables that the program works by.
 *
 *   [MP1] A subcommand, an option or a command on a case that is in its table
 *         is on the page, with what its table says, and no other is.
 *   [MP2] The page is the same on every machine and on every day.
 */

#include "base/size.h"
#include "cli/help.h"
#include "cli/roff.h"
#include "domain/command.h"
#include "domain/names.h"
#include "domain/registers.h"
#include "domain/rights.h"

enum { PIECE_MAX = 1 << 16 };

/* A term and what it means. */
struct entry {
    const char *term;
    const char *help; /* catalogue id */
};

static const struct entry exits[] = {
    { "0", "cli.manual.exit_done" },
    { "1", "cli.manual.exit_wrong" },
    { "2", "cli.manual.exit_usage" },
};

static const struct entry environment[] = {
    { "TENSTAR_SECRET", "cli.manual.secret" },
    { "LC_ALL, LC_MESSAGES, LANG", "cli.manual.locale" },
};

static const struct entry files[] = {
    { "DIR/tenstar.db", "cli.manual.file_db" },
    { "DIR/store", "cli.manual.file_store" },
    { "DIR/keys/", "cli.manual.file_keys" },
    { "DIR/blobs/", "cli.manual.file_blobs" },
    { "DIR/calendar/", "cli.manual.file_calendar" },
    { "DIR/lock", "cli.manual.file_lock" },
};

static const struct entry examples[] = {
    { "tenstar scheme check my-scheme", "cli.manual.example_scheme" },
    { "tenstar score my-scheme answers.yaml", "cli.manual.example_score" },
    { "tenstar day add 2026-09-29 7wd", "cli.manual.example_day" },
    { "tenstar demo demo-data\n"
      "tenstar serve --data demo-data --listen 127.0.0.1:8010",
      "cli.manual.example_serve" },
    { "tenstar case do C2026-0001 quote.make --data DIR --as finance \\\n"
      "    lines=@lines.json prepay=3000",
      "cli.manual.example_do" },
};

/* --- pieces ----------------------------------------------------------- */

static void text(struct buf *b, enum lang lang, const char *message)
{
    roff_text(b, text_get(lang, message));
}

static void section(struct buf *b, enum lang lang, const char *title)
{
    buf_str(b, S(".SH "));
    text(b, lang, title);
}

static void paragraph(struct buf *b, enum lang lang, const char *message)
{
    buf_str(b, S(".PP\n"));
    text(b, lang, message);
}

static void in_font(struct buf *b, char font, const char *word)
{
    buf_printf(b, "\\f%c", font);
    roff_word(b, str_of(word));
    buf_str(b, S("\\fR"));
}

static void entries(struct buf *b, enum lang lang, const struct entry *e,
                    size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(b, S(".TP\n"));
        in_font(b, 'B', e[i].term);
        buf_char(b, '\n');
        text(b, lang, e[i].help);
    }
}

/* What was put into `piece`; where that failed, `b` has failed too. */
static str piece_done(struct buf *b, struct buf *piece)
{
    str s = S("");
    err e = buf_done(piece, &s);

    if (failed(e) && !failed(b->first))
        b->first = e;
    return s;
}

/* --- subcommands ------------------------------------------------------ */

/* "--data DIR", not to be broken in two. */
static void option_word(struct buf *b, const struct option *o)
{
    buf_str(b, S("\\fB\\-\\-"));
    roff_word(b, str_of(o->name));
    buf_str(b, S("\\fR"));
    if (o->value == NULL)
        return;
    buf_str(b, S("\\~"));
    in_font(b, 'I', o->value);
}

static void option_entry(struct buf *b, enum lang lang, const struct option *o)
{
    buf_str(b, S(".TP\n"));
    option_word(b, o);
    buf_char(b, '\n');
    text(b, lang, o->help);
}

static void operand_word(struct buf *b, const struct operand *o)
{
    buf_str(b, o->optional ? S(" [") : S(" "));
    in_font(b, 'I', o->name);
    if (o->rest)
        buf_str(b, S("..."));
    if (o->optional)
        buf_char(b, ']');
}

static void usage(struct buf *b, const struct subcommand *s)
{
    buf_str(b, S("\\fBtenstar "));
    roff_word(b, str_of(s->name));
    buf_str(b, S("\\fR"));
    for (size_t i = 0; i < s->operand_count; i++)
        operand_word(b, &s->operands[i]);
    for (size_t i = 0; i < s->option_count; i++) {
        buf_str(b, s->options[i].required ? S(" ") : S(" ["));
        option_word(b, &s->options[i]);
        if (!s->options[i].required)
            buf_char(b, ']');
    }
    buf_char(b, '\n');
}

static void subcommand(struct buf *b, enum lang lang,
                       const struct subcommand *s)
{
    buf_printf(b, ".SS %s\n", s->name);
    usage(b, s);
    paragraph(b, lang, s->help);
    if (s->about != NULL)
        paragraph(b, lang, s->about);
    for (size_t i = 0; i < s->operand_count; i++) {
        buf_str(b, S(".TP\n"));
        in_font(b, 'I', s->operands[i].name);
        buf_char(b, '\n');
        text(b, lang, s->operands[i].help);
    }
    for (size_t i = 0; i < s->option_count; i++)
        option_entry(b, lang, &s->options[i]);
}

/* --- commands on a case ----------------------------------------------- */

/* The catalogue ids of the bits that are set, for ARG_IDS. */
static str ids_of(struct buf *b, const char *prefix, const char *const *names,
                  unsigned bits)
{
    struct buf ids;

    buf_init(&ids, b->arena, PIECE_MAX);
    for (unsigned i = 0; names[i] != NULL; i++) {
        if ((bits & (1U << i)) != 0)
            buf_printf(&ids, "%s%s%s", buf_view(&ids).n > 0 ? "|" : "", prefix,
                       names[i]);
    }
    return piece_done(b, &ids);
}

/* Its name, and what it does. */
static void command_head(struct buf *b, enum lang lang, const char *command)
{
    struct buf piece;

    buf_str(b, S(".TP\n"));
    in_font(b, 'B', command);
    buf_char(b, '\n');
    buf_init(&piece, b->arena, PIECE_MAX);
    text_choice(&piece, lang, "command.", str_of(command));
    roff_text(b, piece_done(b, &piece));
    buf_str(b, S(".br\n"));
}

static const char *right_message(const struct right *r)
{
    if (r->roles == 0)
        return "cli.manual.right_program";
    return r->relation == RELATION_NONE ? "cli.manual.right"
                                        : "cli.manual.right_related";
}

/* Who may give it, at which stages. */
static void right_text(struct buf *b, enum lang lang, const struct right *r)
{
    struct buf piece;
    str roles = ids_of(b, "role.", role_names, r->roles);
    str stages = ids_of(b, "stage.", stage_names, r->stages);
    str relation =
        ids_of(b, "relation.", relation_names, 1U << (unsigned)r->relation);
    buf_init(&piece, b->arena, PIECE_MAX);
    text_render(&piece, lang, right_message(r),
                (const struct err_arg[]){ ARG_IDS("roles", roles),
                                          ARG_IDS("stages", stages),
                                          ARG_IDS("relation", relation),
                                          { 0 } });
    roff_text(b, piece_done(b, &piece));
}

static void record_fields(struct buf *b, const struct record *record)
{
    struct buf fields;

    if (strcmp(record->name, "nothing") == 0)
        return;
    buf_init(&fields, b->arena, PIECE_MAX);
    record_describe(&fields, record);
    roff_block(b, piece_done(b, &fields));
}

static void case_command(struct buf *b, enum lang lang, const struct right *r)
{
    const struct command_kind *kind = command_kind_find(str_of(r->command));

    command_head(b, lang, r->command);
    right_text(b, lang, r);
    if (kind != NULL)
        record_fields(b, kind->record);
}

/* --- commands on the registers ---------------------------------------- */

/* What stands in the place of the case. */
static const char *stream_ref(enum stream_kind stream)
{
    if (stream == STREAM_ENTERPRISE)
        return "enterprise:USCC";
    return stream == STREAM_PERSON ? "person:LOGIN" : "body";
}

static void register_command(struct buf *b, enum lang lang,
                             const struct register_kind *k)
{
    str roles = ids_of(b, "role.", role_names, k->roles);
    struct buf piece;

    command_head(b, lang, k->name);
    buf_init(&piece, b->arena, PIECE_MAX);
    text_render(&piece, lang, "cli.manual.register",
                (const struct err_arg[]){
                    ARG_STR("ref", str_of(stream_ref(k->stream))),
                    ARG_IDS("roles", roles),
                    { 0 } });
    roff_text(b, piece_done(b, &piece));
    record_fields(b, k->record);
}

/* --- the page --------------------------------------------------------- */

static void synopsis(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.synopsis");
    buf_str(b, S("\\fBtenstar\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR...] "
                 "[\\fB\\-\\-\\fR\\fIOPTION\\fR [\\fIVALUE\\fR]...]\n"
                 ".br\n"
                 "\\fBtenstar\\fR [\\fICOMMAND\\fR] \\fB\\-\\-help\\fR\n"
                 ".br\n"
                 "\\fBtenstar\\fR \\fB\\-\\-version\\fR\n"));
}

static void description(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.description");
    text(b, lang, "cli.about");
    paragraph(b, lang, "cli.manual.about_data");
    paragraph(b, lang, "cli.manual.about_refusal");
}

static void case_commands(struct buf *b, enum lang lang)
{
    const struct right *r;

    section(b, lang, "cli.manual.case_commands");
    text(b, lang, "cli.manual.about_fields");
    for (size_t i = 0; (r = right_at(i)) != NULL; i++)
        case_command(b, lang, r);
}

static void register_commands(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.register_commands");
    text(b, lang, "cli.manual.about_registers");
    for (size_t i = 0; i < register_kind_count(); i++)
        register_command(b, lang, register_kind_at(i));
}

static void show_examples(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.examples");
    for (size_t i = 0; i < COUNT(examples); i++) {
        if (i > 0)
            buf_str(b, S(".PP\n"));
        text(b, lang, examples[i].help);
        buf_str(b, S(".RS 4\n"));
        roff_block(b, str_of(examples[i].term));
        buf_str(b, S(".RE\n"));
    }
}

static void after_commands(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.exit");
    entries(b, lang, exits, COUNT(exits));
    section(b, lang, "cli.manual.environment");
    entries(b, lang, environment, COUNT(environment));
    section(b, lang, "cli.manual.files");
    entries(b, lang, files, COUNT(files));
    show_examples(b, lang);
    section(b, lang, "cli.manual.see");
    buf_str(b, S(".BR sqlite3 (1),\n.BR psql (1)\n.PP\n"));
    text(b, lang, "cli.manual.guides");
}

void help_manual(struct buf *b, enum lang lang,
                 const struct subcommand *const *table, size_t n, str date,
                 str version)
{
    buf_printf(b,
               ".TH TENSTAR 1 %.*s \"tenstar %.*s\" Tenstar\n"
               ".ad l\n.nh\n",
               STR_ARG(date), STR_ARG(version));
    section(b, lang, "cli.manual.name");
    text(b, lang, "cli.manual.tagline");
    synopsis(b, lang);
    description(b, lang);
    section(b, lang, "cli.manual.commands");
    for (size_t i = 0; i < n; i++)
        subcommand(b, lang, table[i]);
    section(b, lang, "cli.manual.options");
    text(b, lang, "cli.manual.every");
    for (size_t i = 0; i < common_option_count; i++)
        option_entry(b, lang, &common_options[i]);
    case_commands(b, lang);
    register_commands(b, lang);
    after_commands(b, lang);
}
