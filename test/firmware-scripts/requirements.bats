#!/usr/bin/env bats
# shellcheck shell=bats
# What is told to somebody whose system will not do.

setup() {
  root=$BATS_TEST_TMPDIR/root
  mkdir -p "$root/etc" "$root/lib/systemd" "$BATS_TEST_TMPDIR/bin"
  : >"$root/lib/systemd/systemd"
  chmod +x "$root/lib/systemd/systemd"
  # The folder's own dpkg.
  # shellcheck disable=SC2016 # for later
  printf '#!/bin/sh\ncase $* in *" dpkg --print-architecture") echo "$ARCHITECTURE" ;; esac\n' >"$BATS_TEST_TMPDIR/bin/chroot"
  chmod +x "$BATS_TEST_TMPDIR/bin/chroot"
  export PATH=$BATS_TEST_TMPDIR/bin:$PATH ARCHITECTURE=arm64
}

# system ID VERSION NAME
system() { printf 'PRETTY_NAME="%s"\nID=%s\nVERSION_ID="%s"\n' "$3" "$1" "$2" >"$root/etc/os-release"; }
require() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/requirements" --root "$root"; }

@test "a new Debian on a 64-bit Raspberry Pi will do" {
  system debian 13 'Debian GNU/Linux 13 (trixie)'
  require
  echo "$output"
  [[ $output == *'ok    system: Debian GNU/Linux 13'* ]]
  [[ $output == *'ok    processor: arm64'* ]]
}

@test "an old Debian, another system, and 32 bits will not, and it is said what to get" {
  system debian 11 'Debian GNU/Linux 11 (bullseye)'
  require
  [ "$status" -eq 1 ]
  [[ $output == *'no    system: Debian GNU/Linux 11 (bullseye) is too old; install Debian 12'* ]]
  system fedora 44 'Fedora 44'
  require
  [ "$status" -eq 1 ]
  [[ $output == *'no    system: Fedora 44; install Debian 12'* ]]
  system raspbian 12 'Raspbian 12'
  ARCHITECTURE=armhf
  require
  [ "$status" -eq 1 ]
  [[ $output == *'write a 64-bit image to the card'* ]]
}
