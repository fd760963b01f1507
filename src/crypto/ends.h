#ifndef CRYPTO_ENDS_H
#define CRYPTO_ENDS_H

/*
 * ends -- how what OpenSSL hands out is given back, for `scoped` (base/err.h).
 * Those that more than one file takes; NULL may be given back, too.
 */

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

static inline void end_content(CMS_ContentInfo **c)
{
    CMS_ContentInfo_free(*c);
}

/* With all that hangs on it. */
static inline void end_bio(BIO **b)
{
    BIO_free_all(*b);
}

static inline void end_digest(EVP_MD_CTX **m)
{
    EVP_MD_CTX_free(*m);
}

static inline void end_key(EVP_PKEY **k)
{
    EVP_PKEY_free(*k);
}

static inline void end_context(EVP_PKEY_CTX **c)
{
    EVP_PKEY_CTX_free(*c);
}

/* What i2d_..() allocated. */
static inline void end_der(unsigned char **p)
{
    OPENSSL_free(*p);
}

#endif
