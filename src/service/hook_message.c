/* hook_message -- what a webhook is sent, and where. [HO4] [HO6] */

#include "service/hooks_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/base64.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "crypto/bytes.h"
#include "crypto/hmac.h"
#include "service/mail_settings.h"
#include "sys/clock.h"
#include "verify/instant.h"

enum { BOX_MAX = 4000, BODY_MAX = 1 << 16, SMALL = 200 };

#define SECRET_PREFIX "whsec_"

int64_t hook_now(const struct app *app)
{
    struct clock *clock = app_world_of(app)->clock;

    return clock->now(clock);
}

/* --- boxes ---------------------------------------------------------------- */

/* "hook/ID" */
static err about_of(struct arena *a, id hook, str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, SMALL);
    buf_str(&b, S("hook/"));
    buf_str(&b, id_text(hook, text));
    return buf_done(&b, out);
}

err hook_seal(struct app *app, struct arena *a, id hook,
              const struct hook_box *box, str *out)
{
    struct json *j = json_new_object(a);
    str about;
    str text;

    json_set(j, S("address"), json_new_str(a, box->address));
    json_set(j, S("secret"), json_new_str(a, box->secret));
    TRY(json_text(a, j, BOX_MAX, &text));
    TRY(about_of(a, hook, &about));
    return mail_box_seal(app, a, about, text, out);
}

err hook_open(struct app *app, struct arena *a, const struct hook_row *row,
              struct hook_box *out)
{
    struct json *j;
    str about;
    str text;

    TRY(about_of(a, row->id, &about));
    TRY(mail_box_open(app, a, about, row->box, &text));
    TRY(json_parse(a, text, &j));
    *out = (struct hook_box){ json_get_str(j, S("address")),
                              json_get_str(j, S("secret")) };
    return OK;
}

/* --- bodies --------------------------------------------------------------- */

err hook_body(struct arena *a, const struct hook_words *w, str *out)
{
    struct json *j = json_new_object(a);

    json_set(j, S("type"), json_new_str(a, w->type));
    json_set(j, S("timestamp"), json_new_str(a, w->at));
    json_set(j, S("data"), w->data);
    return json_text(a, j, BODY_MAX, out);
}

err hook_trial(struct app *app, struct arena *a, int64_t number, str *out)
{
    struct json *data = json_new_object(a);
    char at[INSTANT_TEXT];
    const struct hook_words w = { S("webhook.try"),
                                  instant_text(hook_now(app), at), data };

    json_set(data, S("webhook"), json_new_int(a, number));
    return hook_body(a, &w, out);
}

/* --- signing -------------------------------------------------------------- */

/* The bytes that a secret says. */
static err key_of(struct arena *a, str secret, str *out)
{
    bool valid = false;

    if (str_begins(secret, S(SECRET_PREFIX)))
        TRY(base64_decode(a, BASE64_PADDED,
                          str_from(secret, strlen(SECRET_PREFIX)), out,
                          &valid));
    return valid ? OK : err_new(a, ERR_CORRUPT, "secret.altered");
}

/* "v1,BASE64" over the id, the moment and the body, with dots between. */
static err sign(struct arena *a, str secret, struct webhook *w)
{
    const struct hmac_piece pieces[] = {
        { w->id.p, w->id.n },         { ".", 1 },
        { w->moment.p, w->moment.n }, { ".", 1 },
        { w->body.p, w->body.n },
    };
    uint8_t hash[SHA256_BYTES];
    struct buf b;
    str key = S("");

    TRY(key_of(a, secret, &key));
    hmac_sha256(key.p, key.n, pieces, COUNT(pieces), hash);
    buf_init(&b, a, SMALL);
    buf_str(&b, S("v1,"));
    base64_encode(&b, BASE64_PADDED, hash, sizeof hash);
    return buf_done(&b, &w->signature);
}

err hook_send(struct app *app, struct arena *a, const struct hook_sending *s)
{
    char text[ID_TEXT];
    struct webhook w = {
        .address = s->box.address,
        .here = s->here,
        .id = id_text(s->call->id, text),
        .body = s->call->body,
    };
    struct buf b;

    buf_init(&b, a, SMALL);
    buf_int(&b, hook_now(app) / 1000000);
    TRY(buf_done(&b, &w.moment));
    TRY(sign(a, s->box.secret, &w));
    return webhook_send(a, &w);
}
