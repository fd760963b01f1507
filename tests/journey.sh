#!/usr/bin/env bash
# journey.sh -- the story of the mission in commands: one enterprise, from a
# newcomer's self-check to a certificate that a stranger verifies, and its
# first surveillance.  The marks [M1].. are rows of the mission.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

scheme=schemes/ten-star

# --- before anything: a newcomer looks around -------------------------------

# [M1] [M2] The scheme, its criterion and its levels are data anyone can read.
"$TENSTAR" scheme show $scheme --json >"$story_dir/scheme"
expect "[M1] the criterion" "$(jq -r .criterion "$story_dir/scheme")" \
    "Q/ZZLH 1001-2021"
expect "[M2] ten stars from 95" \
    "$(jq -r '.levels[] | select(.stars == 10) | .min' "$story_dir/scheme")" 95
expect "[M5] ISO 9001 stands beside it" \
    "$("$TENSTAR" scheme show schemes/iso-9001 --json | jq -r .method)" clauses

# answers OUT NOT_MET...: an answer to every indicator, these not met.
answers() {
    jq -c --arg bad "$2" '[.indicators[] | select(.leaf) |
        if (.id | IN($bad | split(" ") | .[])) then
            {indicator: .id, result: "not_met"}
        elif .kind == "sampled" then
            {indicator: .id, result: "sampled", k: 10, n: 10}
        else
            {indicator: .id, result: "met"}
        end]' "$story_dir/scheme" >"$story_dir/$1"
}

# The first indicator of the scheme that is all or nothing, and restored by a
# verified correction.
weak=$(jq -r '[.indicators[] | select(.leaf and .kind == "met" and
    .corrects)][0].id' "$story_dir/scheme")
answers all_met ""
answers one_missing "$weak"

# [M7] The self-check: score, level, gap, and what costs points.
jq '{answers: ., figures: [{figure: "satisfaction", k: 93, n: 100},
    {figure: "first_resolution", k: 91, n: 100}]}' \
    "$story_dir/one_missing" >"$story_dir/self.yaml"
"$TENSTAR" score $scheme "$story_dir/self.yaml" --json >"$story_dir/score"
expect "[M7] what is not met costs points" \
    "$(jq -r '.lost[0].indicator' "$story_dir/score")" "$weak"

# A body with people, and an enterprise that has no case yet.
TODAY=2026-03-02
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 0 --today $TODAY

# --- stage 1: preparation ---------------------------------------------------

done_by newcomer case.open scheme=ten-star level=ten
CASE=$(jq -r .number "$story_dir/out")
expect "[M4] stage 1" "$(show .stage)" preparation

# [M11] Nobody applies before eligibility and self-assessment.
site='[{"name":"总部","place":"示例省示例市","kind":"hq"}]'
apply=(application.submit scope="家用电器的售后服务" staff=40
    service_staff=12 sites="$site")
refused application.no_eligibility newcomer "${apply[@]}"

# [M6] Eligibility: the register answers two questions, the enterprise the rest.
declarations() {
    jq -c --argjson yes "$1" '[.eligibility[] | select(.kind == "declared") |
        {item: .id, yes: (if $yes then .want else (.want | not) end)}]' \
        "$story_dir/scheme"
}
done_by newcomer eligibility.answer declarations="$(declarations false)"
refused application.not_assessed newcomer "${apply[@]}"

# [M3] [M7] The self-assessment of the journal, with the hard indicators.
figures='[{"figure":"satisfaction","k":93,"n":100},
    {"figure":"first_resolution","k":91,"n":100}]'
done_by newcomer assessment.record answers="$(cat "$story_dir/all_met")" \
    figures="$figures"
expect "[M2] [M3] ten stars by its own answers" "$(show .assessment.level)" ten
refused application.not_eligible newcomer "${apply[@]}"
done_by newcomer eligibility.answer declarations="$(declarations true)"

