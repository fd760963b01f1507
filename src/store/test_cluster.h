#ifndef STORE_TEST_CLUSTER_H
#define STORE_TEST_CLUSTER_H

/*
 * test_cluster -- the temporary folder and the PostgreSQL server of a test
 * program; see store_test_env.h, which is what tests use.
 */

/* The program's temporary folder, made on first use; NULL when it cannot be. */
const char *test_cluster_folder(void);

/* The folder of the server's socket; the server starts on first use.  NULL,
 * with the reason on stderr, when it cannot be started. */
const char *test_cluster_socket(void);

#endif
