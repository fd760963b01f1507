#!/usr/bin/env bash
# reduce.sh -- an enterprise gives up a trade: a reviewer decides to reduce the
# scope, the head returns it, then signs; the public sees nothing before, and
# the sub-certificate of what is left out ends with the signature.
# [17065 7.11.3] [条例 22] [M21] [M24] [M25]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

# tasks [FILTER]: what waits in the case, each task once.
tasks() {
    "$TENSTAR" todo --data "$DATA" --today "$TODAY" --json |
        jq -rc ".tasks[] | select(.case == \"$CASE\") | ${1:-.}"
}

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry upkeep
old=$(public .scope.zh)
TODAY=2026-07-01
done_by certificates certificate.sub n=1 scope="$old"
sub=$(show '.sub_certificates[0].number')

# --- decided by a reviewer ----------------------------------------------------

narrow=(reduction.decide scope="冰箱的售后服务" reasons="不再经营其他电器")
refused life.no_reduction head certificate.reduce
refused rights.role certificates "${narrow[@]}"
done_by reviewer "${narrow[@]}"
refused life.reduction_decided reviewer "${narrow[@]}"
expect "[条例 22] what waits for the signature" \
    "$(show '.reduction.scope')" 冰箱的售后服务
expect "[M21] it waits for the head" \
    "$(tasks 'select(.task == "sign_reduction") | .roles | join(" ")')" head
expect "[条例 22] not before the second signature" "$(public .scope.zh)" "$old"
refused rights.role reviewer certificate.reduce

# --- returned by the head -----------------------------------------------------

refused rights.role reviewer reduction.return reasons="x"
done_by head reduction.return reasons="请写明仍在范围内的产品"
expect "nothing waits any more" \
    "$(tasks 'select(.task == "sign_reduction")')" ""
expect "and nothing changed" \
    "$(public '[.scope.zh, (.history | map(.act))[]] | join(" ")')" \
    "$old issued"

# --- an appeal, and signed ----------------------------------------------------

TODAY=2026-07-06
done_by reviewer "${narrow[@]}"
done_by newcomer appeal.file subject=reduction grounds="仍在经营"
refused appeal.open head certificate.reduce
refused appeal.open head reduction.return reasons="x"
done_by quality appeal.assign members='["appeal"]'
done_by appeal appeal.decide upheld=false reasons="已停止经营"
TODAY=2026-07-10
done_by head certificate.reduce
refused life.no_reduction head certificate.reduce
expect "[17065 7.11.3] the public sees the narrower scope" \
    "$(public .scope.zh)" 冰箱的售后服务
expect "[M24] and on which day it became that" \
    "$(public '.history | map(.act) | join(" ")')" "issued reduced"
expect "[M24] the wider one on the day before" \
    "$(public .scope.zh --on 2026-07-09)" "$old"
expect "its sub-certificate of the wider one is over" \
    "$(NUMBER=$sub public .status)" cancelled
expect "but not on the day before" \
    "$(NUMBER=$sub public .status --on 2026-07-09)" valid
refused appeal.nothing newcomer appeal.file subject=reduction grounds="x"
checked

the_end
