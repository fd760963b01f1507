#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "credential/credential.h"
#include "verify/instant.h"
#include "verify/tree.h"

enum { ENCODED_MAX = 2 * STATUS_LIST_MOST / 8 };

static err check_size(struct arena *a, int64_t entries)
{
    if (entries < STATUS_LIST_LEAST)
        return err_new(a, ERR_INVALID, "status_list.short",
                       ARG_INT("entries", entries),
                       ARG_INT("least", STATUS_LIST_LEAST));
    if (entries > STATUS_LIST_MOST)
        return err_new(a, ERR_LIMIT, "status_list.long",
                       ARG_INT("limit", STATUS_LIST_MOST));
    return OK;
}

/* Index 0 is the highest bit of the first byte. */
static err make_bits(struct arena *a, const struct status_list_facts *f,
                     str *out)
{
    size_t bytes = (size_t)(f->entries + 7) / 8;
    char *bits = arena_zero(a, bytes);

    TRY_MEMORY(bits);
    for (size_t i = 0; i < f->n; i++) {
        int64_t index = f->set[i];

        if (index < 0 || index >= f->entries)
            return err_new(a, ERR_INVALID, "status_list.range",
                           ARG_INT("index", index),
                           ARG_INT("entries", f->entries));
        bits[index / 8] = (char)(bits[index / 8] | 0x80 >> (index % 8));
    }
    *out = (str){ bits, bytes };
    return OK;
}

static err encode(struct arena *a, const struct status_list_facts *f, str *out)
{
    struct buf b;
    str bits = { NULL, 0 };
    str file = { NULL, 0 };

    TRY(make_bits(a, f, &bits));
    TRY(gzip_write(a, bits, &file));
    buf_init(&b, a, ENCODED_MAX);
    buf_char(&b, 'u');
    base64_encode(&b, BASE64_URL, file.p, file.n);
    return buf_done(&b, out);
}

static struct json *types(struct arena *a)
{
    struct json *list = json_new_array(a);

    json_add(list, json_new_str(a, S("VerifiableCredential")));
    json_add(list, json_new_str(a, S("BitstringStatusListCredential")));
    return list;
}

static struct json *context(struct arena *a)
{
    struct json *list = json_new_array(a);

    json_add(list, json_new_str(a, S("https://www.w3.org/ns/credentials/v2")));
    return list;
}

static struct json *subject(struct arena *a, const struct status_list_facts *f,
                            str id, str encoded)
{
    struct json *j = json_new_object(a);

    json_set(j, S("id"), json_new_str(a, id));
    json_set(j, S("type"), json_new_str(a, S("BitstringStatusList")));
    json_set(j, S("statusPurpose"),
             json_new_str(a, status_purpose_text(f->purpose)));
    json_set(j, S("encodedList"), json_new_str(a, encoded));
    return j;
}

static err list_document(struct arena *a, const struct status_list_facts *f,
                         const struct seal *by, struct json **out)
{
    char moment[INSTANT_TEXT];
    struct json *j = json_new_object(a);
    struct buf id;
    str encoded = { NULL, 0 };
    str part = { NULL, 0 };

    TRY(encode(a, f, &encoded));
    buf_init(&id, a, CREDENTIAL_TEXT_MAX);
    buf_str(&id, f->address);
    buf_str(&id, S("#list"));
    TRY(buf_done(&id, &part));
    str made = { NULL, 0 };
    TRY_MEMORY(
        arena_str(a, instant_text(f->as_of == 0 ? by->at : f->as_of, moment),
                  &made));

    json_set(j, S("@context"), context(a));
    json_set(j, S("id"), json_new_str(a, f->address));
    json_set(j, S("type"), types(a));
    json_set(j, S("issuer"), json_new_str(a, by->did));
    json_set(j, S("validFrom"), json_new_str(a, made));
    json_set(j, S("credentialSubject"), subject(a, f, part, encoded));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

err status_list_write(struct arena *a, const struct status_list_facts *facts,
                      const struct seal *by, struct status_list_written *out)
{
    struct status_list_written made = { 0 };
    struct json *document = NULL;
    struct seal_draft draft = { 0 };

    TRY(check_size(a, facts->entries));
    TRY(list_document(a, facts, by, &document));
    TRY(seal_draft(a, document, &draft));
    TRY(seal_proof(a, &draft, by, &made.json));
    TRY(seal_jwt(a, &draft, by, &made.jwt));
    *out = made;
    return OK;
}
