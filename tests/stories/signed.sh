#!/usr/bin/env bash
# signed.sh -- signed documents as programs judge them that nobody here wrote:
# poppler with NSS, OpenSSL, qpdf. [M20] [17065 7.7.1]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY
NUMBER=$(CASE=C2024-0001 show .certificate.number)
ca=$story_dir/ca
nss=$story_dir/nss
paper=$story_dir/paper.pdf
log=$story_dir/openssl.log
trap 'kill ${STAMP_PID-} 2>/dev/null || true; rm -rf "$story_dir"' EXIT

# --- whom readers trust: an authority, made here ----------------------------

# Valid on every day that a clock or a story may have.
mkdir "$ca" "$nss"
cat >"$ca/ca.cnf" <<END
[ca]
default_ca = here
[here]
database = $ca/database
rand_serial = yes
new_certs_dir = $ca
certificate = $ca/ca.pem
private_key = $ca/key.pem
default_md = sha256
default_startdate = 20200101000000Z
default_enddate = 20491231235959Z
policy = any
string_mask = utf8only
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
serialNumber = optional
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
keyUsage = critical,digitalSignature,nonRepudiation
[time]
extendedKeyUsage = critical,timeStamping
END
touch "$ca/database"

# by_authority PART [OPTION...]: a certificate for what `request` asks for.
by_authority() {
    openssl ca -batch -notext -utf8 -config "$ca/ca.cnf" \
        -in "$ca/request" -extensions "$@" 2>"$log"
}

# new_key NAME FILE: a key into the file, and its request.
new_key() {
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc \
        -keyout "$2" -subj "/CN=$1" -out "$ca/request" 2>"$log"
}

new_key "Example Authority" "$ca/key.pem"
by_authority authority -selfsign >"$ca/ca.pem"
certutil -N -d "sql:$nss" --empty-password
certutil -A -d "sql:$nss" -n authority -t CT,C,C -i "$ca/ca.pem"

# certified WHAT: the key for documents, by that authority.
certified() {
    holds "$1: asked for" "$TENSTAR" key request pdf --out "$ca/request" \
        --data "$DATA"
    by_authority signer >"$story_dir/signer.pem"
    holds "$1: certified by an authority" "$TENSTAR" key certificate pdf \
        "$story_dir/signer.pem" --as admin --data "$DATA" --today $TODAY
}

# --- how a document is judged -----------------------------------------------

# written [OPTION...]: the certificate's paper.
written() {
    "$TENSTAR" certificate pdf "$NUMBER" --out "$paper" --lang en \
        --data "$DATA" --today $TODAY "$@"
}

# verdict FILE: what pdfsig says of it, the parts that count.  It asks nobody:
# no certificate here names a service for revocations.
verdict() {
    pdfsig -nssdir "sql:$nss" "$1" 2>/dev/null |
        grep -oE "$verdicts" |
        paste -sd,
}

verdicts='Total document signed|Not total document signed|is Valid'
verdicts+='|Digest Mismatch|is Trusted|issuer is unknown|ETSI.CAdES.detached'
good="ETSI.CAdES.detached,Total document signed,is Valid,is Trusted"

