/*
 * certificate_pdfs -- many certificates as documents to print (paper.h). [M20]
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/paper.h"
#include "cli/words.h"
#include "codec/json.h"
#include "paint/painter.h"
#include "service/certificate_numbers.h"
#include "service/certificate_paper.h"
#include "service/signing.h"

enum {
    WORKERS = 2, /* [PB4] */
    MEMORY = 256 << 20,
    PATH_MOST = 4096,
    FILES_MOST = 4 << 20,
    TELL_EACH = 100,
};

/* A certificate at one of the workers. */
struct easel {
    struct painter painter;
    struct arena arena;
    struct paint_document document;
    str path;
    bool busy;
};

struct bulk {
    struct cli *cli;
    const struct arguments *args;
    struct app *app;
    day today;
    str folder;
    bool listed; /* [PB3] */
    struct easel easels[WORKERS];
    struct file_names there; /* when it began */
    str *begun; /* of numbers that were given: the files of this run .. */
    size_t begun_n;
    size_t all;
    size_t done;
    size_t written;
    size_t kept; /* [PB1] */
    size_t left_out;
    struct json *failed;
    size_t failures;
};

/* --- which -------------------------------------------------------------- */

static err read_days(struct cli *cli, const struct arguments *args,
                     struct certificate_span *out)
{
    str from = arguments_value(args, "issued-from");
    str to = arguments_value(args, "issued-to");

    *out = (struct certificate_span){ DAY_MIN, DAY_NEVER };
    if (from.n > 0)
        TRY(cli_day(cli, from, &out->from));
    if (to.n > 0)
        TRY(cli_day(cli, to, &out->to));
    return out->from <= out->to
               ? OK
               : err_new(cli->arena, ERR_INVALID, "cli.papers_span",
                         ARG_DAY("from", out->from), ARG_DAY("to", out->to));
}

/* Numbers, or all, or by days: one of the three. */
static err check_which(struct cli *cli, const struct arguments *args)
{
    int ways = (args->operand_count > 0 ? 1 : 0) +
               (arguments_given(args, "all") ? 1 : 0) +
               (arguments_given(args, "issued-from") ||
                        arguments_given(args, "issued-to")
                    ? 1
                    : 0);

    return ways == 1 ? OK
                     : err_new(cli->arena, ERR_INVALID, "cli.papers_which");
}

static err find(struct bulk *b, struct list *out)
{
    struct certificate_span span;

    TRY(check_which(b->cli, b->args));
    TRY(read_days(b->cli, b->args, &span));
    b->listed = b->args->operand_count == 0;
    if (b->listed)
        return certificate_numbers(b->app, b->cli->arena, &span, out);
    *out = (struct list){ b->args->operands, b->args->operand_count };
    return OK;
}

/* --- telling ------------------------------------------------------------ */

/* [PB2] */
static err tell_failure(struct bulk *b, str number, err why)
{
    struct arena *a = b->cli->arena;
    struct json *j;

    if (b->listed && strcmp(why.info->id, "sheet.not_valid") == 0) {
        b->left_out++;
        return OK;
    }
    str words = words_err(b->cli, why);
    b->failures++;
    b->cli->wrong = true;
    if (!b->cli->json) {
        cli_say(b->cli, "cli.papers_failed", ARG_STR("number", number),
                ARG_STR("why", words));
        return cli_flush(b->cli);
    }
    j = json_new_object(a);
    json_set(j, S("number"), json_new_str(a, number));
    json_set(j, S("id"), json_new_str(a, str_of(why.info->id)));
    json_set(j, S("why"), json_new_str(a, words));
    json_add(b->failed, j);
    return OK;
}

static err tell_progress(struct bulk *b)
{
    b->done++;
    if (b->cli->json || b->done % TELL_EACH != 0 || b->done == b->all)
        return OK;
    cli_say(b->cli, "cli.papers_progress", ARG_INT("done", b->done),
            ARG_INT("all", b->all));
    return cli_flush(b->cli);
}

static err tell_end(struct bulk *b)
{
    struct arena *a = b->cli->arena;
    struct json *j = json_new_object(a);

    if (!b->cli->json) {
        cli_say(b->cli, "cli.papers", ARG_INT("written", b->written),
                ARG_INT("kept", b->kept), ARG_INT("left", b->left_out),
                ARG_INT("failed", b->failures), ARG_STR("folder", b->folder));
        return OK;
    }
    json_set(j, S("folder"), json_new_str(a, b->folder));
    json_set(j, S("written"), json_new_int(a, (int64_t)b->written));
    json_set(j, S("kept"), json_new_int(a, (int64_t)b->kept));
    json_set(j, S("not_valid"), json_new_int(a, (int64_t)b->left_out));
    json_set(j, S("failed"), b->failed);
    return cli_print_json(b->cli, j);
}

