#ifndef NET_PARTS_H
#define NET_PARTS_H

/* parts -- inside the net room: what calls by libcurl have in common. */

#include <curl/curl.h>

#include <stdbool.h>

/* Is it this machine, however an address names it? */
bool net_is_here(const char *host);

struct sockaddr;

/* Is it an address of the public internet: none of a private network, of this
 * machine, of a test, and none that wraps one of those?  [RFC 6890] */
bool net_is_public(const struct sockaddr *to);

/* Is it 127.0.0.0/8 or ::1? */
bool net_is_loopback(const struct sockaddr *to);

bool net_has_part(CURLU *u, CURLUPart part);

/* For scoped(). */
void net_end_url(CURLU **u);
void net_end_part(char **p);
void net_end_call(CURL **c);
void net_end_list(struct curl_slist **l);

#endif
