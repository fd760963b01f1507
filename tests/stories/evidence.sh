#!/usr/bin/env bash
# evidence.sh -- one enterprise, ISO 9001 and ten stars together: what was
# handed in once serves both, as long as it is fresh; and the same from a paper
# with the company's seal.  The marks [M5].. are rows of the mission.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-03-02
# one case of another enterprise is there, with all its documents
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 1 --today $TODAY
OTHER=$("$TENSTAR" case list --data "$DATA" --json | jq -r '.[0].number')

# scheme NAME: from here on about this scheme.
scheme() {
    SCHEME=$1
    "$TENSTAR" scheme show "schemes/$1" --json >"$story_dir/scheme"
}

# opened WHO LEVEL [OPTION..]: a case of SCHEME, its number in CASE.
opened() {
    local who=$1 level=$2
    shift 2
    CASE=new
    done_by "$who" case.open scheme="$SCHEME" level="$level" "$@"
    CASE=$(jq -r .number "$story_dir/out")
}

# assessed WHO: eligible and assessed, all met. [M6] [M7]
assessed() {
    done_by "$1" eligibility.answer declarations="$(jq -c '[.eligibility[] |
        select(.kind == "declared") | {item: .id, yes: .want}]' \
        "$story_dir/scheme")"
    done_by "$1" assessment.record figures="$2" answers="$(jq -c \
        '[.indicators[] | select(.leaf) | if .kind == "sampled" then
            {indicator: .id, result: "sampled", k: 10, n: 10}
        else {indicator: .id, result: "met"} end]' "$story_dir/scheme")"
}
figures='[{"figure":"satisfaction","k":93,"n":100},
    {"figure":"first_resolution","k":91,"n":100}]'

# added WHO FROM TO REQUIREMENT..: documents of these days.
added() {
    local who=$1 from=$2 to=$3
    shift 3
    for r in "$@"; do
        printf '%s\n' "示例文件 $CASE $r" >"$story_dir/$r.txt"
        done_by "$who" document.add requirement="$r" title="示例 $r" \
            file="$story_dir/$r.txt" covers_from="$from" covers_to="$to"
    done
}

# document REQUIREMENT FILTER: of the document that answers it now.
document() {
    show ".documents[] | select(.requirement == \"$1\") | .document | $2"
}

site='[{"name":"总部","place":"示例省示例市","kind":"hq","staff":30,
    "address":"示例路1号","district":"990100"},
    {"name":"一店","place":"示例省示例市","kind":"outlet","staff":10}]'
apply=(application.submit scope="家用电器的售后服务" staff=40
    service_staff=12 sites="$site")

# --- ISO 9001 comes first ----------------------------------------------------

scheme iso-9001
opened newcomer "$(jq -r '.levels[0].id' "$story_dir/scheme")"
ISO=$CASE
assessed newcomer '[]'
mapfile -t required < <(jq -r '.requirements[] | select(.required) | .id' \
    "$story_dir/scheme")
added newcomer 2025-03-02 2026-02-27 "${required[@]}"
done_by newcomer "${apply[@]}"
expect "[M5] ISO 9001 is applied for" "$(show .stage)" completeness

# --- ten stars beside it [M5] ------------------------------------------------

scheme ten-star
opened newcomer ten
STARS=$CASE
assessed newcomer "$figures"
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


# [M9] "Of the last six months" is all of them, but for the last one.
others=()
for r in $(jq -r '.requirements[] | select(.required) | .id' \
    "$story_dir/scheme"); do
    case $r in
    licence | training | complaints | surveys | orders) ;;
    *) others+=("$r") ;;
    esac
done
added newcomer 2025-04-01 2026-02-27 "${others[@]}"
added newcomer 2025-09-02 2026-02-02 complaints # both ends to the day
added newcomer 2025-09-03 2026-02-27 surveys    # begins a day too late
added newcomer 2025-08-01 2026-02-01 orders     # ends a day too early

# [M11] Products, regions and what the authority asks for; codes have a form,
# no part is larger than the whole, and nobody's name and number are in it.
more=(products='[{"name":"冰箱"},{"name":"空调","trade":"5137"}]'
    regions='["示例省"]' trade=5272 district=990100 address="示例路1号"
    covered_staff=30 functions='[{"function":"维修","number":12}]'
    previous_certifications='[{"criterion":"GB/T 19001","body":"示例机构"}]')
refused application.trade newcomer "${apply[@]}" trade=527
refused application.district newcomer "${apply[@]}" district=9901
refused application.covered newcomer "${apply[@]}" covered_staff=41
refused application.functions newcomer "${apply[@]}" \
    functions='[{"function":"维修","number":41}]'
refused application.twice newcomer "${apply[@]}" regions='["甲","甲"]'
done_by newcomer "${apply[@]}" "${more[@]}"
expect "[M11] products are on record" \
    "$(show '[.application.products[].name] | join(" ")')" "冰箱 空调"
uscc=$(show .enterprise.uscc)
CASE=enterprise:$uscc
done_by newcomer enterprise.contact name="示例联系人" phone=13900000000
CASE=$STARS
expect "the contact is in no journal" \
    "$("$TENSTAR" case history "$STARS" --data "$DATA" --json |
        grep -c 13900000000 || true)" 0

# [M12] The notice names each item and what is wrong with it.
expect "[M12] five working days for the check" "$(show .due.on)" 2026-03-09
refused completeness.missing intake application.accept
done_by intake supplement.ask
expect "[M12] each item and why" "$(show '[.supplement.missing[] |
    .requirement + " " + .why] | join(", ")')" "surveys short, orders period"
expect "[M12] in words" "$(show '.supplement.missing[0].label.zh')" \
    "近六个月满意度调查"

# Three weeks later the days still count to the application.
TODAY=2026-03-23
added newcomer 2025-09-02 2026-02-02 surveys orders
done_by newcomer application.resubmit
expect "[M12] checked again within five working days" "$(show .due.on)" \
    2026-03-30
done_by intake application.accept
expect "[17065 7.3] accepted" "$(show .stage)" contract

# --- from a paper with the company's seal [M11] ------------------------------

# Staff open it for the enterprise and enter what it says.
opened intake ten --enterprise "$uscc"
assessed intake "$figures"
# What the enterprise handed in before need not be copied again; what has
# become too old in the meantime is left out.
done_by intake documents.take_over
expect "[M5] from the case before" "$(document complaints '.from // "none"')" \
    none
expect "[M5] still fresh" "$(document manual .from)" "$STARS:manual"
refused library.old intake document.reuse requirement=complaints \
    from="$STARS:complaints"
refused library.nothing intake documents.take_over
added intake 2025-09-23 2026-03-20 complaints surveys orders
done_by intake "${apply[@]}"
expect "[M11] on paper" "$(show .application.paper)" true
refused rights.role finance application.accept
done_by intake application.decline reasons="企业要求改为线上申请"
expect "declined" "$(show '.stage + " " + .ending')" "ended declined"

holds "[17065 7.12] every journal replays and every hash is right" \
    "$TENSTAR" check --data "$DATA"

the_end
