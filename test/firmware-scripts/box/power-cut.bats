#!/usr/bin/env bats
# shellcheck shell=bats disable=SC2030,SC2031,SC2154 # box.bash sets what is used here
# The power goes in the middle of an update, at each step.

load box

setup() { box_to_update; }
teardown() { drop_box; }

# cut_at STEP: the power goes there; the box works all the same, and the update can be made again.
cut_at() {
  started_box
  cp "$BATS_TEST_DIRNAME/cut.bash" "$box/root/"
  cp "$BOX"/releases/ubizo-0.3.0.tar.xz* "$box/root/stick/"
  in_box env BASH_ENV=/root/cut.bash CUT_AT="$1" /opt/ubizo/current/firmware-scripts/update /root/stick/ubizo-0.3.0.tar.xz \
    >"$BATS_TEST_TMPDIR/update.log" 2>&1 3>&- &
  eventually test -e "$box/root/cut-here" || { cat "$BATS_TEST_TMPDIR/update.log" && return 1; }
  cut_power
  wait
  started_box
  [ "$(running_release)" = "$2" ]
  in_box test -e /opt/ubizo/current/data/keepsake
  # What is in probation has to prove itself first.
  eventually proved
  update_with 0.3.0
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(running_release)" = 0.3.0 ]
  eventually box_is_well
  eventually proved
  # Of what was cut off nothing is left.
  [ "$(find "$box/opt/ubizo" "$box/var/lib/ubizo" -name '*.part' -o -name 'incoming' -o -name rehearsal | wc -l)" -eq 0 ]
}

@test "power cut before the signature is checked" { cut_at check_signature 0.1.0; }
@test "power cut as it is unpacked" { cut_at settle_release 0.1.0; }
@test "power cut before the unpacked release has its name" { cut_at keep_release 0.1.0; }
@test "power cut while it is tried" { cut_at healthy:3 0.1.0; }
@test "power cut with the appliance stopped" { cut_at next_state 0.1.0; }
@test "power cut before the state is copied" { cut_at copy_state:2 0.1.0; }
@test "power cut with the probation written and no link switched" { cut_at switch_link:1 0.1.0; }
@test "power cut between the two links" { cut_at switch_link:2 0.1.0; }
@test "power cut with the link switched and nothing started" { cut_at start 0.3.0; }
@test "power cut while its health is awaited" { cut_at await_health 0.3.0; }