# [M8] [M9] Documents, each named by the hash of its bytes; one is left out.
add_document() {
    printf '%s\n' "示例文件 $1" >"$story_dir/$1.txt"
    done_by newcomer document.add requirement="$1" title="示例 $1" \
        file="$story_dir/$1.txt" covers_from=2025-08-01 covers_to=2026-02-28
}
mapfile -t required < <(jq -r '.requirements[] | select(.required) | .id' \
    "$story_dir/scheme")
for r in "${required[@]:1}"; do
    add_document "$r"
done
done_by newcomer "${apply[@]}"
expect "[M11] the application is in" "$(show .stage)" completeness
expect "[M12] five working days for the check" "$(show .due.on)" 2026-03-09

# --- stage 2: completeness --------------------------------------------------

# [M12] What is missing stands in the supplement notice, by name.
refused completeness.missing intake application.accept
refused rights.role newcomer application.accept
done_by intake supplement.ask
expect "[M12] the notice names the missing item" \
    "$(show '.supplement.missing[].requirement')" "${required[0]}"
TODAY=2026-03-04
add_document "${required[0]}"
done_by newcomer application.resubmit
done_by intake application.accept

# --- stage 3: contract ------------------------------------------------------

lines='[{"text":"申请费","kind":"fee","amount":100000},
    {"text":"审查费","kind":"fee","amount":1500000},
    {"text":"差旅（据实）","kind":"travel","amount":200000}]'
refused contract.prepay finance quote.make lines="$lines" prepay=2999 # [M13]
refused contract.prepay finance quote.make lines="$lines" prepay=5001 # [M13]
done_by finance quote.make lines="$lines" prepay=3000
expect "[M13] 30 % of the fees, travel left out [M30]" \
    "$(show .quote.prepayment)" 480000
done_by newcomer contract.accept
done_by finance contract.sign
client=$(show .enterprise.name)
refused contract.payer finance payment.record amount=480000 \
    received=$TODAY payer="别的公司"
done_by finance payment.record amount=479999 received=$TODAY payer="$client"
expect "[M13] one fen short of the prepayment" "$(show .stage)" contract
done_by finance payment.record amount=1 received=$TODAY payer="$client"
expect "[M13] prepaid" "$(show .stage)" documents

# --- stage 4: document review [M14] -----------------------------------------

judge_all() {
    jq -r '.requirements[] | select(.aspects | length > 0) |
        [.id, (.aspects | join(","))] | @tsv' "$story_dir/scheme" |
        while IFS=$'\t' read -r id aspects; do
            local verdicts=()
            for aspect in quantified closed resourced; do
                case ",$aspects," in
                *",$aspect,"*) verdicts+=("$aspect=$1") ;;
                *) verdicts+=("$aspect=na") ;;
                esac
            done
            echo "$id ${verdicts[*]}"
        done
}
refused review.open auditor1 review.pass
while read -r id verdicts; do
    # shellcheck disable=SC2086 # the verdicts are words
    done_by auditor1 document.judge requirement="$id" $verdicts
