#!/usr/bin/env bash
# keys.sh -- the keys a body signs with: listed, rotated, found compromised,
# locked by a passphrase; the journal and the log know of each.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY

# key WORD...: run it, what it says into out and err.
key() {
    "$TENSTAR" key "$@" --data "$DATA" --lang en >"$story_dir/out" \
        2>"$story_dir/err"
}

# refuses WHAT ID WORD...: it is refused by that rule.
refuses() {
    local what=$1 id=$2
    shift 2
    if key "$@" --json; then
        fail "$what: went through"
    else
        expect "$what" "$(jq -r .refused.id "$story_dir/out")" "$id"
    fi
}

# --- made, and rotated ------------------------------------------------------

holds "they are listed" key list
expect "for credentials, QR codes, documents, and the log's own" \
    "$(sed 's/ since.*//' "$story_dir/out")" \
    "credentials and status lists, key 1: Ed25519,
QR codes, key 1: Ed25519,
documents (PDF), key 1: ECDSA P-256,
transparency log, key 1: Ed25519,"
refuses "nobody but an administrator makes one" key.makes \
    make qr --as head --today $TODAY
refuses "what is no purpose" cli.key_choice make qrs --as admin
holds "the next one is made" key make qr --as admin --today $TODAY
expect "it is said" "$(cat "$story_dir/out")" \
    "Made key 2 for QR codes. Back up DIR/keys now."
holds "the one before is rotated" key list --json
expect "on that day" \
    "$(jq -r '.[1] | "\(.purpose) \(.serial) \(.until) \(.ending)"' \
        "$story_dir/out")" "qr 1 $TODAY rotated"

# --- found compromised ------------------------------------------------------

refuses "since when has to be said" key.since_missing \
    retire qr 1 --why compromised --as head --today $TODAY
refuses "a day before it was made" key.since retire qr 1 --why compromised \
    --since 2020-01-01 --as head --today $TODAY
holds "a key that leaked is retired" key retire qr 2 --why compromised \
    --since $TODAY --note 备份丢失 --as head --today $TODAY
refuses "once" key.retired retire qr 2 --why lost --as head --today $TODAY
holds "the history tells" key list
expect "since when" "$(grep 'others may' "$story_dir/out" | sed 's/^ *//')" \
    "others may have it since 24 November 2026"

# --- documents: certificates, and keys made elsewhere -----------------------

request=$story_dir/request.pem
certificate=$story_dir/certificate.pem
expect "a new key signs by a certificate of its own" \
    "$(openssl x509 -in "$DATA/keys/pdf-1.pem" -noout -subject -issuer \
        -nameopt utf8,sep_comma_plus,-esc_msb | sed 's/^[a-z]*=//' | sort -u)" \
    "C=CN,O=示例认证中心,CN=示例认证中心,serialNumber=CNCA-R-2099-000"
refuses "what has no certificate" key.no_certificate request qr
holds "an authority is asked" key request pdf --out "$request"
expect "for the key" "$(openssl req -in "$request" -noout -pubkey)" \
    "$(openssl x509 -in "$DATA/keys/pdf-1.pem" -noout -pubkey)"
expect "and the request is signed by it" \
    "$(openssl req -in "$request" -verify -noout 2>&1)" \
    "Certificate request self-signature verify OK"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc \
    -keyout "$story_dir/ca.key" -out "$story_dir/ca.pem" -days 3650 \
    -subj '/CN=Example Authority' 2>"$story_dir/err"
openssl x509 -req -in "$request" -CA "$story_dir/ca.pem" \
    -CAkey "$story_dir/ca.key" -days 800 2>"$story_dir/err" |
    cat - "$story_dir/ca.pem" >"$certificate"
refuses "nobody but an administrator installs what it sent back" key.certifies \
    certificate pdf "$certificate" --as head --today $TODAY
refuses "the authority's own certificate" x509.differs \
    certificate pdf "$story_dir/ca.pem" --as admin --today $TODAY
holds "the certificate is installed" \
    key certificate pdf "$certificate" --as admin --today $TODAY
holds "whole" cmp "$certificate" "$DATA/keys/pdf-1.pem"
holds "it is listed" key list --json
expect "by its hash" "$(jq -r '.[2].certificate' "$story_dir/out")" \
    "$(openssl x509 -in "$certificate" -outform DER | sha256sum |
        cut -d' ' -f1)"

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes256 \
    -pass pass:三只白鹭 -out "$story_dir/theirs.pem" 2>"$story_dir/err"
refuses "a locked key without its passphrase" x509.passphrase \
    import pdf --from "$story_dir/theirs.pem" --as admin --today $TODAY
export TENSTAR_IMPORT_PASSPHRASE=三只白鹭
refuses "a key that is none" x509.no_key \
    import pdf --from "$certificate" --as admin --today $TODAY
holds "with it, it becomes the next key" \
    key import pdf --from "$story_dir/theirs.pem" --as admin --today $TODAY
unset TENSTAR_IMPORT_PASSPHRASE
holds "and is listed" key list --json
expect "as what it is" \
    "$(jq -r 'map(select(.purpose == "pdf"))[-1] |
        "\(.purpose) \(.serial) \(.kind)"' "$story_dir/out")" \
    "pdf 2 rsa"
holds "an SM2 key is made as well" key make sm2 --as admin --today $TODAY

# --- locked -----------------------------------------------------------------

refuses "a new passphrase has to be given" cli.key_new_passphrase \
    lock --as admin
holds "the keys are locked" env TENSTAR_NEW_PASSPHRASE=青川之水 \
    "$TENSTAR" key lock --data "$DATA" --as admin
refuses "nothing opens without it" keyfile.passphrase_needed list
holds "with it everything does" env TENSTAR_PASSPHRASE=青川之水 \
    "$TENSTAR" check --data "$DATA"
export TENSTAR_PASSPHRASE=x
refuses "another passphrase" keyfile.passphrase_wrong list
unset TENSTAR_PASSPHRASE
mkdir "$story_dir/credentials"
echo 青川之水 >"$story_dir/credentials/tenstar-passphrase"
holds "systemd hands it over in a file" \
    env CREDENTIALS_DIRECTORY="$story_dir/credentials" \
    "$TENSTAR" key list --data "$DATA"
holds "they are opened again" env TENSTAR_PASSPHRASE=青川之水 \
    "$TENSTAR" key lock --open --data "$DATA" --as admin
holds "and lie open" key list

# --- on record --------------------------------------------------------------

holds "journals, log and keys agree" "$TENSTAR" check --data "$DATA"

the_end
