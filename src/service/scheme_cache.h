#ifndef SERVICE_SCHEME_CACHE_H
#define SERVICE_SCHEME_CACHE_H

/*
 * scheme_cache -- inside app: the frozen packages that were loaded out of the
 * store, each once. [AP2]
 *
 *   [SC1] What was found under a hash has that hash, and stands as long as the
 *         cache does.
 *   [SC2] What is refused is not kept and leaves nothing behind.
 *   [SC3] Any thread may ask at any time.
 *   [SC4] Which package is the newest of a name it knows for as long as nothing
 *         is marked (register_home.h [RG4]).
 */

#include "store/store.h"

struct scheme;
struct scheme_cache;

/* Itself in `a`, before which it is to be ended; packages take memory of their
 * own from `h`. */
err scheme_cache_new(struct heap *h, struct arena *a,
                     struct scheme_cache **out);
void scheme_cache_end(struct scheme_cache *c); /* NULL: nothing */

/* The scheme frozen under `hash`.  ERR_CORRUPT "app.scheme" when the store's
 * copy has another. [SC1] */
err scheme_cache_get(struct scheme_cache *c, struct tx *tx,
                     const struct hash *hash, const struct scheme **out);

/* [SC4]  The newest of this name at this age, as scheme_cache_know() was told
 * it; NULL: there is none.  False: nobody has told it yet. */
bool scheme_cache_knows(struct scheme_cache *c, uint64_t age, str name,
                        const struct scheme **out);
void scheme_cache_know(struct scheme_cache *c, uint64_t age, str name,
                       const struct scheme *newest);

#endif
