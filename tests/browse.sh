#!/usr/bin/env bash
# browse.sh -- every page, as everybody who has a part in it sees it, in
# Debian's Chromium (tests/page/pages.mjs): a demonstration is served, and its
# people sign in one after the other and follow every link.  [WCAG 2.2]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --size 40 --today $TODAY
server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")
site=http://127.0.0.1:$port

# Somebody reports misuse, for quality to read.
jar=$story_dir/jar
token=$(curl -sS -c "$jar" "$site/report" |
    grep -oE 'name="token" value="[^"]*' | cut -d'"' -f4)
expect "a report is taken" "$(curl -sS -b "$jar" -o "$story_dir/reported" \
    -w '%{http_code}' -d "token=$token" -d kind=other -d place=x -d words=x \
    -d name=y "$site/report")" 303

# Whose enterprise has cases.
applicant="applicant-001"

# They hand in records of their service, to be looked at on the way.
tickets() {
    echo 工单号,报修时间,首次响应时间,完成时间,网点,产品,服务人员,客户,电话,评分
    awk 'BEGIN {
        for (i = 0; i < 1200; i++) {
            day = sprintf("2026-%02d-%02d", i % 9 + 1, i * 7 % 27 + 1)
            opened = sprintf("%s %02d:%02d", day, 8 + i % 3, i * 13 % 60)
            answered = sprintf("%s 11:%02d", day, i * 17 % 60)
            resolved = sprintf("%s %02d:10", day, i % 11 ? 15 : 7)
            shop = i % 40 == 7 ? "临时点" : i % 3 ? "城南站" : "城北站"
            printf "W%04d,%s,%s,%s,%s,", i, opened, answered, resolved, shop
            printf "%s,工程师%d,", i % 2 ? "空调" : "冰箱", i % 37
            printf "客户%d,1390000%04d,%d\n", i, i, i % 9 ? 5 : 3
        }
        print "W9999,tomorrow,,,城北站,空调,工程师1,客户,13900000000,5"
    }'
}
tickets >"$story_dir/服务记录.csv"
own=$story_dir/own
word() { grep -oE 'name="token" value="[^"]*' | head -n 1 | cut -d'"' -f4; }
token=$(curl -sS -c "$own" "$site/login" | word)
curl -sS -b "$own" -c "$own" -o "$story_dir/in" -d "token=$token" \
    -d "login=$applicant" "$site/login"
case=$(curl -sS -b "$own" "$site/cases" | grep -oE 'href="/cases/C[^"/?]+"' |
    head -n 1 | cut -d'"' -f2)
token=$(curl -sS -b "$own" "$site$case/records" | word)
expect "records are taken" "$(curl -sS -b "$own" -o "$story_dir/taken" \
    -w '%{http_code}' -F "token=$token" -F "file=@$story_dir/服务记录.csv" \
    "$site$case/records")" 303
for _ in $(seq 100); do
    curl -sS -b "$own" "$site$case/records" >"$story_dir/records"
    grep -q 'badge valid' "$story_dir/records" && break
    sleep 0.1
done
holds "they are counted" grep -q 'badge valid' "$story_dir/records"
names=-,$applicant,intake,finance,planner,auditor1,expert,reviewer
names+=,certificates,quality,head,appeal,reporter,authority,admin
pictures=()
[ -z "${PICTURES-}" ] || pictures=("$PICTURES")
status=0
node tests/page/pages.mjs "$site" "$names" "${pictures[@]}" \
    >"$story_dir/said" 2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "it ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r line; do
    case $line in
    "ok "*) pass ;;
    *) fail "$line" ;;
    esac
done <"$story_dir/said"
holds "nothing went wrong in the server" \
    test "$(grep -c '"level":"error"' "$story_dir/log")" = 0

the_end
