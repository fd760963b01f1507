#ifndef CLI_CREDENTIAL_H
#define CLI_CREDENTIAL_H

/* credential -- what a person is told of credentials beside other things. */

#include "service/credentials.h"

struct cli;

/* That a certificate has none, why, and what to do, `depth` blanks in as
 * words_say() has them; nothing where it has one. */
void credential_say_lack(struct cli *cli, int depth, str number,
                         enum credential_lack lack);

#endif