/* --- one certificate ---------------------------------------------------- */

/* Heard and signed; what is written is in *file. */
static err finish_file(struct bulk *b, struct easel *at, str *file)
{
    struct signing_wish wish = { .certificate = at->document.number,
                                 .title = at->document.title,
                                 .lang = b->cli->lang };
    struct signing_done done;

    TRY(painter_hear(&at->painter, &at->arena, &wish.painted));
    TRY(cli_paper_sign(&at->arena, b->args, b->app, &wish, &done));
    *file = done.file;
    return OK;
}

static err finish(struct bulk *b, struct easel *at)
{
    str file;
    err e;

    if (!at->busy)
        return OK;
    at->busy = false;
    e = finish_file(b, at, &file);
    if (failed(e)) {
        TRY(tell_failure(b, at->document.number, e));
        return tell_progress(b);
    }
    TRY(file_write(b->cli->files, &at->arena, at->path, file, FILE_PUBLIC));
    b->written++;
    return tell_progress(b);
}

/* [PB1]  Names are sorted by bytes. */
static bool is_there(const struct bulk *b, str name)
{
    size_t low = 0;
    size_t high = b->there.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(b->there.at[middle], name);

        if (c == 0)
            return true;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The same certificate may be given twice.  What the program lists it lists
 * once. */
static bool is_begun(struct bulk *b, str name)
{
    str kept;

    if (b->listed)
        return false;
    for (size_t i = 0; i < b->begun_n; i++) {
        if (str_eq(b->begun[i], name))
            return true;
    }
    if (arena_str(b->cli->arena, name, &kept))
        b->begun[b->begun_n++] = kept;
    return false;
}

/* Asked for at that worker, or left as it is. */
static err begin(struct bulk *b, struct easel *at, str number)
{
    struct certificate_wish wish = { number, b->cli->lang, b->today };
    struct buf path;
    str name;

    TRY(certificate_paper(b->app, &at->arena, &wish, &at->document));
    buf_init(&path, &at->arena, PATH_MOST);
    buf_printf(&path, "%.*s/%.*s.pdf", STR_ARG(b->folder),
               STR_ARG(at->document.number));
    TRY(buf_done(&path, &at->path));
    name = str_from(at->path, b->folder.n + 1);
    if (str_contains(name, S("/")))
        return err_new(&at->arena, ERR_INVALID, "file.name",
                       ARG_STR("path", name));
    if (is_there(b, name) || is_begun(b, name)) {
        b->kept++;
        return OK;
    }
    at->busy = true;
    return painter_ask(&at->painter, &at->arena, &at->document);
}

static err step(struct bulk *b, struct easel *at, str number)
{
    err e;

    TRY(finish(b, at));
    arena_reset(&at->arena);
    e = begin(b, at, number);
    if (failed(e)) {
        at->busy = false;
        TRY(tell_failure(b, number, e));
    }
    return at->busy ? OK : tell_progress(b);
}

/* --- all ------------------------------------------------------------------
 */

static err each(struct bulk *b, const struct list *numbers)
{
    const str *number = numbers->p;

    for (size_t i = 0; i < numbers->n; i++)
        TRY(step(b, &b->easels[i % WORKERS], number[i]));
    for (size_t i = 0; i < WORKERS; i++)
        TRY(finish(b, &b->easels[(numbers->n + i) % WORKERS]));
    return OK;
}

static void end(struct bulk *b)
{
    for (size_t i = 0; i < WORKERS; i++) {
        painter_end(&b->easels[i].painter);
        arena_end(&b->easels[i].arena);
    }
}

err cli_papers(struct cli *cli, const struct arguments *args, struct app *app,
               day today)
{
    scoped(end) struct bulk b = { .cli = cli,
                                  .args = args,
                                  .app = app,
                                  .today = today,
                                  .folder = arguments_value(args, "into"),
                                  .failed = json_new_array(cli->arena) };
    struct list numbers;

    for (size_t i = 0; i < WORKERS; i++) {
        b.easels[i].painter = PAINTER_NONE;
        arena_init(&b.easels[i].arena, cli->heap, MEMORY);
    }
    TRY(find(&b, &numbers));
    b.all = numbers.n;
    b.begun = arena_zero(cli->arena, (numbers.n + 1) * sizeof *b.begun);
    TRY_MEMORY(b.begun);
    TRY(folder_make(cli->files, cli->arena, b.folder, FOLDER_PUBLIC));
    TRY(folder_list(cli->files, cli->arena, b.folder, FILES_MOST, &b.there));
    TRY(each(&b, &numbers));
    return tell_end(&b);
}
