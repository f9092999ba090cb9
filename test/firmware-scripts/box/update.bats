#!/usr/bin/env bats
# shellcheck shell=bats disable=SC2030,SC2031,SC2154 # box.bash sets what is used here
# Updates of a running box: a real systemd, the real appliance, real archives and signatures.

load box

setup() {
  fresh_box
  # A minute of good health is long for a test.
  local unit
  for unit in ubizo-confirm ubizo-update; do
    mkdir -p "$box/etc/systemd/system/$unit.service.d"
    printf '[Service]\nEnvironment=UBIZO_WELL_FOR=4\n' >"$box/etc/systemd/system/$unit.service.d/test.conf"
  done
  install -o "$(stat -c %u "$box/var/lib/ubizo/1")" -m 600 /dev/null "$box/var/lib/ubizo/1/keepsake"
}

teardown() { drop_box; }

started_box() {
  power_on
  eventually box_is_well
}

untouched() {
  [ "$(running_release)" = 0.1.0 ]
  [ "$(ls "$box/opt/ubizo/releases")" = 0.1.0 ]
  [ ! -e "$box/opt/ubizo/probation" ]
  [ "$(ls "$box/var/lib/ubizo")" = 1 ]
  box_is_well
}

proved() { [ ! -e "$box/opt/ubizo/probation" ]; }

@test "a good release takes over, with the state, and proves itself" {
  started_box
  update_with 0.2.0
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(running_release)" = 0.2.0 ]
  box_is_well
  [ -e "$box/var/lib/ubizo/2/keepsake" ]
  eventually proved
  eventually grep -q 'release 0.2.0 is well' "$box/opt/ubizo/last-update"
  [ "$(in_box systemctl is-active ubizo-errand.socket)" = active ]

  # Once more, and nothing is done.
  update_with 0.2.0
  [ "$status" -eq 0 ]
  [[ $output == *'is there already'* ]]
}

@test "the release before can be had back, with the tours of today" {
  started_box
  update_with 0.3.0
  [ "$status" -eq 0 ]
  eventually proved
  in_box install -o ubizo -m 600 /dev/null /opt/ubizo/current/data/today
  run in_box /opt/ubizo/current/firmware-scripts/update --back
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(running_release)" = 0.1.0 ]
  in_box test -e /opt/ubizo/current/data/today
  eventually box_is_well
}

@test "an archive in which one byte differs is refused before it is unpacked" {
  started_box
  cp "$BOX"/releases/ubizo-0.3.0.tar.xz* "$box/root/stick/"
  printf X | dd of="$box/root/stick/ubizo-0.3.0.tar.xz" bs=1 seek=20000 conv=notrunc status=none
  run in_box /opt/ubizo/current/firmware-scripts/update /root/stick/ubizo-0.3.0.tar.xz
  [ "$status" -eq 1 ]
  [[ $output == *'not what was signed'* ]]
  untouched
}

@test "an archive with a checksum that nobody signed is refused" {
  started_box
  cp "$BOX"/releases/ubizo-0.3.0.tar.xz* "$box/root/stick/"
  echo >>"$box/root/stick/ubizo-0.3.0.tar.xz"
  (cd "$box/root/stick" && sha256sum ubizo-0.3.0.tar.xz >ubizo-0.3.0.tar.xz.sha256)
  run in_box /opt/ubizo/current/firmware-scripts/update /root/stick/ubizo-0.3.0.tar.xz
  [ "$status" -eq 1 ]
  [[ $output == *'not signed by the maker'* ]]
  untouched
}

@test "a release of somebody else's is refused, and an older one, and one that is called another" {
  started_box
  update_with 0.6.0
  [ "$status" -eq 1 ]
  [[ $output == *'not signed by the maker'* ]]
  update_with 0.0.9
  [ "$status" -eq 1 ]
  [[ $output == *'older than 0.1.0'* ]]
  local part
  for part in '' .sha256 .sha256.sig; do
    cp "$BOX/releases/ubizo-0.0.9.tar.xz$part" "$box/root/stick/ubizo-0.7.0.tar.xz$part"
  done
  run in_box /opt/ubizo/current/firmware-scripts/update /root/stick/ubizo-0.7.0.tar.xz
  [ "$status" -eq 1 ]
  untouched
}

@test "a release that is not well when it is tried never gets its turn" {
  started_box
  local before
  before=$(in_box systemctl show --value --property=MainPID ubizo.service)
  patience=5 update_with 0.4.0
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == *'the box stays with 0.1.0'* ]]
  untouched
  [ "$(in_box systemctl show --value --property=MainPID ubizo.service)" = "$before" ]
}

@test "a release that fails three starts is switched back by itself" {
  started_box
  update_with 0.5.0
  echo "$output"
  [ "$status" -eq 1 ]
  [ "$(running_release)" = 0.1.0 ]
  eventually box_is_well
  [[ $(cat "$box/opt/ubizo/last-update") == *'release 0.5.0 failed 3 starts; back to 0.1.0'* ]]
  in_box test -e /opt/ubizo/current/data/keepsake
}

@test "a release that takes the power away with each start is switched back too" {
  started_box
  update_with 0.3.0
  [ "$status" -eq 0 ]
  local start
  for start in 1 2 3; do
    cut_power
    # As if it had gone in the middle of a start.
    : >"$box/opt/ubizo/probation.starting"
    power_on
    eventually counted "$start"
  done
  [ "$(running_release)" = 0.1.0 ]
  eventually box_is_well
}

counted() { [ "$(running_release)" = 0.1.0 ] || [ "$(cut -d ' ' -f 2 "$box/opt/ubizo/probation")" -ge "$1" ]; }

@test "while a tour is live nothing is updated" {
  started_box
  local code cookie=/root/cookie tour
  code=$(sed -n 's/.*"setupCode": "\(.*\)".*/\1/p' "$box/etc/ubizo/settings.json")
  ask() { in_box curl --silent --show-error --fail --cookie "$cookie" --cookie-jar "$cookie" --header 'Content-Type: application/json' "$@"; }
  ask --data "{\"setupCode\":\"$code\"}" http://127.0.0.1:8080/api/sign-in
  tour=$(ask --data '{"name":"Harbour","floorLanguage":"en","languages":["es"]}' http://127.0.0.1:8080/api/tours |
    grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  ask --data '{}' "http://127.0.0.1:8080/api/tours/$tour/start"
  update_with 0.3.0
  [ "$status" -eq 75 ]
  [[ $output == *'a tour is live'* ]]
  untouched
  ask --data '{}' "http://127.0.0.1:8080/api/tours/$tour/end"
  update_with 0.3.0
  [ "$status" -eq 0 ]
}

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
