#include "service/body_contact.h"

#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/contact.h"
#include "service/mail_settings.h"
#include "store/meta.h"

enum { STORED_MAX = 8000 };

#define CONTACT_KEY S("body/contact")

static const struct field fields[] = {
    F_STR_OPT(struct body_contact, address, CONTACT_TEXT_MOST),
    F_STR_OPT(struct body_contact, phone, CONTACT_TEXT_MOST),
    F_STR_OPT(struct body_contact, mail, CONTACT_TEXT_MOST),
    F_STR_OPT(struct body_contact, complaint_phone, CONTACT_TEXT_MOST),
    F_STR_OPT(struct body_contact, complaint_mail, CONTACT_TEXT_MOST),
};

static const struct record contact_record = { "body_contact",
                                              sizeof(struct body_contact),
                                              fields, COUNT(fields) };

static err check_phone(struct arena *a, str phone)
{
    if (phone.n == 0 || contact_is_phone(phone))
        return OK;
    return err_new(a, ERR_INVALID, "contact.phone");
}

static err check_mail(struct arena *a, str mail)
{
    if (mail.n == 0 || contact_is_mail(mail))
        return OK;
    return err_new(a, ERR_INVALID, "contact.mail");
}

static err check(struct arena *a, const struct body_contact *c)
{
    TRY(check_phone(a, c->phone));
    TRY(check_phone(a, c->complaint_phone));
    TRY(check_mail(a, c->mail));
    return check_mail(a, c->complaint_mail);
}

static err keep(struct tx *tx, void *context)
{
    return meta_set(tx, CONTACT_KEY, *(const str *)context);
}

err body_contact_set(struct app *app, struct arena *a,
                     const struct session *who, const struct body_contact *c)
{
    str text;

    TRY(mail_check_right(a, who));
    TRY(check(a, c));
    TRY(record_text(a, &contact_record, c, STORED_MAX, &text));
    return app_write_case(app, a, keep, &text);
}

/* As the store has it; whatever is wrong with it is damage. */
static err read_kept(struct arena *a, str text, struct body_contact *out)
{
    struct json *j = NULL;
    err e = json_parse(a, text, &j);

    if (!failed(e))
        e = record_read(a, &contact_record, j, out);
    if (!failed(e) || err_is(e, ERR_MEMORY))
        return e;
    return err_new(a, ERR_CORRUPT, "body_contact.text");
}

err body_contact_get(struct app *app, struct arena *a, struct body_contact *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found = false;
    str text = S("");

    TRY(app_read(app, a, &tx));
    TRY(meta_get(tx, a, CONTACT_KEY, &text, &found));
    *out = (struct body_contact){ .address = S("") };
    return found ? read_kept(a, text, out) : OK;
}
