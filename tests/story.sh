# story.sh -- what every story in tests/ uses; sourced, not run.
#
# A story drives build/tenstar as people do and says what must come of it.
# Each `expect`, `done_by` and `refused` is one check; the last line is
# "N passed, N failed".

set -euo pipefail

TENSTAR=${TENSTAR:-$PWD/build/tenstar}
story_dir=$(mktemp -d)
trap 'rm -rf "$story_dir"' EXIT
passed=0
failed=0
CASE=new
TODAY=
DATA=$story_dir/data

pass() { passed=$((passed + 1)); }

fail() {
    failed=$((failed + 1))
    echo "FAIL $*" >&2
}

# line: of the story itself, however deep the call.
line() { echo "line ${BASH_LINENO[-2]}"; }

# expect WHAT GOT WANT: two texts are equal.
expect() {
    if [ "$2" = "$3" ]; then
        pass
    else
        fail "$1: got '$2', want '$3'"
    fi
}

# holds WHAT COMMAND...: the command succeeds.
holds() {
    local what=$1
    shift
    if "$@" >"$story_dir/out" 2>"$story_dir/err"; then
        pass
    else
        fail "$what: $*"
        cat "$story_dir/out" "$story_dir/err" >&2
    fi
}

# case_do USER COMMAND [FIELD=VALUE...]: run it, output in out and err.
case_do() {
    local user=$1 command=$2
    shift 2
    "$TENSTAR" case do "$CASE" "$command" "$@" --as "$user" \
        --data "$DATA" --today "$TODAY" --json \
        >"$story_dir/out" 2>"$story_dir/err"
}

# done_by USER COMMAND [FIELD=VALUE...]: must be carried out.
done_by() {
    if case_do "$@"; then
        pass
    else
        fail "$(line): $* was not carried out"
        cat "$story_dir/err" >&2
    fi
}

# refused ID USER COMMAND [FIELD=VALUE...]: must be refused by rule ID, with
# exit status 1, and change nothing.
refused() {
    local id=$1 status=0 before after got
    shift
    before=$(version)
    case_do "$@" || status=$?
    after=$(version)
    got=$(jq -r '.refused.id // "nothing"' "$story_dir/out" 2>/dev/null) || true
    expect "$(line): $2 by $1 refused" "$status $got" "1 $id"
    expect "$(line): a refusal changes nothing" "$after" "$before"
}

# show FILTER: a value of the case as it stands now.
show() {
    "$TENSTAR" case show "$CASE" --data "$DATA" --json | jq -r "$1"
}

# told [OPTION...]: the case as it stands today, as people read it in English.
told() {
    "$TENSTAR" case show "$CASE" --data "$DATA" --today "$TODAY" --lang en "$@"
}

# version: of the case; what is none yet, or a register, has none to show.
version() {
    case $CASE in
    new | body | *:*) echo 0 ;;
    *) show .version ;;
    esac
}

the_end() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

# --- a case, carried along --------------------------------------------------
#
# A story tells what is particular; the rest of the way stands here once.
# `carry STAGE` does what is usual at each stage until the case is there, and
# what a story wants otherwise it sets before.

APPLICANT=newcomer # who speaks for the enterprise; intake: from a paper
STAFF=40
SITES='[{"name":"总部","place":"示例省示例市","kind":"hq"}]'
LEAD=auditor1
MEMBER=auditor3
REVIEWER=reviewer
PERSON_DAYS=50
SATISFIED=93 # of 100 customers, by the enterprise's own figures
RESOLVED=91  # of 100 repairs, the first time
BAD=         # indicators not met, each a minor nonconformity
DEMO_SIZE=0

# founded DAY: a body with people, and an enterprise without a case.
founded() {
    TODAY=$1
    holds "a body is founded" "$TENSTAR" demo "$DATA" --size "$DEMO_SIZE" \
        --today "$TODAY"
}

# in_days N [DAY]: the day N days after DAY, or after today.
in_days() { date -d "${2-$TODAY} + $1 days" +%F; }

# answer_of FILTER: of what the last command printed.
answer_of() { jq -r "$1" "$story_dir/out"; }

# use_scheme FOLDER: cases opened from here on are judged by this package.
use_scheme() {
    "$TENSTAR" scheme show "$1" --json >"$story_dir/scheme"
    SCHEME=$(package .id)
}

