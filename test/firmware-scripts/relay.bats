#!/usr/bin/env bats
# shellcheck shell=bats
# The switch of the relay, and what it leaves alone.

setup() {
  [ "$(id -u)" -eq 0 ] || skip 'only root may switch the relay'
  settings=$BATS_TEST_TMPDIR/network.conf
  printf 'SSID=ubizo-T3ST\nPASSPHRASE=a b\\c|d&e\nRELAY=yes\n' >"$settings"
}

relay() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/relay" --settings "$settings" --run "$BATS_TEST_TMPDIR/run" "$@"; }

@test "switched off, the other settings stay as they are, and are root's own" {
  relay off
  [ "$status" -eq 0 ]
  [ "$(cat "$settings")" = "$(printf 'SSID=ubizo-T3ST\nPASSPHRASE=a b\\c|d&e\nRELAY=no')" ]
  [ "$(stat -c %a "$settings")" = 600 ]
}

@test "without an address there is nothing to relay to" {
  printf 'INTERFACE=none9\n' >"$settings"
  relay prepare
  [ "$status" -eq 1 ]
  [[ $output == *'no address'* ]]
  [ ! -e "$BATS_TEST_TMPDIR/run/offer" ]
}

@test "each start has a secret of its own, which only those may read who need it" {
  command -v ip >/dev/null || skip 'iproute2 is not installed'
  local interface first
  interface=$(ip -o -4 address show scope global | awk 'NR == 1 { print $2 }')
  [ -n "$interface" ] || skip 'this machine has no network'
  printf 'INTERFACE=%s\n' "$interface" >"$settings"
  relay prepare
  [ "$status" -eq 0 ]
  first=$(grep '^secret=' "$BATS_TEST_TMPDIR/run/offer")
  grep -q "^static-auth-${first}$" "$BATS_TEST_TMPDIR/run/turnserver.conf"
  [[ $(stat -c %a "$BATS_TEST_TMPDIR"/run/{offer,turnserver.conf} | sort -u | tr '\n' ' ') =~ ^(600 |640 |600 640 )$ ]]
  relay prepare
  [ "$(grep '^secret=' "$BATS_TEST_TMPDIR/run/offer")" != "$first" ]
}
