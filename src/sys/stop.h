#ifndef SYS_STOP_H
#define SYS_STOP_H

/*
 * stop -- how the machine asks us to stop.
 *
 * SIGTERM and SIGINT are not handled, they are waited for: main() holds them
 * before the first thread starts, so that every thread inherits that and none
 * is ever interrupted, and then waits in one place.
 */

/* Call first thing in main(): holds SIGTERM and SIGINT in this thread and in
 * those it starts, and makes writing to a closed connection an error instead
 * of the end (SIGPIPE). */
void stop_hold(void);

/* Wait for one of the held signals; SIGTERM or SIGINT. */
int stop_wait(void);

#endif