# package FILTER: a value of it.
package() { jq -r "$1" "$story_dir/scheme"; }

# opened LEVEL [FIELD=VALUE...]: a case, its number in CASE.
opened() {
    local level=$1
    shift
    CASE=new
    done_by "$APPLICANT" case.open scheme="$SCHEME" level="$level" "$@"
    CASE=$(answer_of .number)
}

# declared: every condition of eligibility, as it should be. [M6]
declared() {
    jq -c '[.eligibility[] | select(.kind == "declared") |
        {item: .id, yes: .want}]' "$story_dir/scheme"
}

# answers: all indicators met, but those in BAD. [M7]
answers() {
    jq -c --arg bad "$BAD" '[.indicators[] | select(.leaf) |
        (.id | IN($bad | split(" ") | .[])) as $is_bad |
        if .kind == "sampled" then {indicator: .id, result: "sampled",
            k: (if $is_bad then 0 else 10 end), n: 10}
        else {indicator: .id,
            result: (if $is_bad then "not_met" else "met" end)} end]' \
        "$story_dir/scheme"
}

# figures: what the enterprise says of its customers. [M3]
figures() {
    jq -c --argjson s "$SATISFIED" --argjson r "$RESOLVED" '[.figures[] |
        {figure: .id, k: (if .id == "satisfaction" then $s else $r end),
            n: 100}]' "$story_dir/scheme"
}

# handed_in REQUIREMENT...: a document each, of the last year. [M8] [M9]
handed_in() {
    local r
    for r in "$@"; do
        printf '%s\n' "示例文件 $CASE $r $TODAY" >"$story_dir/$r.txt"
        done_by "$APPLICANT" document.add requirement="$r" title="示例 $r" \
            file="$story_dir/$r.txt" covers_from="$(in_days -370)" \
            covers_to="$(in_days -3)"
    done
}

# required: the documents that have to be there.
required() { package '.requirements[] | select(.required) | .id'; }

# apply [FIELD=VALUE...]: the application as it is submitted. [M11]
apply() {
    done_by "$APPLICANT" application.submit scope="家用电器的售后服务" \
        staff="$STAFF" service_staff=12 sites="$SITES" trade=5221 "$@"
}

pass_preparation() {
    done_by "$APPLICANT" eligibility.answer declarations="$(declared)"
    done_by "$APPLICANT" assessment.record answers="$(answers)" \
        figures="$(figures)"
    # shellcheck disable=SC2046 # the requirements are words
    handed_in $(required)
    apply
}

pass_completeness() { done_by intake application.accept; }

pass_contract() {
    done_by finance quote.make prepay=3000
    done_by "$APPLICANT" contract.accept
    done_by finance contract.sign
    done_by finance payment.record amount="$(show .quote.prepayment)" \
        received="$TODAY" payer="$(show .enterprise.name)"
}

