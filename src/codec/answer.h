#ifndef CODEC_ANSWER_H
#define CODEC_ANSWER_H

/*
 * answer -- what a worker, a process of its own, says to whoever asked: lengths
 * before bytes, and refusals.
 *
 *   [AW1] Of an error its code, message id and arguments come through; its id
 *         is one that the room of the worker or one below says, or the answer
 *         is refused: a worker may be in the hands of whoever wrote what it
 *         reads.
 *
 * Pure.
 */

#include "base/err.h"

struct arena;

enum { ANSWER_FILE = 'P', ANSWER_REFUSED = 'R', ANSWER_HEAD = 5, ASK_HEAD = 4 };

/* The four bytes of a length, the greatest first. */
void answer_put_size(unsigned char to[static 4], size_t n);
size_t answer_size(const unsigned char from[static 4]);

/* What workers of a kind may say, and the arguments they say it with. */
struct answer_said {
    const char *id;
    enum err_code code;
    const char *args[4]; /* NULL-ended; one that begins with # is a number */
};
struct answer_words {
    const struct answer_said *said; /* the first has one argument, "why": the
                                       id of an error that is not among them */
    size_t n;
    const char *nonsense; /* id of ERR_CORRUPT: it said nothing of these */
};

err answer_write(struct arena *a, const struct answer_words *w, err e,
                 str *out);

/* Never OK: the refusal itself, or ERR_CORRUPT w->nonsense. */
err answer_read(struct arena *a, const struct answer_words *w, str text);

#endif
