#!/usr/bin/env bash
# real.sh -- real enterprises: a whole table of them is taken in, and a hundred
# apply.  What has to come of each is worked out here, from its row and from
# the package, and compared with what the program says.
#
#   ENTERPRISES=FILE tests/real.sh
#
# FILE is a table with tabs: name, uscc, registered, province, city, scope.
# Without it there is nothing to do.

if [ ! -r "${ENTERPRISES-}" ]; then
    echo "note: real.sh was skipped: ENTERPRISES names no file to read"
    exit 0
fi
table=$(realpath "$ENTERPRISES")

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

# Columns by the names in the first line; one enterprise a line:
# line number, code, day of registration, scope of business.
columns() {
    awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { print NR "\t" $at["uscc"] "\t" $at["registered"] "\t" $at["scope"] }
        ' "$table"
}
columns >"$story_dir/rows"

# The body takes them in the day after the last of them was registered.
day='^[0-9]{4}-[01][0-9]-[0-3][0-9]$'
last=$(cut -f3 "$story_dir/rows" | grep -E "$day" | sort | tail -n 1)
TODAY=$(date -u -d "$last + 1 day" +%F)

# --- the table --------------------------------------------------------------

holds "the table is taken in" "$TENSTAR" demo "$DATA" --size 0 \
    --today "$TODAY" --enterprises "$table" --json
cp "$story_dir/out" "$story_dir/made"
made() { jq -r "$1" "$story_dir/made"; }

expect "every row was taken or is named" \
    "$(made '.enterprises + (.bad_rows | length)')" \
    "$(wc -l <"$story_dir/rows")"
made '.bad_rows[] | [.line, .id] | @tsv' >"$story_dir/bad"

# Each reason that is given is so.
bad_because() {
    awk -F'\t' -v id="$1" 'NR == FNR { if ($2 == id) bad[$1]; next }
        $1 in bad' "$story_dir/bad" "$story_dir/rows"
}
expect "no day is one" \
    "$(bad_because enterprise_file.day | cut -f3 | grep -cE "$day")" 0
expect "no scope is one" "$(bad_because registry.scope | cut -f4 |
    grep -cv '^ *$')" 0
while IFS=$'\t' read -r _ code _; do
    status=0
    "$TENSTAR" id check "$code" >"$story_dir/out" || status=$?
    expect "a code that was refused is wrong" "$status" 1
done < <(for id in registry.uscc_form registry.uscc_character \
    registry.uscc_check; do bad_because $id; done)

# And no row that is plainly wrong was taken.
expect "what has no day, no code or no scope is among them" \
    "$(awk -F'\t' -v day="$day" 'NR == FNR { bad[$1]; next }
        ($3 !~ day || toupper($2) !~ /^[0-9A-Z]{18}$/ || $4 ~ /^ *$/) &&
            !($1 in bad)' "$story_dir/bad" "$story_dir/rows" | wc -l)" 0

# --- a hundred of them ------------------------------------------------------

scheme=schemes/ten-star
"$TENSTAR" scheme show $scheme --json >"$story_dir/scheme"
package() { jq -r "$1" "$story_dir/scheme"; }

# Spread over the whole table, as they come.
awk -F'\t' 'NR == FNR { bad[$1]; next } !($1 in bad)' \
    "$story_dir/bad" "$story_dir/rows" >"$story_dir/usable"
step=$(($(wc -l <"$story_dir/usable") / 100))
awk -v step="$step" 'NR % step == 0 && n++ < 100' "$story_dir/usable" \
    >"$story_dir/hundred"
expect "a hundred" "$(wc -l <"$story_dir/hundred")" 100

# The same day so many months later, at the end of a shorter month.
months_later() {
    local year=${1:0:4} month=$((10#${1:5:2} + $2)) days
    year=$((year + (month - 1) / 12))
    month=$(((month - 1) % 12 + 1))
    days=$(date -u -d "$year-$month-01 + 1 month - 1 day" +%d)
    [ "$((10#${1:8:2}))" -gt "$((10#$days))" ] || days=${1:8:2}
    printf '%04d-%02d-%s\n' $year $month "$days"
}

# unmet REGISTERED SCOPE: the ids of the package's rules that an enterprise
# like this does not meet, in the package's order.
months=$(package '.eligibility[] | select(.kind == "registered") |
    .registered | rtrimstr("m")')
words=$(package '[.eligibility[] | select(.kind == "scope") | .words[]] |
    join("|")')
unmet() {
    local id kind
    while read -r id kind; do
        case $kind in
        registered) [[ $(months_later "$1" "$months") > $TODAY ]] || continue ;;
        scope) ! grep -qE "$words" <<<"$2" || continue ;;
        declared) continue ;; # they declare what is wanted
        esac
        echo "$id"
    done < <(package '.eligibility[] | [.id, .kind] | @tsv')
}

declarations=$(package '[.eligibility[] | select(.kind == "declared") |
    {item: .id, yes: .want}] | tojson')
package '[.indicators[] | select(.leaf) | if .kind == "sampled" then
    {indicator: .id, result: "sampled", k: 10, n: 10} else
    {indicator: .id, result: "met"} end]' >"$story_dir/answers"
