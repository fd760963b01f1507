/* What an installation bears when it is old. [AP2] */
#include "service/service_test_env.h"

#include <stdio.h>

static err scheme_of(struct office *o, const struct hash *hash,
                     const struct scheme **out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return app_scheme(o->app, tx, hash, out);
}

ONE_STORE_TEST(any_number_of_schemes_is_kept, true)
{
    TEST_OFFICE(o, place);
    enum { MANY = 70 };
    struct hash hashes[MANY];
    const struct scheme *first[MANY] = { NULL };

    for (int i = 0; i < MANY && !test_failing(); i++) {
        char version[40];

        (void)snprintf(version, sizeof version, "version: \"%d\"", i + 2);
        hashes[i] = office_mini_with(&o, "version: \"1\"", version);
        EXPECT_OK(scheme_of(&o, &hashes[i], &first[i]));
    }
    for (int i = 0; i < MANY && !test_failing(); i++) {
        const struct scheme *again = NULL;

        EXPECT_OK(scheme_of(&o, &hashes[i], &again));
        EXPECT(again == first[i]);
    }
}
