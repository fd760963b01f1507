#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

/*
 * text -- what the program says, in Chinese and English.
 *
 * The sentences stand in text/LANGUAGE/ROOM.po under ids such as
 * "calendar.year"; tools/texts.py makes one table of them at build time, so
 * that no locale of the machine is needed.  A sentence has {named} arguments.
 *
 *   [TX1] Every id renders: one that is in no catalogue, or is not translated,
 *         shows itself as "[id]".  tools/texts.py check finds it before that.
 *   [TX2] An argument that the sentence wants and is not given shows itself as
 *         "{name}".
 *   [TX3] {count} chooses the singular where a sentence has one.
 *   [TX4] Any bytes are a sentence: "{{" and "}}" are braces, and a brace that
 *         is neither doubled nor part of a {name} stands for itself.
 *
 * Nothing here allocates; what is appended lives in the caller's buf.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct buf;

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

/* "zh-CN" or "en": for the lang attribute and the Content-Language header. */
str lang_tag(enum lang l);

/*
 * The language of "zh", "en-GB", "zh_CN.UTF-8" or "EN_us@euro": a language
 * tag or what LC_MESSAGES holds.  False, *out untouched, for any other, "C" and
 * "POSIX" among them.
 */
bool lang_parse(str s, enum lang *out);

/* The same, Chinese for any other. */
enum lang lang_of_locale(str s);

/*
 * The language that an Accept-Language header prefers [RFC 9110 12.5.4]:
 * greatest q first, then the order they stand in; q=0 is a refusal, "*" means
 * `otherwise`.  Parts that are malformed count for nothing.  `otherwise` when
 * the header names neither language.
 */
enum lang lang_accept(str header, enum lang otherwise);

/* The sentence as it stands in the catalogue, the plural one where there are
 * two; empty when there is none.  It lives for ever. */
str text_get(enum lang l, const char *id);

/*
 * Append the sentence with its arguments filled in.  `args` ends with a NULL
 * name and may be NULL.  Labels come in language `l`, days and money as below,
 * ARG_IS_IDS as the sentences of its ids with commas between them.
 */
void text_render(struct buf *out, enum lang l, const char *id,
                 const struct err_arg *args);

/* The same through a sink, which appends each piece of the sentence to `out`:
 * page/ escapes them for HTML on the way. */
typedef void text_sink(struct buf *out, str piece);
void text_render_to(struct buf *out, text_sink *sink, enum lang l,
                    const char *id, const struct err_arg *args);

/* The same for a sentence that is no catalogue's, such as the wording of a
 * certificate in a scheme package. */
void text_fill(struct buf *out, enum lang l, str sentence,
               const struct err_arg *args);

/*
 * Append the sentence whose id is `id` followed by `choice`: text_choice(out,
 * l, "stage.", S("audit")) renders "stage.audit".  For the names of enum values
 * and the like; the prefix ends with a dot.
 */
void text_choice(struct buf *out, enum lang l, const char *id, str choice);

/* Append what went wrong, as a sentence.  `e` must be a failure.  One with the
 * arguments `name` and `line`, perhaps `column` too, is about that place in a
 * file, which comes first, in any language as compilers print it:
 * "2027.txt:4: ", "scheme.yaml:12:5: ". */
void text_err(struct buf *out, enum lang l, err e);

/* --- numbers and days ------------------------------------------------- */

/* Room for any of these, NUL included. */
#define TEXT_VALUE 64

/* "2026年11月24日" or "24 November 2026"; "—" for DAY_NEVER and for what is no
 * day that we know (base/day.h, DAY_MIN and DAY_MAX). */
str text_day(enum lang l, day d, char out[static TEXT_VALUE]);

/* "-1234": plain digits. */
str text_number(int64_t n, char out[static TEXT_VALUE]);

/* "¥12,345.60" from fen; "-¥0.05" below zero. */
str text_money(int64_t fen, char out[static TEXT_VALUE]);

/* "94.99" from hundredths: always two places. */
str text_score(int64_t hundredths, char out[static TEXT_VALUE]);

/* "92.5%" from basis points: no place more than needed. */
str text_percent(int64_t basis_points, char out[static TEXT_VALUE]);

#endif