figures='[{"figure":"satisfaction","k":93,"n":100},
    {"figure":"first_resolution","k":91,"n":100}]'
site='[{"name":"总部","place":"示例","kind":"hq"}]'
apply=(application.submit scope="售后服务" staff=40 service_staff=12
    sites="$site")
mapfile -t required < <(package '.requirements[] | select(.required) | .id')

add_document() {
    printf '示例文件 %s\n' "$1" >"$story_dir/document"
    done_by intake document.add requirement="$1" title="示例" \
        file="$story_dir/document" \
        covers_from="$(date -u -d "$TODAY - 1 year" +%F)" covers_to="$TODAY"
}

# On paper, entered by staff: they act for whoever sent it in.
enter() {
    CASE=new
    done_by intake case.open scheme=ten-star level=ten --enterprise "$1"
    CASE=$(jq -r .number "$story_dir/out")
    done_by intake eligibility.answer declarations="$declarations"
    done_by intake assessment.record answers=@"$story_dir/answers" \
        figures="$figures"
}

accepted=0
too_young=0
out_of_scope=0
incomplete=0
while IFS=$'\t' read -r _ code registered scope <&3; do
    enter "$code"
    mapfile -t rules < <(unmet "$registered" "$scope")
    if [ ${#rules[@]} -gt 0 ]; then
        # The first rule that it does not meet is named, and how many.
        refused application.not_eligible intake "${apply[@]}"
        label=$(jq -r --arg id "${rules[0]}" '.eligibility[] |
            select(.id == $id).label.zh' "$story_dir/scheme")
        expect "$CASE: which rule" "$(jq -r '.refused.arguments |
            "\(.item) \(.count)"' "$story_dir/out")" "$label ${#rules[@]}"
        [[ " ${rules[*]} " != *" registered "* ]] ||
            too_young=$((too_young + 1))
        [[ " ${rules[*]} " != *" scope "* ]] ||
            out_of_scope=$((out_of_scope + 1))
        continue
    fi

    # Every fifth leaves out one document, another each time.
    left_out=-1
    if [ $((accepted % 5)) -eq 4 ] && [ $incomplete -le $((accepted / 5)) ]
    then
        left_out=$((incomplete % ${#required[@]}))
    fi
    for i in "${!required[@]}"; do
        [ "$i" -eq "$left_out" ] || add_document "${required[$i]}"
    done
    done_by intake "${apply[@]}"
    if [ $left_out -ge 0 ]; then
        incomplete=$((incomplete + 1))
        refused completeness.missing intake application.accept
        done_by intake supplement.ask
        expect "$CASE: the notice names what is missing" \
            "$(show '[.supplement.missing[].requirement] | join(" ")')" \
            "${required[$left_out]}"
        add_document "${required[$left_out]}"
        done_by intake application.resubmit
    fi
    done_by intake application.accept
    expect "$CASE: on to the contract" "$(show .stage)" contract
    accepted=$((accepted + 1))
done 3<"$story_dir/hundred"

# --- all in all -------------------------------------------------------------

"$TENSTAR" case list --data "$DATA" --json >"$story_dir/cases"
expect "a case each" "$(jq length "$story_dir/cases")" 100
expect "accepted" "$(jq '[.[] | select(.stage == "contract")] | length' \
    "$story_dir/cases")" "$accepted"
expect "still to be mended" "$(jq '[.[] | select(.stage == "preparation")] |
    length' "$story_dir/cases")" "$((100 - accepted))"
# A table in which nobody is refused, or nobody accepted, would show nothing.
holds "some were accepted" test $accepted -gt 0
holds "some were incomplete at first" test $incomplete -gt 0
holds "some were registered too late" test $too_young -gt 0
holds "some have another scope" test $out_of_scope -gt 0
holds "everything stored is whole" "$TENSTAR" check --data "$DATA"

echo "note: real.sh: $(made .enterprises) enterprises, $(made \
    '.bad_rows | length') rows left out; of 100: $accepted accepted" \
    "($incomplete after a supplement), $too_young too young," \
    "$out_of_scope out of scope"
the_end
