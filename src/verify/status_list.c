#include "verify/status_list.h"

#include "base/size.h"
#include "codec/base64.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "verify/instant.h"

static const str purposes[] = {
    [STATUS_REVOCATION] = S_INIT("revocation"),
    [STATUS_SUSPENSION] = S_INIT("suspension"),
};

str status_purpose_text(enum status_purpose p)
{
    return purposes[p];
}

static err wrong(struct arena *a, const char *field)
{
    return err_new(a, ERR_INVALID, "status_list.field",
                   ARG_STR("field", str_of(field)));
}

/* A list of texts with `want` among them, or `want` itself. */
static bool has_type(const struct json *j, str want)
{
    const struct json *type = json_get(j, S("type"));

    if (type == NULL || type->kind != JSON_ARRAY)
        return str_eq(json_get_str(j, S("type")), want);
    for (const struct json *t = type->first; t != NULL; t = t->next) {
        if (t->kind == JSON_STR && str_eq(t->text, want))
            return true;
    }
    return false;
}

bool status_list_is(const struct json *document)
{
    return has_type(document, S("BitstringStatusListCredential"));
}

static err read_purpose(struct arena *a, str text, enum status_purpose *out)
{
    for (size_t i = 0; i < COUNT(purposes); i++) {
        if (str_eq(purposes[i], text)) {
            *out = (enum status_purpose)i;
            return OK;
        }
    }
    return wrong(a, "credentialSubject.statusPurpose");
}

/* "u" BASE64URL(GZIP(bits)) [SL1] */
static err read_bits(struct arena *a, str encoded, struct status_list *l)
{
    str file = { NULL, 0 };
    bool valid = false;

    if (str_begins(encoded, S("u")))
        TRY(base64_decode(a, BASE64_URL, str_from(encoded, 1), &file, &valid));
    if (!valid)
        return err_new(a, ERR_INVALID, "status_list.encoding");
    err e = gzip_read(a, file, STATUS_LIST_MOST / 8, &l->bits);
    if (failed(e) && !err_is(e, ERR_MEMORY))
        return err_new(a, ERR_INVALID, "status_list.encoding");
    TRY(e);
    l->n = (int64_t)l->bits.n * 8;
    if (l->n < STATUS_LIST_LEAST)
        return err_new(a, ERR_INVALID, "status_list.short",
                       ARG_INT("entries", l->n),
                       ARG_INT("least", STATUS_LIST_LEAST));
    return OK;
}

static str issuer_of(const struct json *document)
{
    const struct json *issuer = json_get(document, S("issuer"));

    if (issuer != NULL && issuer->kind == JSON_OBJECT)
        return json_get_str(issuer, S("id"));
    return json_get_str(document, S("issuer"));
}

err status_list_of(struct arena *a, const struct sealed *s,
                   struct status_list *out)
{
    struct status_list made = { .sealed = *s };
    const struct json *j = s->document;
    const struct json *subject = json_get(j, S("credentialSubject"));
    made.address = json_get_str(j, S("id"));
    made.issuer = issuer_of(j);
    if (made.address.n == 0)
        return wrong(a, "id");
    if (made.issuer.n == 0)
        return wrong(a, "issuer");
    if (!has_type(j, S("VerifiableCredential")) || !status_list_is(j))
        return wrong(a, "type");
    if (!instant_parse(json_get_str(j, S("validFrom")), &made.made))
        return wrong(a, "validFrom");
    if (!has_type(subject, S("BitstringStatusList")))
        return wrong(a, "credentialSubject.type");
    TRY(read_purpose(a, json_get_str(subject, S("statusPurpose")),
                     &made.purpose));
    TRY(read_bits(a, json_get_str(subject, S("encodedList")), &made));
    *out = made;
    return OK;
}

err status_list_read(struct arena *a, str text, struct status_list *out)
{
    struct sealed s = { 0 };

    TRY(sealed_read(a, text, &s));
    return status_list_of(a, &s, out);
}

static err other(struct arena *a, str is, str expected)
{
    return err_new(a, ERR_INVALID, "status_list.other", ARG_STR("list", is),
                   ARG_STR("expected", expected));
}

err status_list_check(struct arena *a, const struct status_list *l, str address,
                      enum status_purpose purpose,
                      const struct did_document *issuer)
{
    if (!str_eq(l->address, address))
        return other(a, l->address, address);
    if (l->purpose != purpose)
        return other(a, purposes[l->purpose], purposes[purpose]);
    return sealed_check(a, &l->sealed, l->issuer, issuer);
}

err status_list_bit(struct arena *a, const struct status_list *l, int64_t index,
                    bool *out)
{
    if (index < 0 || index >= l->n)
        return err_new(a, ERR_INVALID, "status_list.range",
                       ARG_INT("index", index), ARG_INT("entries", l->n));
    *out = (l->bits.p[index / 8] & 0x80 >> (index % 8)) != 0;
    return OK;
}

#define PROBLEM(name)                                                          \
    S_INIT("https://www.w3.org/ns/credentials/status-list#" name)

str status_list_problem(err e)
{
    static const struct {
        const char *id;
        str problem;
    } rows[] = {
        { "status_list.short", PROBLEM("STATUS_LIST_LENGTH_ERROR") },
        { "status_list.range", PROBLEM("RANGE_ERROR") },
        { "status_list.field", PROBLEM("MALFORMED_VALUE_ERROR") },
        { "status_list.moment", PROBLEM("MALFORMED_VALUE_ERROR") },
        { "status_list.encoding", PROBLEM("MALFORMED_VALUE_ERROR") },
    };
    static const str retrieval = PROBLEM("STATUS_RETRIEVAL_ERROR");
    static const str verification = PROBLEM("STATUS_VERIFICATION_ERROR");

    if (err_is(e, ERR_IO) || err_is(e, ERR_NOT_FOUND))
        return retrieval;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(e.info->id, rows[i].id) == 0)
            return rows[i].problem;
    }
    return verification;
}
