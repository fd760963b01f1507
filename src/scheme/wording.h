#ifndef SCHEME_WORDING_H
#define SCHEME_WORDING_H

/*
 * wording -- what stands on a certificate or beside its mark claims no more
 * than a certification is. [D1] [D4] [广告法 9]
 *
 * The words looked for stand in the catalogues ("wording.*"), apart by "|".
 */

#include "base/str.h"
#include "text/text.h"

/* The first superlative, state organ or endorsement that `text` claims, or the
 * empty str. */
str wording_claim(str text, enum lang l);

/* Does it say, or suggest, that a management system was certified? [条例 24] */
bool wording_says_system(str text, enum lang l);

/* Does it say that a service was certified? */
bool wording_says_service(str text, enum lang l);

/* Does `text` hold `phrase`, in whatever case of its Latin letters? */
bool wording_holds(str text, str phrase);

#endif
