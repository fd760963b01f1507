#!/usr/bin/env bash
# found.sh -- a real body is founded from a file; its first administrator comes
# in by the invitation, enrols a second factor and invites a planner; a case is
# opened, the body changes, and everything agrees. [条例 9] [17065 4.1.1]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

facts=$story_dir/facts.yaml
cat >"$facts" <<'END'
name_zh: 示例认证有限公司
name_en: Example Certification Ltd
approval: CNCA-R-2099-417
fields: [SC03, SC22]
address: 示例省示例市示例路 1 号
phone: 019-0000 0000
public_url: https://body.example
END

found() {
    "$TENSTAR" found "$DATA" "$@" --json 2>"$story_dir/err"
}
why() { found "$@" | jq -r '.refused.id // "done"'; }

# --- what cannot be founded ---------------------------------------------------

# wrong LINE SED-SCRIPT: the line that the refusal names.
wrong() {
    sed "$2" "$facts" >"$story_dir/wrong.yaml"
    expect "$2 is refused" "$(why "$story_dir/wrong.yaml")" found.facts
    "$TENSTAR" found "$DATA" "$story_dir/wrong.yaml" --lang en \
        2>"$story_dir/why" || true
    holds "and line $1 named" grep -q "wrong.yaml:$1: " "$story_dir/why"
    expect "and nothing left" "$(find "$story_dir" -name 'data*')" ""
}
wrong 3 's/^approval: .*/approval: R-417/'
wrong 4 's/SC22/sc22/'
wrong 4 's/SC22/SC03/'
wrong 6 's/^phone: .*/phone: 12/'
wrong 7 's,https://body.example,http://body.example,'
wrong 7 's,https://body.example,https://body.example/certificates,'
wrong 2 's/^name_en/name_fr/'
wrong 1 '/^name_zh/d'
expect "a store that is not there" \
    "$(why "$facts" --store postgres:host=/nowhere)" store.open
expect "leaves nothing" "$(find "$story_dir" -name 'data*')" ""
expect "an address that is none" "$(why "$facts" --mail nobody)" accounts.mail
expect "leaves nothing either" "$(find "$story_dir" -name 'data*')" ""

# A package whose golden cases say something else judges nobody.
mkdir "$story_dir/schemes"
cp -r schemes/five-star "$story_dir/schemes/"
sed -i 's/shown: 94.96/shown: 94.97/' \
    "$story_dir/schemes/five-star/golden/just-below-95.yaml"
expect "a package that contradicts its golden cases" \
    "$(why "$facts" --schemes "$story_dir/schemes")" package.unsound
expect "leaves nothing as well" "$(find "$story_dir" -name 'data*')" ""

# --- founding -----------------------------------------------------------------

found "$facts" --schemes schemes >"$story_dir/founded"
expect "with all schemes" "$(jq .schemes "$story_dir/founded")" \
    "$(find schemes -name scheme.yaml | wc -l)"
expect "its keys are its owner's" \
    "$(stat -c %a "$DATA/keys" "$DATA/keys/master.key" | xargs)" "700 600"
expect "not twice" "$(why "$facts")" found.not_empty
holds "it agrees" "$TENSTAR" check --data "$DATA"
expect "nobody reads without saying who" \
    "$("$TENSTAR" case list --data "$DATA" --json 2>/dev/null |
        jq -r '.refused.id')" cli.needs_as

# --- the first administrator --------------------------------------------------

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT

expect "its address is fixed" "$("$TENSTAR" serve --data "$DATA" \
    --listen 127.0.0.1:0 --public-url https://other.example --json 2>/dev/null |
    jq -r '.refused.id')" serve.public_url
mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
site=http://127.0.0.1:$port

