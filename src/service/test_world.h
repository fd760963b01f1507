#ifndef SERVICE_TEST_WORLD_H
#define SERVICE_TEST_WORLD_H

/*
 * test_world -- what fuzz targets of the domain play with: the packages that
 * come with the program, the calendar, and choices made of the fuzzer's bytes.
 */

#include "domain/test_walk.h"

enum { WORLD_SCHEMES = 3 };

/* Package `i` modulo WORLD_SCHEMES, loaded once for good. */
const struct scheme *world_scheme(uint8_t i);
const struct calendar *world_calendar(void);

/* Each choice takes a byte, or four where one will not do; over at the end. */
struct byte_choices {
    struct choices choices;
    const uint8_t *bytes;
    size_t left;
};

void byte_choices_init(struct byte_choices *c, const uint8_t *bytes, size_t n);

/* When something is wrong: what was done and what is wrong, and abort. */
void world_check(struct walk *w, const char *wrong);

#endif
