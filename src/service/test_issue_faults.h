#ifndef SERVICE_TEST_ISSUE_FAULTS_H
#define SERVICE_TEST_ISSUE_FAULTS_H

/*
 * test_issue_faults -- one certificate is issued and entered in the log while
 * everything fails that can; fault_test.c looks at some of the points,
 * fault_slow_test.c at as many as there is time for.
 *
 * The body opens the installation, gives certificate.issue, brings the log up
 * to date and closes.  After each fault:
 *
 *   [IF1] The certificate, its stream, its case's event, its leaf, its serial
 *         and its command are all there or none of them.
 *   [IF2] What was acknowledged is there.
 *   [IF3] The file is sound, the installation opens, and check_all() passes.
 *   [IF4] The same command given again issues the certificate, or answers that
 *         it did; the log takes it, once.
 *   [IF5] Whoever asks for its credential, its proof or its bit in the status
 *         lists gets all of them or none, and its number is the next one.
 */

#include "store/test_faults.h"

struct issue_world;

/* An office to do it in, again and again; NULL, and the test failed, when it
 * cannot be made. */
struct issue_world *issue_world_new(struct arena *a);
void issue_world_end(struct issue_world **w);

/* Every `stride`-th point of one kind; how many were met. */
long fault_issue(struct issue_world *w, enum fault what, long stride);

#endif