# signature FILE: its signature into cms, what it signs into content.
signature() {
    local ranges n
    rm -f "$story_dir"/*.sig0
    (cd "$story_dir" && pdfsig -dump -nocert "$1" >/dev/null 2>&1)
    mv "$story_dir"/*.sig0 "$story_dir/cms"
    ranges=$(pdfsig -nocert "$1" 2>/dev/null |
        sed -n 's/.*Signed Ranges: //p' | tr -d '[],-')
    read -ra n <<<"$ranges"
    {
        head -c "${n[1]}" "$1"
        tail -c +$((n[2] + 1)) "$1" | head -c $((n[3] - n[2]))
    } >"$story_dir/content"
}

# judged WHAT: $paper is signed by whom the authority knows, all of it.
judged() {
    expect "$1: pdfsig" "$(verdict "$paper")" "$good"
    signature "$paper"
    holds "$1: openssl cms" openssl cms -verify -cades -binary -inform DER \
        -in "$story_dir/cms" -content "$story_dir/content" -purpose any \
        -CAfile "$ca/ca.pem" -out "$story_dir/taken"
    holds "$1: of all that is signed" cmp "$story_dir/content" \
        "$story_dir/taken"
    expect "$1: no signing time, which only the signer would vouch for" \
        "$(openssl cms -cmsout -print -noout -inform DER \
            -in "$story_dir/cms" | sed '/timeStampToken/,$d' |
            grep -c signingTime || true)" 0
    holds "$1: qpdf has no complaint" qpdf --check "$paper"
}

# changed WHAT: every change of $paper is noticed.
changed() {
    local copy=$story_dir/changed.pdf at
    for at in 20 5000 "$(($(stat -c %s "$paper") - 20))"; do
        python3 - "$paper" "$copy" "$at" <<'END'
import sys
b = bytearray(open(sys.argv[1], "rb").read())
b[int(sys.argv[3])] ^= 1
open(sys.argv[2], "wb").write(b)
END
        expect "$1: byte $at is another" \
            "$(verdict "$copy" | grep -c 'is Valid' || true)" 0
    done
    { cat "$paper" && printf '%% more\n'; } >"$copy"
    expect "$1: something at its end" \
        "$(verdict "$copy" | grep -c ',Total document signed' || true)" 0
}

# --- P-256, and by its own certificate first --------------------------------

holds "a certificate is written" written
expect "its signer is unknown, the signature sound" "$(verdict "$paper")" \
    "ETSI.CAdES.detached,Total document signed,is Valid,issuer is unknown"
certified P-256
holds "once more" written
judged P-256
changed P-256

# --- what is attached -------------------------------------------------------

attached=$story_dir/attached
mkdir "$attached"
expect "the proof is attached" "$(pdfdetach -list "$paper" |
    grep -c 'certificate.tlog-proof')" 1
pdfdetach -saveall -o "$attached" "$paper"
holds "the proof of the log" "$TENSTAR" log proof "$NUMBER" --data "$DATA" \
    --out "$story_dir/proof"
holds "byte for byte" cmp "$story_dir/proof" "$attached/certificate.tlog-proof"

# --- a document of a case, and one without signature ------------------------

holds "the decision is written" "$TENSTAR" case document C2024-0001 decision \
    --out "$paper" --data "$DATA" --today $TODAY
judged "a decision"
expect "nothing attached" "$(pdfdetach -list "$paper")" "0 embedded files"
holds "unsigned where that is asked for" written --unsigned
expect "then it is" "$(pdfsig "$paper" 2>/dev/null |
    grep -c 'does not contain any signatures')" 1

# --- with a time stamp ------------------------------------------------------

cat >"$ca/tsa.cnf" <<END
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
END
echo 01 >"$ca/serial"
new_key "Example Time" "$ca/tsa.key"
by_authority time >"$ca/tsa.pem"
openssl ts -query -data "$ca/ca.pem" -sha256 -cert -out "$ca/other.tsq" \
    2>"$log"
exec {stamps}< <(exec python3 -B tests/foreign/stamp.py "$ca")
STAMP_PID=$!
read -r port <&"$stamps"

# stamped [OPTION...]: the certificate's paper; the answer as JSON in out.
stamped() { written --json "$@" >"$story_dir/out" 2>"$story_dir/err"; }
service() { echo "$1" >"$DATA/stamp"; }

# offset PATTERN: of the first element that follows it in the signature.
offset() {
    openssl asn1parse -inform DER -in "$story_dir/cms" | sed -n "/$1/,\$p" |
        sed -n "s/^ *\([0-9]*\):.*$2.*/\1/p" | head -n 1
}

# stamp_holds WHAT: OpenSSL takes the stamp as one of that very signature.
stamp_holds() {
    local at
    at=$(offset timeStampToken SEQUENCE)
    openssl asn1parse -inform DER -in "$story_dir/cms" -strparse "$at" \
        -noout -out "$story_dir/token"
    at=$(openssl asn1parse -inform DER -in "$story_dir/cms" |
        sed '/timeStampToken/,$d' |
        sed -n 's/^ *\([0-9]*\):.*OCTET STRING.*/\1/p' | tail -n 1)
    openssl asn1parse -inform DER -in "$story_dir/cms" -strparse "$at" \
        -noout -out "$story_dir/value"
    holds "$1" openssl ts -verify -token_in -in "$story_dir/token" \
        -data "$story_dir/value" -CAfile "$ca/ca.pem"
}

stamped --stamp || true
expect "no service is named" "$(answer_of .refused.id)" cli.paper_nobody
service "http://127.0.0.1:$port/"
holds "it is stamped" stamped
expect "and that is said" "$(answer_of '"\(.signed) \(.stamped)"')" "true true"
judged "with a stamp"
stamp_holds "openssl ts verifies the stamp"
service "http://127.0.0.1:$port/other"
holds "a stamp of something else is none" stamped
expect "and that is said" "$(answer_of .unstamped)" \
    "The time-stamping service gave no stamp: refused, or the stamp of \
something else."
judged "without a stamp"
rm "$paper"
stamped --stamp || true
expect "no file without a stamp, where that is asked for" \
    "$(answer_of .refused.id) $(ls "$paper" 2>/dev/null)" "cms.stamp "
service "http://127.0.0.1:1/"
holds "where nobody answers it is signed all the same" written
expect "and that is said" "$(sed -n 2p "$story_dir/out" | cut -d: -f1)" \
    "Signed without a time stamp"

# --- RSA --------------------------------------------------------------------

service "http://127.0.0.1:$port/"
holds "a key of RSA takes its place" "$TENSTAR" key make pdf --kind rsa \
    --as admin --data "$DATA" --today $TODAY
certified RSA
holds "a certificate is written" stamped --stamp
judged RSA
stamp_holds "RSA: openssl ts verifies the stamp"
changed RSA

# --- without a key ----------------------------------------------------------

holds "the key is lost" "$TENSTAR" key retire pdf 2 --why lost --as admin \
    --data "$DATA" --today $TODAY
holds "a certificate is written" written
expect "unsigned, which is said" "$(sed -n 2p "$story_dir/out")" \
    "Not signed: the body has no key for documents. Make one: tenstar key \
make pdf."

the_end
