#!/usr/bin/env bash
# two.sh -- one enterprise, ISO 9001 and ten stars side by side: what was handed
# in once serves both, as long as it is fresh enough for each. [M5] [M9]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

DEMO_SIZE=1 # one case of another enterprise is there, with all its documents
founded 2026-03-02
OTHER=$("$TENSTAR" case list --data "$DATA" --json | jq -r '.[0].number')

# assessed: eligible and assessed, all met. [M6] [M7]
assessed() {
    done_by newcomer eligibility.answer declarations="$(declared)"
    done_by newcomer assessment.record answers="$(answers)" \
        figures="$(figures)"
}

# added FROM TO REQUIREMENT...: documents of these days.
added() {
    local from=$1 to=$2
    shift 2
    for r in "$@"; do
        printf '%s\n' "示例文件 $CASE $r" >"$story_dir/$r.txt"
        done_by newcomer document.add requirement="$r" title="示例 $r" \
            file="$story_dir/$r.txt" covers_from="$from" covers_to="$to"
    done
}

# document REQUIREMENT FILTER: of the document that answers it now.
document() {
    show ".documents[] | select(.requirement == \"$1\") | .document | $2"
}

SITES='[{"name":"总部","place":"示例省示例市","kind":"hq","staff":30,
    "address":"示例路1号","district":"990100"},
    {"name":"一店","place":"示例省示例市","kind":"outlet","staff":10}]'

# --- ISO 9001 comes first -----------------------------------------------------

use_scheme schemes/iso-9001
opened "$(package '.levels[0].id')"
ISO=$CASE
assessed
mapfile -t asked < <(required)
added 2025-03-02 2026-02-27 "${asked[@]}"
apply
expect "[M5] ISO 9001 is applied for" "$(show .stage)" completeness

# --- ten stars beside it ------------------------------------------------------

use_scheme schemes/ten-star
opened ten
STARS=$CASE
assessed
# The licence is the licence; the competence records are training records here.
done_by newcomer document.reuse requirement=licence from="$ISO:licence"
done_by newcomer document.reuse requirement=training from="$ISO:competence"
expect "[M5] it says where it comes from" "$(document training .from)" \
    "$ISO:competence"
blob=$(document licence .blob)
CASE=$ISO
expect "[M5] and is the same to the byte" "$(document licence .blob)" "$blob"
CASE=$STARS
done_by newcomer document.reuse requirement=trademark blob="$blob"
refused library.which newcomer document.reuse requirement=licence
refused library.unknown newcomer document.reuse requirement=licence \
    from="$ISO:poem"
# Another enterprise's document is not there, as if nobody had it.
refused library.unknown newcomer document.reuse requirement=licence \
    from="$OTHER:licence"
refused library.nothing newcomer documents.take_over # of another scheme

# --- the age of what is shared [M9] -------------------------------------------

# "Of the last six months" is all of them, but for the last one.
others=()
for r in $(required); do
    case $r in
    licence | training | complaints | surveys | orders) ;;
    *) others+=("$r") ;;
    esac
done
added 2025-04-01 2026-02-27 "${others[@]}"
added 2025-09-02 2026-02-02 complaints # both ends to the day
added 2025-09-03 2026-02-27 surveys    # begins a day too late
added 2025-08-01 2026-02-01 orders     # ends a day too early

# [M11] Products, regions and what the authority asks for; codes have a form,
# and no part is larger than the whole.
form=(application.submit scope="家用电器的售后服务" staff=40 service_staff=12
    sites="$SITES")
refused application.trade newcomer "${form[@]}" trade=527
refused application.district newcomer "${form[@]}" trade=5272 district=9901
refused application.covered newcomer "${form[@]}" trade=5272 covered_staff=41
refused application.functions newcomer "${form[@]}" trade=5272 \
    functions='[{"function":"维修","number":41}]'
refused application.twice newcomer "${form[@]}" trade=5272 \
    regions='["甲","甲"]'
apply products='[{"name":"冰箱"},{"name":"空调","trade":"5137"}]' \
    regions='["示例省"]' district=990100 address="示例路1号" \
    covered_staff=30 functions='[{"function":"维修","number":12}]' \
    previous_certifications='[{"criterion":"GB/T 19001","body":"示例机构"}]'
expect "[M11] products are on record" \
    "$(show '[.application.products[].name] | join(" ")')" "冰箱 空调"
CASE=enterprise:$(show .enterprise.uscc)
done_by newcomer enterprise.contact name="示例联系人" phone=13900000000
CASE=$STARS
expect "the contact is in no journal" \
    "$("$TENSTAR" case history "$STARS" --data "$DATA" --json |
        grep -c 13900000000 || true)" 0

# --- what is missing [M12] ----------------------------------------------------

expect "[M12] five working days for the check" "$(show .due.on)" 2026-03-09
refused completeness.missing intake application.accept
done_by intake supplement.ask
expect "[M12] each item and why" "$(show '[.supplement.missing[] |
    .requirement + " " + .why] | join(", ")')" "surveys short, orders period"
expect "[M12] in words" "$(show '.supplement.missing[0].label.zh')" \
    "近六个月满意度调查"

# Three weeks later the days still count to the application.
TODAY=2026-03-23
added 2025-09-02 2026-02-02 surveys orders
done_by newcomer application.resubmit
expect "[M12] checked again within five working days" "$(show .due.on)" \
    2026-03-30
done_by intake application.accept
expect "[17065 7.3] accepted" "$(show .stage)" contract

# --- another case of the same scheme, half a year later -----------------------

# What was handed in before need not be copied again; what has become too old in
# the meantime is left out.
done_by newcomer case.withdraw reasons="推迟"
TODAY=2026-09-01
opened ten
assessed
done_by newcomer documents.take_over
expect "[M5] still fresh" "$(document manual .from)" "$STARS:manual"
expect "[M9] too old by now" "$(document complaints '.from // "none"')" none
refused library.old newcomer document.reuse requirement=complaints \
    from="$STARS:complaints"
refused library.nothing newcomer documents.take_over
checked

the_end
