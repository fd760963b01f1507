#ifndef NET_PARTS_H
#define NET_PARTS_H

/* parts -- inside the net room: what calls by libcurl have in common. */

#include <curl/curl.h>

#include <stdbool.h>

/* Is it this machine, however an address names it? */
bool net_is_here(const char *host);

bool net_has_part(CURLU *u, CURLUPart part);

/* For scoped(). */
void net_end_url(CURLU **u);
void net_end_part(char **p);
void net_end_call(CURL **c);
void net_end_list(struct curl_slist **l);

#endif
