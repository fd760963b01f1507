/*
 * manual_page -- tenstar(1), made from the tables that the program works by.
 *
 *   [MP1] A subcommand, an option or a command on a case that is in its table
 *         is on the page, with what its table says, and no other is.
 *   [MP2] The page is the same on every machine and on every day.
 */

#include "base/check.h"
#include "base/size.h"
#include "cli/command_text.h"
#include "cli/help.h"
#include "cli/roff.h"
#include "codec/record.h"
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
    { "TENSTAR_PASSPHRASE", "cli.manual.passphrase" },
    { "TENSTAR_NEW_PASSPHRASE", "cli.manual.new_passphrase" },
    { "TENSTAR_IMPORT_PASSPHRASE", "cli.manual.import_passphrase" },
    { "CREDENTIALS_DIRECTORY", "cli.manual.credentials" },
    { "LC_ALL, LC_MESSAGES, LANG", "cli.manual.locale" },
};

static const struct entry files[] = {
    { "DIR/tenstar.db", "cli.manual.file_db" },
    { "DIR/store", "cli.manual.file_store" },
    { "DIR/keys/", "cli.manual.file_keys" },
    { "DIR/blobs/", "cli.manual.file_blobs" },
    { "DIR/calendar/", "cli.manual.file_calendar" },
    { "DIR/log.checkpoint", "cli.manual.file_anchor" },
    { "DIR/log.shown", "cli.manual.file_shown" },
    { "DIR/witnesses", "cli.manual.file_witnesses" },
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

/* Its name, what it does, who may give it, and its fields. */
static void command(struct buf *b, enum lang lang, const struct command_row *c)
{
    struct buf title;
    struct buf who;
    struct buf fields;

    buf_init(&title, b->arena, PIECE_MAX);
    buf_init(&who, b->arena, PIECE_MAX);
    buf_init(&fields, b->arena, PIECE_MAX);
    buf_str(b, S(".TP\n"));
    in_font(b, 'B', c->name);
    buf_char(b, '\n');
    command_title(&title, lang, c->name);
    roff_text(b, piece_done(b, &title));
    buf_str(b, S(".br\n"));
    command_who(&who, lang, c);
    roff_text(b, piece_done(b, &who));
    if (!record_has_fields(c->record))
        return;
    record_describe(&fields, c->record);
    roff_block(b, piece_done(b, &fields));
}

static void command_named(struct buf *b, enum lang lang, const char *name)
{
    struct command_row c;
    err e = command_row_find(b->arena, str_of(name), &c);

    check(!failed(e)); /* it stands in a table */
    command(b, lang, &c);
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
        command_named(b, lang, r->command);
}

static void register_commands(struct buf *b, enum lang lang)
{
    section(b, lang, "cli.manual.register_commands");
    text(b, lang, "cli.manual.about_registers");
    for (size_t i = 0; i < register_kind_count(); i++)
        command_named(b, lang, register_kind_at(i)->name);
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
