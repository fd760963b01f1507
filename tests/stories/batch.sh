#!/usr/bin/env bash
# batch.sh -- a tender office checks its list of certificates, three ways: on
# the command line, on the page and by the interface for programs; it gets a
# workbook and proofs, which are checked offline. [M24] [M25]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 4 --today $TODAY
holds "its log is signed" "$TENSTAR" log checkpoint --data "$DATA" \
    --today $TODAY
"$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values' >"$story_dir/numbers"
number=$(head -n 1 "$story_dir/numbers")
show() { "$TENSTAR" certificate show "$number" --data "$DATA" --json "$@"; }
holder=$(show --today $TODAY | jq -r .holder)
issued=$(show --today $TODAY | jq -r .issued)

# check ARGUMENT...: of the list; its exit status.
list=$story_dir/list.csv
result=$story_dir/result.json
check() {
    local status=0
    "$TENSTAR" register check "$list" --data "$DATA" --today $TODAY "$@" \
        >"$result" 2>"$story_dir/err" || status=$?
    echo $status
}
answer() { jq -r "$1" "$result"; }

# --- on the command line ----------------------------------------------------

# The first of them with its holder, and as it is often mistyped.
{
    echo "tender 7,"
    echo "certificate number,bidder"
    echo "$number,$holder"
    echo "$number,somebody else"
    echo "${number/C0/CO},$holder"
    echo ",$holder"
    echo "=cmd|x,"
} >"$list"
expect "not all is well" "$(check --on "$issued" --json)" 1
expect "every row has its answer" "$(answer '.results | map(.line)
    | tostring')" '[3,4,5,6,7]'
expect "as they stood" "$(answer '.results | map(.verdict) | join(" ")')" \
    "valid valid unknown no_number unknown"
expect "whose they are" \
    "$(answer '.results | map(.holder_match) | join(" ")')" \
    "same differs not_said not_said not_said"
expect "a slip is named" "$(answer '.results[2].near[0]')" "$number"
expect "a row repeats another" "$(answer '.results[1].repeats')" 3
day_before=$(date -u -d "$issued - 1 day" +%F)
expect "a day before" "$(check --on "$day_before" --json)" 1
expect "it was not issued" "$(answer '.results[0].verdict')" not_issued
expect "nobody knows what is to come" "$(check --on 2026-11-25)" 1
expect "and it is said" "$(grep -c 2026 "$story_dir/err")" 1

echo "$number" >"$list"
expect "one that is as it should be" "$(check --on "$issued")" 0
expect "by the place of its column" "$(check --on "$issued" --column 1)" 0
expect "a column that is not there" "$(check --column nothing)" 1
expect "a result of no known form" "$(check --out "$story_dir/r.pdf")" 2

# --- files ------------------------------------------------------------------

# All of them, in the encoding of an office; then the workbook that came of it.
{
    echo "证书编号,投标人"
    sed 's|$|,=HYPERLINK("x")|' "$story_dir/numbers" | sed 's|"|""|g
        s|,=\(.*\)$|,"=\1"|'
} | iconv -t GB18030 >"$list"
book=$story_dir/result.xlsx
check --out "$book" --proofs "$story_dir/proofs.zip" >/dev/null
expect "a workbook" "$(head -c 2 "$book")" PK
unzip -qo "$book" -d "$story_dir/book"
expect "no cell is a formula" \
    "$(grep -c '<f>' "$story_dir/book/xl/worksheets/sheet1.xml")" 0
check --out "$story_dir/result.csv" >/dev/null
expect "fields are harmless" "$(grep -c "\"'=HYPERLINK" \
    "$story_dir/result.csv")" "$(wc -l <"$story_dir/numbers")"
list=$book
check --on "$issued" --json >/dev/null
expect "it can be checked again" "$(answer '.batch.rows')" \
    "$(wc -l <"$story_dir/numbers")"
expect "with what was given" "$(answer '.results | map(.given.holder)
    | unique | join(" ")')" '=HYPERLINK("x")'

# --- proofs -----------------------------------------------------------------

unzip -qo "$story_dir/proofs.zip" -d "$story_dir/proofs"
cd "$story_dir/proofs"
printf 'log %s\nquorum none\n' "$(cat log.vkey)" >policy.txt
expect "a proof each" "$(find proofs -name '*.tlog-proof' | wc -l)" \
    "$(wc -l <"$story_dir/numbers")"
expect "the result lies beside them" "$(head -c 2 result.xlsx)" PK
holds "a proof is good" "$TENSTAR" verify "proofs/$number.tlog-proof" \
    --policy policy.txt --on $TODAY
holds "a credential is good" "$TENSTAR" verify "credentials/$number.json" \
    --keys did.json --on $TODAY
cd "$OLDPWD"

# --- on the page, and for programs ------------------------------------------

mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
trap 'kill -TERM $server 2>/dev/null || true; wait; rm -rf "$story_dir"' EXIT
site=http://127.0.0.1:$(jq --unbuffered -n 'input.port' <"$story_dir/said")

jar=$story_dir/jar
token=$(curl -sf -c "$jar" "$site/batch?lang=en" |
    sed -n 's|.*name="token" value="\([^"]*\)".*|\1|p' | head -n 1)
# page FIELD...: what the form answers, into out.
page() {
    curl -s -b "$jar" -o "$story_dir/out" -w '%{http_code}' \
        -F token="$token" "$@" "$site/batch"
}
expect "the page answers" "$(page -F "text=$number" -F on="$issued" \
    -F as=page)" 200
expect "that it was valid" "$(grep -o '<td[^>]*><div><span class="badge valid' \
    "$story_dir/out" | wc -l)" 1
expect "the page takes a workbook" "$(page -F "file=@$book" -F as=json)" 200
expect "and gives its answers" "$(jq .batch.rows "$story_dir/out")" \
    "$(wc -l <"$story_dir/numbers")"
expect "what is no list is said" "$(page -F "file=@$jar" -F as=page)" 400
head -c 3000000 /dev/zero >"$story_dir/large"
expect "strangers send no large file" "$(page -F "file=@$story_dir/large")" 403
expect "which is said" "$(grep -c 'larger than 1 MB' "$story_dir/out")" 1

seq -f 'X%.0f' 100000 109999 >"$story_dir/many"
expect "ten thousand" "$(curl -s -o "$story_dir/out" -w '%{http_code}' \
    --data-binary "@$story_dir/many" -H 'Content-Type: text/plain' \
    "$site/api/v1/check?on=$issued")" 200
expect "are answered" "$(jq .batch.counts.unknown "$story_dir/out")" 10000
curl -s -H 'Content-Type: application/json' -o "$story_dir/out" \
    -d "{\"on\":\"$issued\",\"rows\":[\"$number\"]}" "$site/api/v1/check"
expect "rows as JSON" "$(jq -r '.results[0].verdict' "$story_dir/out")" valid
expect "nothing of it is in the log" "$(grep -c "$number" "$story_dir/log")" 0

the_end