# judged VERDICT REQUIREMENT [NOTE]: the same verdict on all it is asked. [M14]
judged() {
    local verdicts
    verdicts=$(jq -r --arg id "$2" --arg v "$1" '.requirements[] |
        select(.id == $id) | .aspects as $a |
        ["quantified", "closed", "resourced"] | map(. + "=" +
        (if IN($a[]) then $v else "na" end)) | join(" ")' "$story_dir/scheme")
    # shellcheck disable=SC2086 # the verdicts are words
    done_by "$LEAD" document.judge requirement="$2" $verdicts note="${3-}"
}

pass_documents() {
    local r
    for r in $(package '.requirements[] |
        select(.required and (.aspects | length > 0)) | .id'); do
        judged yes "$r"
    done
    done_by "$LEAD" review.pass
}

# planned [FIELD=VALUE...]: an audit of three days, a week from today. [M15]
planned() {
    done_by planner plan.make lead="$LEAD" members="[\"$MEMBER\"]" \
        from="$(in_days 7)" to="$(in_days 9)" person_days="$PERSON_DAYS" "$@"
}

pass_plan() {
    planned
    done_by "$APPLICANT" plan.agree
}

# can COMMAND: may it be given now?
can() {
    show ".next | map(.command) | index(\"$1\") != null" | grep -q true
}

# visited: the team comes on the first day of the plan.
visited() {
    TODAY=$(show .plan.from)
    done_by "$LEAD" audit.open note="示例市，首次会议"
}

# found: everything this round judges; BAD is found, too. [M15] [M18]
found() {
    local fields id
    while read -r fields; do
        # shellcheck disable=SC2086 # the finding is words
        done_by "$MEMBER" finding.record $fields evidence='["现场记录"]' \
            note="现场核对"
    done < <(answers | jq -r --argjson asked "$(show '.to_judge')" '.[] |
        select(.indicator | IN($asked[])) |
        to_entries | map("\(.key)=\(.value)") | join(" ")')
    for id in $BAD; do
        done_by "$MEMBER" nonconformity.raise indicator="$id" grade=minor \
            text="示例不符合"
    done
    while read -r fields; do
        # shellcheck disable=SC2086 # the figure is words
        done_by "$MEMBER" figure.record $fields source="近六个月的记录"
    done < <(figures | jq -r '.[] |
        to_entries | map("\(.key)=\(.value)") | join(" ")')
}

# asked_customers: ten of three hundred, drawn by a coin toss of both. [M16]
asked_customers() {
    local p nonce
    nonce=$(printf 'b%.0s' {1..64})
    done_by "$MEMBER" sample.commit size=300 wanted=10 \
        list="$(printf '示例客户名单' | sha256sum | cut -d' ' -f1)" \
        commitment="$(printf '%s' "$nonce" | sed 's/../\\x&/g' |
            xargs -0 printf '%b' | sha256sum | cut -d' ' -f1)"
    done_by newcomer sample.give_nonce nonce="$(printf 'e%.0s' {1..64})"
    done_by "$MEMBER" sample.reveal nonce="$nonce"
    expect "[M16] the body reads whom to ask next, the enterprise does not" \
        "$(told | grep -c '^Next customer')\
 $(told --as newcomer | grep -c '^Next customer')" "1 0"
    for p in {1..10}; do
        done_by "$MEMBER" sample.ask position="$p" outcome=satisfied
    done
}

pass_audit() {
    visited
    found
    ! can sample.commit || asked_customers
    ! can defence.record || done_by "$LEAD" defence.record passed=true # [M17]
    done_by "$LEAD" audit.close note="末次会议"
}

# open_nonconformities: their numbers.
open_nonconformities() {
    show '.nonconformities[] | select(.state == "open" and
        (.grade | IN("minor", "major"))) | .number'
}

pass_report() {
    local more=()
    [ "$(show .round)" != surveillance ] ||
        more+=(runs=true improvements="增设备件低库存预警") # [M27]
    [ -z "$(open_nonconformities)" ] || more+=(correct_until="$(in_days 20)")
    done_by "$LEAD" report.issue recommended=true summary="示例报告" \
        "${more[@]}"
    done_by "$APPLICANT" report.acknowledge
}

pass_correction() {
    local n
    for n in $(open_nonconformities); do
        done_by "$APPLICANT" correction.submit number="$n" cause="职责不清" \
            action="写入制度并培训" evidence='["培训记录"]'
        done_by "$MEMBER" correction.accept number="$n"
    done
}

pass_decision() {
    done_by "$REVIEWER" decision.grant
    done_by head decision.sign
}

pass_certificate() {
    done_by certificates certificate.issue
    NUMBER=$(show .certificate.number)
}

# carry STAGE: on to there; a stage that cannot be passed ends the story.
carry() {
    local at
    while at=$(show .stage) && [ "$at" != "$1" ]; do
        "pass_$at"
        if [ "$(show .stage)" = "$at" ]; then
            fail "$(line): $CASE stays at $at"
            the_end || exit 1
        fi
    done
}

# public FILTER [OPTION...]: what the register says of NUMBER today. [M21]
public() {
    local filter=$1
    shift
    "$TENSTAR" certificate show "$NUMBER" --data "$DATA" --today "$TODAY" \
        --json "$@" 2>"$story_dir/err" | jq -r "$filter"
}

# tasks FILTER: of what waits on TODAY in CASE.
tasks() {
    "$TENSTAR" todo --data "$DATA" --today "$TODAY" --json |
        jq -r --arg case "$CASE" ".tasks[] | select(.case == \$case) | $1"
}

# checked: the installation is whole. [17065 7.12]
checked() {
    holds "[17065 7.12] every journal replays and every hash is right" \
        "$TENSTAR" check --data "$DATA"
}
