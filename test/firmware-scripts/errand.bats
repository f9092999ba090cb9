#!/usr/bin/env bats
# shellcheck shell=bats
# What the appliance may have done, with a systemctl that only writes down what it is asked.

setup() {
  mkdir "$BATS_TEST_TMPDIR/bin"
  # shellcheck disable=SC2016 # for later
  printf '#!/bin/sh\necho "$*" >>"$BATS_TEST_TMPDIR/asked"\n' >"$BATS_TEST_TMPDIR/bin/systemctl"
  chmod +x "$BATS_TEST_TMPDIR/bin/systemctl"
  export PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

errand() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/errand" <<<"$1"; }
asked() { cat "$BATS_TEST_TMPDIR/asked" 2>/dev/null; }

@test "each errand is one fixed command" {
  errand update
  [ "$output" = 'done' ]
  errand restart
  errand power-off
  [ "$(asked)" = $'--no-block start ubizo-update.service\n--no-block reboot\n--no-block poweroff' ]
}

@test "what is not an errand is refused, and nothing is done" {
  local wanted
  # shellcheck disable=SC2016 # nothing of it is ever run
  for wanted in '' 'power-off now' 'Restart' 'doctor;reboot' '$(reboot)' '--help' 'start ssh.service' $'\e[2J'; do
    errand "$wanted"
    [ "$status" -eq 1 ]
    [ "$output" = 'refused: there is no such errand' ]
  done
  [ -z "$(asked)" ]
}

@test "who asks for nothing is not waited for" {
  run timeout 20 "$BATS_TEST_DIRNAME/../../firmware-scripts/errand" </dev/null
  [ "$output" = 'refused: a line was expected' ]
}
