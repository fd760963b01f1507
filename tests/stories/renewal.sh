#!/usr/bin/env bash
# renewal.sh -- a certificate is renewed while its criterion changes: the old
# case stays with the old package, the new one is judged by the new; when a
# renewal may begin, is due, is late and is too late. [M23] [M5] [17065 7.9]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry contract
pass_contract
first_fee=$(show '.quote.lines[] | select(.rule == "audit") | .amount')
carry upkeep
OLD=$CASE
OLD_NUMBER=$NUMBER
until=$(public .valid_until)
first_issued=$(public .issued)
expect "[M21] three years" "$until" \
    "$(in_days -1 "$(date -d "$first_issued + 3 years" +%F)")"

# --- a newer criterion --------------------------------------------------------

# It asks 96 points for five stars, and is a package of its own version.
cp -r schemes/five-star "$story_dir/newer"
rm -r "$story_dir/newer/golden"
sed -i 's|GB/T 27922-2011|GB/T 27922-2027|; s|^version: "1"|version: "2"|
    s|min: 95|min: 96|' "$story_dir/newer/scheme.yaml"
# freeze USER: the package, today.
freeze() {
    "$TENSTAR" scheme freeze "$story_dir/newer" --data "$DATA" --as "$1" \
        --today "$TODAY" --json
}
TODAY=2027-02-01
expect "[17065 7.10] not by whom it serves" \
    "$(freeze planner 2>"$story_dir/err" | jq -r .refused.id)" registry.freezes
expect "[M1] the administrator freezes it" "$(freeze admin | jq -r .version)" 2
expect "[M1] the old case stays with its criterion" "$(show .criterion)" \
    "GB/T 27922-2011"
expect "[M1] and so does its certificate" "$(public .criterion)" \
    "GB/T 27922-2011"

# Its surveillance, too, goes by the package it was opened under.
TODAY=$(in_days -10 "$(show .due.on)")
LEAD=auditor2
PERSON_DAYS=20
done_by planner round.open kind=surveillance
carry audit
visited
found
asked_customers
done_by "$LEAD" audit.close
carry upkeep
expect "[M22] the next surveillance" "$(show .surveillances)" 1

# --- when: from six months before, due three months before [M23] --------------

opens=$(date -d "$until - 6 months" +%F)
due=$(date -d "$until - 3 months" +%F)
renew=(case.open scheme=five-star level=five kind=renewal
    previous="$OLD_NUMBER")
TODAY=$(in_days -1 "$opens")
expect "[M23] no task a day too early" \
    "$(tasks 'select(.task == "renew")')" ""
CASE=new
refused follow.early newcomer "${renew[@]}"
refused follow.previous newcomer case.open scheme=five-star level=five \
    kind=renewal
refused follow.certificate newcomer case.open scheme=five-star level=five \
    kind=renewal previous=00026SC9999R0S
TODAY=$opens
CASE=$OLD
expect "[M23] a task from six months before, due three months before" \
    "$(tasks 'select(.task == "renew") | "\(.opens) \(.due)"')" "$opens $due"
CASE=new
done_by newcomer "${renew[@]}"
CASE=$(answer_of .number)
expect "[M23] the application has the same limit" \
    "$(tasks 'select(.task == "apply") | .due')" "$due"
expect "[M1] by the newer criterion" "$(show .criterion)" "GB/T 27922-2027"
done_by newcomer case.withdraw reasons="推迟"

# Until the last day it is taken, not one day longer.
TODAY=$(in_days 1 "$until")
CASE=new
refused follow.over newcomer "${renew[@]}"
TODAY=$until
done_by newcomer "${renew[@]}"
CASE=$(answer_of .number)
done_by newcomer case.withdraw reasons="改为提前办理"

# --- renewed, by the newer criterion ------------------------------------------

# qualified LOGIN REGISTRATION: for another three years. [条例 38]
qualified() {
    local CASE=person:$1
    done_by admin person.qualify registration="$2" level=full \
        until="$(date -d "$TODAY + 3 years" +%F)" fields='["SC03"]'
}

TODAY=$(in_days 1 "$due")
use_scheme "$story_dir/newer"
LEAD=auditor3
MEMBER=auditor1
PERSON_DAYS=40
opened five kind=renewal previous="$OLD_NUMBER"
expect "[M23] a day late" "$(tasks 'select(.task == "apply") | .overdue')" true
BAD="5.1.4.1 5.1.7.3" # five points: enough for the old five stars
carry contract
expect "[M23] late is on record, and accepted" "$(show .application.late)" true
NEW=$CASE
CASE=$OLD
expect "[M23] applied for, it waits in the old case no longer" \
    "$(tasks 'select(.task == "renew")')" ""
CASE=$NEW
pass_contract
expect "[M23] cheaper than the first time" "$(show '.quote.lines[] |
    select(.rule == "audit") | .amount < '"$first_fee")" true
carry plan
# Their registrations have run out since; they are renewed, too.
refused team.registration_ends planner plan.make lead="$LEAD" \
    members="[\"$MEMBER\"]" from="$(in_days 7)" to="$(in_days 9)" \
    person_days="$PERSON_DAYS"
qualified auditor3 示例-1003
qualified auditor1 示例-1001
carry decision
expect "[M1] 95 points were five stars, and are four now" \
    "$(show '.score | .shown + " " + .level')" "95.00 four"
refused decision.level reviewer decision.grant level=five
carry upkeep
expect "[M23] issued before the old one ends" \
    "$([[ $(public .issued) < $until ]] && echo yes)" yes

# --- old and new --------------------------------------------------------------

expect "[domain 3.6] the number counts recertifications" \
    "${OLD_NUMBER: -3} ${NUMBER: -3}" "R0S R1S"
expect "[M23] it says which it follows on" \
    "$(show '.certificate | "\(.previous) \(.recertifications)"')" \
    "$OLD_NUMBER 1"
expect "[M23] certified since the first" "$(public .first_issued)" \
    "$first_issued"
expect "[M1] by the newer criterion, at its level" \
    "$(public '.criterion + " " + .level')" "GB/T 27922-2027 four"
NEW_NUMBER=$NUMBER
expect "[M23] and everybody sees which, and on the old one which is next" \
    "$(public .renews) $(NUMBER=$OLD_NUMBER public .renewed_by)" \
    "$OLD_NUMBER $NEW_NUMBER"
expect "[M24] not before it was issued" \
    "$(NUMBER=$OLD_NUMBER public .renewed_by --on "$first_issued")" null
CASE=$OLD
NUMBER=$OLD_NUMBER
expect "[M23] the old one runs on until somebody acts" "$(public .status)" valid
refused life.not_asked certificates certificate.cancel code=0122 reasons="换证"
done_by certificates certificate.cancel code=0120 reasons="换发新证书"
expect "[17065 7.11] cancelled as replaced" \
    "$(public '.status + " " + .criterion')" "cancelled GB/T 27922-2011"
NUMBER=$NEW_NUMBER
expect "[M24] the new one is valid" "$(public .status)" valid
checked

the_end
