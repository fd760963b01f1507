#ifndef DOMAIN_CODES_H
#define DOMAIN_CODES_H

/*
 * codes -- the authority's code tables (domain.md 3.5), as the reporting
 * workbooks have them; their words stand in the catalogues ("suspension.0111").
 *
 * Every list ends with NULL and is indexed as records index an enum.
 */

extern const char *const suspension_codes[];
extern const char *const withdrawal_codes[]; /* 撤销: by the body, for cause */
extern const char
    *const cancellation_codes[]; /* 注销: on request, or no more */

/* Of a sub-certificate that ends alone, by enum sub_ending (domain/sub.h): each
 * one of cancellation_codes. */
extern const char *const sub_ending_codes[];

#endif
