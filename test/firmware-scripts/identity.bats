#!/usr/bin/env bats
# shellcheck shell=bats
# A box's name and secrets, in a folder that stands for a system.

setup() {
  [ "$(id -u)" -eq 0 ] || skip 'only root may name a box'
  root=$BATS_TEST_TMPDIR/root
  mkdir -p "$root/etc"
  printf 'root:x:0:\nubizo:x:777:\n' >"$root/etc/group"
  printf 'root:x:0:0::/root:/bin/sh\nubizo:x:777:777::/:/bin/false\n' >"$root/etc/passwd"
  echo raspberrypi >"$root/etc/hostname"
  printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
}

identity() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/identity" --root "$root" "$@"; }
snapshot() { (cd "$root" && find . -type f -exec md5sum {} + | sort); }

@test "made once, kept afterwards, so that a printed label stays true" {
  identity --country FR
  [ "$status" -eq 0 ]
  [[ $(cat "$root/etc/hostname") =~ ^ubizo-[a-z2-9]{4}$ ]]
  grep -q -x COUNTRY=FR "$root/etc/ubizo/network.conf"
  local before
  before=$(snapshot)
  identity --country FR
  [ "$output" = 'Identity: nothing to change.' ]
  [ "$(snapshot)" = "$before" ]
}

@test "another country changes nothing else" {
  identity --country FR
  grep -v COUNTRY "$root/etc/ubizo/network.conf" >"$BATS_TEST_TMPDIR/before"
  identity --country IT
  grep -q -x COUNTRY=IT "$root/etc/ubizo/network.conf"
  diff "$BATS_TEST_TMPDIR/before" <(grep -v COUNTRY "$root/etc/ubizo/network.conf")
}

@test "forgotten, the machine has its name back, and no secret is left" {
  local before
  before=$(snapshot)
  identity
  identity --forget
  [ "$status" -eq 0 ]
  [ "$(snapshot)" = "$before" ]
}

@test "a dry run makes up nothing" {
  local before
  before=$(snapshot)
  identity --dry-run
  [[ $output == *'would: name the box'* ]]
  [ "$(snapshot)" = "$before" ]
}

@test "what is no country or no interface is refused" {
  local wrong
  for wrong in de DEU '' 'D;'; do
    identity --country "$wrong"
    [ "$status" -ne 0 ]
  done
  identity --interface 'wlan0 up'
  [ "$status" -eq 2 ]
  [ ! -e "$root/etc/ubizo" ]
}

@test "what was edited on Windows keeps its secrets, and loses its line ends when it is written anew" {
  identity --country FR
  local conf=$root/etc/ubizo/network.conf passphrase
  passphrase=$(sed -n 's/^PASSPHRASE=//p' "$conf")
  {
    printf '\xef\xbb\xbf'
    sed -n '/^SSID/p' "$conf"
    sed '/^SSID/d' "$conf"
  } | sed 's/$/\r/' >"$conf.windows"
  mv "$conf.windows" "$conf"
  identity --country IT
  [ "$status" -eq 0 ]
  if grep -q $'\r' "$conf"; then false; fi
  [ "$(grep -c SSID= "$conf")" -eq 1 ]
  grep -q -x "PASSPHRASE=$passphrase" "$conf"
  grep -q -x COUNTRY=IT "$conf"
}