done < <(judge_all yes)
mapfile -t gaps < <(judge_all no)
mapfile -t passes < <(judge_all yes)
first=${gaps[0]}
# shellcheck disable=SC2086 # the verdicts are words
done_by auditor1 document.judge requirement=${first%% *} ${first#* } \
    note="响应时限没有量化"
refused review.open auditor1 review.pass
done_by auditor1 revision.ask until=2026-03-20 note="请写明响应时限"
TODAY=2026-03-10
add_document "${first%% *}"
# shellcheck disable=SC2086 # the verdicts are words
done_by auditor1 document.judge requirement=${first%% *} ${passes[0]#* }
done_by auditor1 review.pass
expect "[M14] reviewed" "$(show .stage)" plan

# --- stage 5: plan [M15] ----------------------------------------------------

plan=(plan.make members='["auditor2"]' from=2026-03-23 to=2026-03-25)
refused plan.conflict planner "${plan[@]}" lead=consultant person_days=50
refused plan.below_table planner "${plan[@]}" lead=auditor1 person_days=40
done_by planner "${plan[@]}" lead=auditor1 person_days=50
done_by newcomer plan.object reasons="希望换一位组员"
done_by planner plan.make lead=auditor1 members='["auditor3"]' \
    from=2026-03-23 to=2026-03-25 person_days=50
done_by newcomer plan.agree

# --- stage 6: site audit ----------------------------------------------------

refused audit.not_planned auditor1 audit.open
TODAY=2026-03-23
refused rights.team auditor2 finding.record indicator="$weak" result=met
done_by auditor1 audit.open note="示例市，首次会议"
refused audit.evidence auditor3 finding.record indicator="$weak" \
    result=not_met note="没有查到"
while read -r finding; do
    mapfile -t fields < <(jq -r 'to_entries[] | "\(.key)=\(.value)"' \
        <<<"$finding")
    done_by auditor3 finding.record "${fields[@]}" evidence='["现场记录 1"]'
done < <(jq -c '.[]' "$story_dir/one_missing")
done_by auditor1 nonconformity.raise indicator="$weak" grade=minor \
    text="投诉回访记录不完整" # [M26]
done_by auditor3 figure.record figure=satisfaction k=93 n=100 \
    source="近六个月满意度调查"
done_by auditor3 figure.record figure=first_resolution k=91 n=100 \
    source="近六个月维修工单"

# [M16] Customers drawn by a coin toss that neither side can steer.
nonce_b=$(printf 'b%.0s' {1..64})
nonce_e=$(printf 'e%.0s' {1..64})
commitment=$(printf '%s' "$nonce_b" | sed 's/../\\x&/g' |
    xargs -0 printf '%b' | sha256sum | cut -d' ' -f1)
refused sample.not_committed newcomer sample.give_nonce nonce="$nonce_e"
done_by auditor3 sample.commit size=300 commitment="$commitment" \
    list="$(printf '示例客户名单' | sha256sum | cut -d' ' -f1)"
refused sample.no_nonce auditor3 sample.reveal nonce="$nonce_b"
done_by newcomer sample.give_nonce nonce="$nonce_e"
refused sample.wrong_nonce auditor3 sample.reveal nonce="$nonce_e"
done_by auditor3 sample.reveal nonce="$nonce_b"
refused sample.call_first auditor3 sample.ask position=1 outcome=unreached
for time in 09:30 14:10 19:45; do # the package has them called three times
    done_by auditor3 sample.call position=1 on=$TODAY time=$time \
        outcome=no_answer
done
expect "[M16] the next of the sequence takes the place" \
    "$(show '.sample | [.asked, .reached] | join(" ")')" "1 0"
refused sample.position auditor3 sample.ask position=5 outcome=satisfied
for p in {2..18}; do
    done_by auditor3 sample.ask position="$p" outcome=satisfied
done
for p in 19 20 21; do
    done_by auditor3 sample.ask position="$p" outcome=dissatisfied
done
refused sample.enough auditor3 sample.ask position=22 outcome=satisfied
expect "[M16] 17 of 20 do not refute 90 %" "$(show .sample.verdict)" \
    cannot_tell

refused audit.defence_open auditor1 audit.close
done_by auditor1 defence.record passed=true # [M17]
done_by auditor1 audit.close note="末次会议"

# --- stages 7 and 8: report and correction [M18] ----------------------------

report=(report.issue recommended=true summary="示例报告")
refused report.correct_until auditor1 "${report[@]}" correct_until=2026-04-06
refused report.correct_until auditor1 "${report[@]}" correct_until=2026-04-23
done_by auditor1 "${report[@]}" correct_until=2026-04-15
done_by newcomer report.acknowledge
expect "[M18] correction, by the day that was set" \
    "$(show '.stage + " " + .due.on')" "correction 2026-04-15"
refused rights.stage reviewer decision.grant
TODAY=2026-04-16
fix=(correction.submit number=1 cause="职责不清" action="指定专人并培训"
    evidence='["培训记录","回访记录"]')
refused correction.late newcomer "${fix[@]}"
TODAY=2026-04-10
done_by newcomer "${fix[@]}"
done_by auditor3 correction.return number=1 note="缺少培训签到"
done_by newcomer "${fix[@]}"
done_by auditor3 correction.accept number=1

# --- stage 9: decision [M19] ------------------------------------------------

TODAY=2026-04-13
expect "[M19] corrections count" "$(show .score.shown)" 100.00
refused rights.role auditor1 decision.grant
done_by reviewer decision.question reasons="抽样名单由谁核对？"
refused decision.question_open reviewer decision.grant
done_by auditor1 decision.answer reasons="审查组对照十张工单核对"
done_by reviewer decision.grant
refused rights.role reviewer decision.sign
done_by head decision.sign

# --- stage 10: certificate [M20] [M21] --------------------------------------

expect "[M20] seven working days" "$(show .due.on)" 2026-04-22
TODAY=2026-04-15
done_by certificates certificate.issue
NUMBER=$(show .certificate.number)
"$TENSTAR" certificate show "$NUMBER" --data "$DATA" --today $TODAY --json \
    >"$story_dir/certificate"
value() { jq -r "$1" "$story_dir/certificate"; }
expect "[M21] valid three years" "$(value .valid_until)" 2029-04-14
expect "[M24] a stranger sees a valid certificate" "$(value .status)" valid
expect "[D1] it names its criterion" "$(value .criterion)" "Q/ZZLH 1001-2021"
expect "in the transparency log" "$(value '.log.index | type')" number

# --- stage 11: upkeep [M22] -------------------------------------------------

expect "[M22] after twelve months" "$(show .due.on)" 2027-04-15
TODAY=2027-03-15
done_by planner round.open kind=surveillance
refused plan.below_table planner plan.make lead=auditor2 \
    members='["auditor3"]' from=2027-03-22 to=2027-03-23 person_days=19
done_by planner plan.make lead=auditor2 members='["auditor3"]' \
    from=2027-03-22 to=2027-03-23 person_days=20
done_by newcomer plan.agree
TODAY=2027-03-22
done_by auditor2 audit.open note="示例市，首次会议"
refused audit.no_finding auditor2 audit.close
while read -r id; do # what the package has judged anew
    mapfile -t fields < <(jq -r --arg id "$id" '.[] |
        select(.indicator == $id) | to_entries[] | "\(.key)=\(.value)"' \
        "$story_dir/all_met")
    done_by auditor3 finding.record "${fields[@]}" evidence='["现场记录 2"]'
done < <(show '.to_judge[]')
done_by auditor3 figure.record figure=satisfaction k=95 n=100 \
    source="近六个月满意度调查"
done_by auditor3 figure.record figure=first_resolution k=92 n=100 \
    source="近六个月维修工单"
done_by auditor3 sample.commit size=320 commitment="$commitment" \
    list="$(printf '示例客户名单二' | sha256sum | cut -d' ' -f1)"
done_by newcomer sample.give_nonce nonce="$nonce_e"
done_by auditor3 sample.reveal nonce="$nonce_b"
for p in {1..20}; do
    done_by auditor3 sample.ask position="$p" outcome=satisfied
done
done_by auditor2 audit.close
refused report.surveillance auditor2 report.issue recommended=true \
    summary="示例监督报告"
done_by auditor2 report.issue recommended=true summary="示例监督报告" \
    runs=true improvements="增设备件低库存预警" # [M27]
done_by newcomer report.acknowledge
refused rights.role auditor2 decision.grant
done_by reviewer decision.grant
done_by head decision.sign
expect "[M22] the next round" "$(show .due.on)" 2028-03-22

# --- the record -------------------------------------------------------------

holds "[17065 7.12] every journal replays and every hash is right" \
    "$TENSTAR" check --data "$DATA"
expect "the whole story is on record" \
    "$("$TENSTAR" case history "$CASE" --data "$DATA" --json |
        jq -r '[.events[0].type, .events[-1].type] | join(" ")')" \
    "case.opened decision.signed"

the_end
