#ifndef WEB_MARK_WORDS_H
#define WEB_MARK_WORDS_H

/*
 * mark_words -- inside web: what may stand beside the mark, made of what the
 * certificate says. [M21] [条例 24] [广告法 9]
 *
 *   [MW1] Nothing is in it but facts of the certificate: what was certified, at
 *         which level, by which criterion and body, for which scope, until
 *         when, and where to look it up.  The rules take it as it is
 *         (domain/mark.c [MK2]).
 *   [MW2] It is a proposal: the use is asked for with it, or with other words.
 */

#include "web/case_page.h"

/* Of a case that has a certificate, in the reader's language. */
err mark_words(const struct case_view *v, enum mark_use use, str *out);

/* Where anybody looks the certificate up, "https://body.example/c/NUMBER";
 * empty where the installation has no address. */
err mark_look_up(const struct case_view *v, str *out);

#endif
