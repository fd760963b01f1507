#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * err -- the outcome of anything that can fail.
 *
 * An err says three things: a code for programs (one table maps it to HTTP,
 * one to exit codes), a message id with named arguments for people (the
 * catalogues in text/ put it into words, Chinese or English), and the place in
 * the source for us.
 *
 *   [E1] The type is nodiscard: an ignored err does not compile.
 *   [E2] Outputs of a function that returns a failure are untouched.
 *   [E3] An err lives as long as the arena it was made in; err_memory()
 *        lives for ever.
 *   [E4] Every id used in the source stands in both catalogues, with the same
 *        arguments; tools/texts checks that.
 */

#include "base/str.h"

#include <stdint.h>

struct arena;

enum err_code {
    ERR_INVALID,   /* the input breaks a rule; the message says which one */
    ERR_REFUSED,   /* well-formed, but a rule of the trade forbids it now */
    ERR_NOT_FOUND, /* no such thing */
    ERR_CONFLICT,  /* someone else changed it first */
    ERR_DENIED,    /* this person may not */
    ERR_BUSY,      /* try again later */
    ERR_LIMIT,     /* bigger than we agreed to handle */
    ERR_IO,        /* disk, network or another program let us down */
    ERR_CORRUPT,   /* stored data does not check out */
    ERR_MEMORY,    /* no memory, or an arena's limit */
    ERR_CODE_COUNT,
};

/* What an argument is, and so how a face shows it in the reader's language. */
enum arg_kind {
    ARG_IS_TEXT,   /* as it stands */
    ARG_IS_NUMBER, /* a whole number */
    ARG_IS_LABEL,  /* `text` in Chinese, `text_en` in English */
    ARG_IS_IDS,    /* one or more catalogue ids, separated by '|' */
    ARG_IS_DAY,    /* a day (base/day.h) */
    ARG_IS_MONEY,  /* fen */
};

/* A named argument of a message. */
struct err_arg {
    const char *name; /* as in the catalogue's {name}; NULL ends a list */
    enum arg_kind kind;
    str text;
    str text_en;
    int64_t number;
};

/* clang-format off */
#define ARG_STR(n, s)   { .name = (n), .kind = ARG_IS_TEXT, .text = (s) }
#define ARG_INT(n, i)   { .name = (n), .kind = ARG_IS_NUMBER, .number = (int64_t)(i) }
#define ARG_LABEL(n, l) { .name = (n), .kind = ARG_IS_LABEL, .text = (l).zh, .text_en = (l).en }
#define ARG_IDS(n, s)   { .name = (n), .kind = ARG_IS_IDS, .text = (s) }
#define ARG_DAY(n, d)   { .name = (n), .kind = ARG_IS_DAY, .number = (int64_t)(d) }
#define ARG_MONEY(n, f) { .name = (n), .kind = ARG_IS_MONEY, .number = (int64_t)(f) }
/* clang-format on */

struct err_info {
    enum err_code code;
    const char *id;             /* catalogue id, "module.what" */
    const char *where;          /* "file.c:42" */
    const struct err_arg *args; /* ends with a NULL name; never NULL itself */
};

struct [[nodiscard]] err {
    const struct err_info *info; /* NULL means success */
};
typedef struct err err;

#define OK ((err){ NULL })

static inline bool failed(err e)
{
    return e.info != NULL;
}

/* Has it failed, and for this kind of reason? */
static inline bool err_is(err e, enum err_code code)
{
    return failed(e) && e.info->code == code;
}

/* Never allocates: there may be nothing left to allocate from. */
extern const struct err_info err_memory_info;
static inline err err_memory(void)
{
    return (err){ &err_memory_info };
}

/* The same place and code, its texts copied into `a`, so that it outlives the
 * arena it was born in.  err_memory() when that fails. */
err err_keep(struct arena *a, err e);

/* "not_found": the code as logs and answers to programs write it. */
str err_code_name(enum err_code code);

/* The text argument `name` of `e`, or an empty str. */
str err_arg_text(err e, const char *name);

#define ERR_STR2(x) #x
#define ERR_STR(x)  ERR_STR2(x)
#define ERR_HERE    __FILE__ ":" ERR_STR(__LINE__)

/*
 * err_new(arena, ERR_INVALID, "day.form", ARG_STR("text", s), ...)
 * Texts are copied into the arena.  err_memory() when it is exhausted.  Never
 * OK, which the attribute tells compilers and analysers too.
 */
#define err_new(a, code, id, ...)                                              \
    ((err){ err_make((a), (code), (id), ERR_HERE,                              \
                     (const struct err_arg[]){                                 \
                         __VA_ARGS__ __VA_OPT__(, ){ 0 } }) })
__attribute__((returns_nonnull)) const struct err_info *err_make(
    struct arena *a, enum err_code code, const char *id, const char *where,
    const struct err_arg *args);

/*
 * Return from the current function if `call` fails.  This is the only macro in
 * the tree that hides a return; resources are safe because they are `scoped`.
 */
#define TRY(call)                                                              \
    do {                                                                       \
        err try_result_ = (call);                                              \
        if (failed(try_result_))                                               \
            return try_result_;                                                \
    } while (0)

/* For pointers and bools from an arena: NULL or false is out of memory. */
#define TRY_MEMORY(got)                                                        \
    do {                                                                       \
        if (!(got))                                                            \
            return err_memory();                                               \
    } while (0)

/* Call `end(&var)` when `var` goes out of scope, however that happens. */
#define scoped(end) __attribute__((cleanup(end)))

#endif