# Cookies are for https only, as the body's address is: carried by hand.
cookies=
# ask PATH [CURL-OPTION...]: the page into page, the status printed.
ask() {
    local path=$1
    shift
    curl -s -o "$story_dir/page" -D "$story_dir/head" -w '%{http_code}' \
        -H "Cookie: $cookies" "$@" "$site$path"
}
keep_cookies() {
    local pair
    while read -r pair; do
        cookies="$cookies${cookies:+; }$pair"
    done < <(sed -n 's/^[Ss]et-[Cc]ookie: *\([^;]*\);.*/\1/p' \
        "$story_dir/head")
}
token() {
    sed -n 's/.*name="token" value="\([^"]*\)".*/\1/p' "$story_dir/page" |
        head -n 1
}
# The code of now of a secret in base32. (RFC 6238)
code_of() {
    python3 - "$1" <<'END'
import base64, hashlib, hmac, struct, sys, time
text = "".join(sys.argv[1].split()).upper()
key = base64.b32decode(text + "=" * (-len(text) % 8))
mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30),
               hashlib.sha1).digest()
at = mac[-1] & 15
print(f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7fffffff) % 10**6:06}")
END
}

way=$(jq -r .path "$story_dir/founded")
secret='three quiet herons'
expect "the invitation opens" "$(ask "$way")" 200
keep_cookies
expect "and is taken up" "$(ask "$way" --data-urlencode "token=$(token)" \
    -d login=chief --data-urlencode 'name=示例·管理员' \
    --data-urlencode "password=$secret")" 303
expect "once" "$(ask "$way")" 404
expect "the door" "$(ask /login)" 200
keep_cookies
expect "opens" "$(ask /login --data-urlencode "token=$(token)" -d login=chief \
    --data-urlencode "password=$secret")" 303
keep_cookies
expect "no further without a second factor" \
    "$(ask /people) $(sed -n 's/^[Ll]ocation: \([^?]*\).*/\1/p' \
        "$story_dir/head" | tr -d '\r')" "303 /account/factor"
expect "which is begun" "$(ask /account/factor)" 200
expect "and shown" "$(ask /account/factor \
    --data-urlencode "token=$(token)")" 200
factor=$(sed -n 's/.*class="secret">\([^<]*\)<.*/\1/p' "$story_dir/page")
expect "and proved" "$(ask /account/factor/prove \
    --data-urlencode "token=$(token)" -d "code=$(code_of "$factor")")" 200
keep_cookies
expect "then the people are theirs" "$(ask /people)" 200
expect "an invitation" "$(ask /invite)" 200
expect "of a planner" "$(ask /invite --data-urlencode "token=$(token)" \
    -d role=planner)" 200
holds "is handed over" grep -q 'https://body.example/invitation/' \
    "$story_dir/page"
expect "the settings tell its history" "$(ask /settings)" 200
holds "with its approval" grep -q CNCA-R-2099-417 "$story_dir/page"

# --- at work ------------------------------------------------------------------

printf '%s\n' "$secret" >"$story_dir/secret"
by() {
    local user=$1
    shift
    TENSTAR_SECRET=$secret "$TENSTAR" "$@" --data "$DATA" --as "$user" --json
}
holds "an enterprise" by chief enterprise add 91350100M000100Y43 \
    --name 示例电器有限公司 --registered 2015-03-02 --scope 家用电器销售 \
    --province 示例省 --city 示例市
holds "somebody of it" by chief person add clerk --name 示例·经办人 \
    --enterprise 91350100M000100Y43 --secret "$story_dir/secret"
holds "opens a case" by clerk case "do" new case.open scheme=ten-star level=ten
expect "nobody else changes the body" "$(by clerk body change \
    --from "$(date -u -d '+8 hours' +%F)" --document x --fields SC22 \
    2>/dev/null | jq -r '.refused.id')" rights.role
expect "a field goes with its reason" "$(by chief body change \
    --from "$(date -u -d '+8 hours' +%F)" --document x --fields SC22 \
    2>/dev/null | jq -r '.refused.id')" body.reason
expect "the case that lies in it is named" "$(by chief body change \
    --from "$(date -u -d '+8 hours' +%F)" --document 批复 --fields SC22 \
    --reason 缩小 | jq -r '.outside[0] | .field + " " + .cases[0]')" \
    "SC03 C$(date -u -d '+8 hours' +%Y)-0001"
expect "the page says so at once" "$(ask /body)" 200
expect "without it" "$(grep -c '<span class="code tag">SC03' \
    "$story_dir/page" || true)" 0
kill -TERM "$server"
wait "$server" || true
server=
holds "everything agrees" "$TENSTAR" check --data "$DATA"

the_end
