/*
 * bench/constant -- the least program that serves: one answer, made beforehand,
 * by the library alone.  The server's start and its memory are held against it.
 *
 *   build/bench/bench_constant PORT        (until it is ended)
 */

#include "bare.h"
#include "measure.h"

#include <unistd.h>

int main(int argc, char **argv)
{
    uint16_t port = (uint16_t)number_of(argc, argv, 1, UINT16_MAX, 0);

    must(port > 0, "which port?");
    (void)bare_open(S("{}"), "application/json", &port);
    (void)pause();
    return 0;
}
