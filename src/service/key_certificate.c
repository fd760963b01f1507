#include "service/key_certificate.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "service/app_parts.h"
#include "service/body_known.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

enum {
    NAME_CHARACTERS = 64, /* of CN and O: RFC 5280, appendix A.1 */
    NAME_BYTES = 60,      /* of a file */
    DAY_SECONDS = 86400,
    YEAR_HUNDREDTHS = 36525, /* days of a hundred years */
};

static enum x509_kind kind_of(enum key_kind kind)
{
    return kind == KEY_RSA ? X509_RSA : X509_P256;
}

/* --- whose it is ------------------------------------------------------ */

/* As much of it as a certificate takes. */
static str short_name(str name)
{
    size_t at = 0;
    uint32_t c;

    for (int i = 0; i < NAME_CHARACTERS && utf8_next(name, &at, &c); i++)
        continue;
    return str_first(name, at);
}

/* A serial number is a PrintableString; without one the name has to do. */
static str printable(str number)
{
    for (size_t i = 0; i < number.n; i++) {
        char c = number.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '-' || c == '/' || c == ' '))
            return S("");
    }
    return number;
}

static err subject_of(struct app *app, struct arena *a,
                      struct x509_subject *out)
{
    const struct body *body;
    struct clock *clock = app_world_of(app)->clock;
    int64_t now = clock->now(clock) / 1000000;

    TRY(body_today(app, a, day_of_micros(now * 1000000), &body));
    *out = (struct x509_subject){
        .name = short_name(body->name_zh),
        .number = printable(body->approval),
        .from = now,
        .until = now + (int64_t)CERTIFICATE_YEARS * YEAR_HUNDREDTHS / 100 *
                           DAY_SECONDS,
    };
    return OK;
}

err key_certificate_make(struct app *app, struct arena *a, enum key_kind kind,
                         str secret, str *pem)
{
    struct x509_subject s = { .name = S("") };

    TRY(subject_of(app, a, &s));
    TRY(entropy_fill(app_world_of(app)->entropy, s.serial, sizeof s.serial));
    return x509_self_signed(a, kind_of(kind), secret, &s, pem);
}

err key_certificate_request(struct app *app, struct arena *a,
                            const struct app_key *key, str *pem)
{
    struct x509_subject s = { .name = S("") };

    TRY(subject_of(app, a, &s));
    return x509_request(a, kind_of((enum key_kind)key->row->made.kind),
                        key->secret, &s, pem);
}

/* --- its file --------------------------------------------------------- */

static err find_file(struct app *app, struct arena *a, enum key_purpose purpose,
                     int64_t serial, str *path)
{
    struct buf b;
    str name;

    buf_init(&b, a, NAME_BYTES);
    buf_printf(&b, "keys/%s-%lld.pem", key_purpose_names[purpose],
               (long long)serial);
    TRY(buf_done(&b, &name));
    return app_path(a, app_folder(app), name.p, path);
}

err key_certificate_put(struct app *app, struct arena *a,
                        enum key_purpose purpose, int64_t serial, str pem)
{
    str path;

    TRY(find_file(app, a, purpose, serial, &path));
    return file_write(app_world_of(app)->files, a, path, pem, FILE_PUBLIC);
}

err key_certificate_try(struct arena *a, const struct app_key *key, str pem,
                        struct signer *out)
{
    return signer_open(a, kind_of((enum key_kind)key->row->made.kind),
                       key->secret, pem, out);
}

err key_certificate_signer(struct app *app, struct arena *a, struct signer *out)
{
    const struct app_key *key = app_key(app, KEY_PDF);
    str path;
    str pem;

    if (key == NULL) {
        *out = (struct signer){ 0 };
        return OK;
    }
    TRY(find_file(app, a, KEY_PDF, key->row->made.serial, &path));
    TRY(file_read(app_world_of(app)->files, a, path, X509_TEXT_MAX, &pem));
    return key_certificate_try(a, key, pem, out);
}
