#!/usr/bin/env bash
# killed.sh -- an import is killed at random moments, again and again, and so is
# what makes the register's read model: the next run goes on, nothing is twice
# and nothing lost. [M24]
#
# ROWS, KILLS and AT_ONCE say how large; `./test deep killed` is larger.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

ROWS=${ROWS:-6000}
KILLS=${KILLS:-10}
AT_ONCE=${AT_ONCE:-100}
TODAY=2026-11-24
RANDOM=${SEED:-7}
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 1 --today $TODAY
db=$DATA/tenstar.db

# One row in 97 is refused: its code is no code.
file=$story_dir/certificates.csv
awk -v rows="$ROWS" '
# One of 5,000 codes: the last character is its check (GB 32100-2015).
function code(i,    text, at, sum, power) {
    text = sprintf("91%06dM000100Y4", 110000 + i % 5000)
    power = 1
    sum = 0
    for (at = 1; at <= 17; at++) {
        sum += (index(signs, substr(text, at, 1)) - 1) * power
        power = power * 3 % 31
    }
    return text substr(signs, (31 - sum % 31) % 31 + 1, 1)
}
BEGIN {
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    print "证书编号,持证组织,信用代码,发证机构,认证依据,起始日期,到期日期"
    for (i = 1; i <= rows; i++)
        printf "K%07d,示例%d公司,%s,示例认证公司,GB/T 19001-2016," \
            "2024-03-01,2027-02-28\n", i, i % 5000, i % 97 == 0 ? "1" : code(i)
}' >"$file"
sound=$(grep -vc ',1,' "$file")
sound=$((sound - 1)) # the headings

# A program that was killed leaves a log to be read: who does it locks it.
ask() { sqlite3 -cmd '.timeout 20000' "$db" "$1"; }

# Not functions: what runs in the background is to be killed itself.
import=("$TENSTAR" register import "$file" --data "$DATA" --as certificates
    --today "$TODAY" --at-once "$AT_ONCE" --json)

# whole: what chunks say is what is there, each number once.
whole() {
    [ "$(ask 'SELECT count(*) = count(DISTINCT number) AND count(*) =
        (SELECT coalesce(sum(last - first + 1), 0) FROM imported_chunk)
        FROM imported')" = 1 ]
}

# random_pause MILLISECONDS: less than so long, which is less than a second.
random_pause() { sleep "0.$(printf '%03d' $((RANDOM % $1)))"; }

# kill_after CHUNKS: of the import that runs, when so many are there, and a
# moment later; false when it was over before.
kill_after() {
    local status=0
    while [ "$(ask 'SELECT count(*) FROM imported_chunk')" -lt "$1" ] &&
        kill -0 "$running" 2>/dev/null; do
        :
    done
    random_pause 50
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || status=$?
    [ "$status" = 137 ]
}

# --- the import ---------------------------------------------------------------

chunks=$((ROWS / AT_ONCE + 1))
landed=0
target=0
"${import[@]}" >"$story_dir/out" 2>"$story_dir/err" &
running=$!
while [ "$landed" -lt "$KILLS" ] && kill_after "$target"; do
    landed=$((landed + 1))
    holds "killed, and what is there is whole" whole
    before=$(ask 'SELECT count(*) FROM imported_chunk')
    [ "$before" -ge "$target" ] || fail "chunks went: $target, then $before"
    target=$((before + RANDOM % (3 * chunks / 2 / KILLS + 1)))
    "${import[@]}" >"$story_dir/out" 2>"$story_dir/err" &
    running=$!
done
wait "$running" 2>/dev/null || true
expect "it was killed" "$((landed > 0))" 1

status=0
"${import[@]}" >"$story_dir/out" || status=$?
expect "the last run brings what is left, and refuses the rest of what is bad" \
    "$((status <= 1))" 1
expect "all is in" "$(jq -r '.rows' "$story_dir/out")" "$ROWS"
expect "nothing is known: nothing came a second time" \
    "$(jq -r '.known' "$story_dir/out")" 0
holds "and is whole" whole
grep -v ',1,' "$file" | tail -n +2 | cut -d, -f1 >"$story_dir/wanted"
ask 'SELECT number FROM imported ORDER BY n' >"$story_dir/got"
holds "each number once, in the order of the file" \
    cmp "$story_dir/wanted" "$story_dir/got"
expect "every chunk is in the log, once" \
    "$(ask "SELECT count(*) FROM log_entry WHERE subject LIKE 'import/%'")" \
    "$(ask 'SELECT count(*) FROM imported_chunk')"
holds "the store is what its journals say" "$TENSTAR" check --data "$DATA" \
    --today $TODAY

# --- the read model -----------------------------------------------------------

cp -r "$DATA" "$story_dir/unharmed"
rebuild() {
    "$TENSTAR" register rebuild --data "$1" --today $TODAY --json
}
root() {
    "$TENSTAR" register root --data "$1" --today $TODAY --json |
        jq -r '"\(.root) \(.holders) \(.numbers)"'
}
for _ in $(seq "$KILLS"); do
    "$TENSTAR" register rebuild --data "$DATA" --today $TODAY >/dev/null 2>&1 &
    running=$!
    random_pause 900
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
done
holds "made again after it was killed" rebuild "$DATA"
expect "with every certificate" "$(jq -r '.left_out' "$story_dir/out")" 0
rebuild "$story_dir/unharmed" >/dev/null
expect "it says what one says that never was killed" \
    "$(root "$DATA")" "$(root "$story_dir/unharmed")"
expect "of every holder" "$(root "$DATA" | cut -d' ' -f2)" \
    "$(ask 'SELECT count(*) FROM (SELECT uscc FROM imported UNION
        SELECT uscc FROM certificate)')"

the_end
