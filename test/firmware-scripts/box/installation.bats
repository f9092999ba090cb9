#!/usr/bin/env bats
# shellcheck shell=bats disable=SC2154,SC2143 # box.bash sets what is used here
# What install leaves behind in a fresh Debian, and that uninstall takes all of it back.

load box

setup() { fresh_box; }
teardown() { drop_box; }

installer() { "$box/opt/ubizo/current/firmware-scripts/install" --root "$box" --packages needed "$@"; }

@test "a dry run of install tells what it would do and does nothing" {
  grep -q '^would: copy the release' "$BOX/dry-run.log"
  grep -q '^would: install packages: .*hostapd' "$BOX/dry-run.log"
  grep -q '^would: make the user ubizo' "$BOX/dry-run.log"
  grep -q '^would: write /etc/sudoers.d/ubizo' "$BOX/dry-run.log"
  diff "$BOX/before" "$BOX/after-dry-run"
  diff "$BOX/before.packages" "$BOX/after-dry-run.packages"
}

@test "installed a second time, nothing changes" {
  run installer
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output == *'Nothing to change.'* ]]
  (cd "$box" && find . -xdev -path ./tmp -prune -o -path ./mnt -prune -o -printf '%y %m %U:%G %p %l\n' | sort -k 4) >"$BATS_TEST_TMPDIR/again"
  diff <(grep -v ' \./mnt $' "$BOX/installed") <(grep -v ' \./root/stick $' "$BATS_TEST_TMPDIR/again")
}

@test "what somebody broke is put right by another install, and only that" {
  rm "$box/etc/sudoers.d/ubizo" "$box/etc/systemd/system/ubizo.service"
  chmod 644 "$box/etc/ubizo/network.conf"
  run installer
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(grep -E '^(write|link|chmod|make) ' <<<"$output" | sed 's/ to .*//')" = "link /etc/systemd/system/ubizo.service
write /etc/sudoers.d/ubizo
chmod 0600 /etc/ubizo/network.conf" ]
  [ "$(stat -c %a "$box/etc/ubizo/network.conf")" = 600 ]
  [ "$(stat -c %a "$box/etc/sudoers.d/ubizo")" = 440 ]
  [ -e "$box/etc/systemd/system/ubizo.service" ] || [ -L "$box/etc/systemd/system/ubizo.service" ]
}

@test "systemd finds the target enabled, and nothing to complain about" {
  [ "$(chroot "$box" /usr/bin/systemctl is-enabled ubizo.target)" = enabled ]
  run chroot "$box" /usr/bin/systemd-analyze verify ubizo.target
  [ "$status" -eq 0 ]
  [ -z "$output" ]
}

@test "no box has another's secrets, and others cannot read them" {
  local first second
  first=$(cat "$box/etc/ubizo/network.conf" "$box/etc/ubizo/settings.json")
  installer_identity --forget >/dev/null
  installer_identity >/dev/null
  second=$(cat "$box/etc/ubizo/network.conf" "$box/etc/ubizo/settings.json")
  for secret in 's/^PASSPHRASE=//p' 's/^SSID=//p' 's/.*"setupCode": "\(.*\)".*/\1/p'; do
    [ -n "$(sed -n "$secret" <<<"$first")" ]
    [ "$(sed -n "$secret" <<<"$first")" != "$(sed -n "$secret" <<<"$second")" ]
  done
  [[ $(sed -n 's/^PASSPHRASE=//p' <<<"$second") =~ ^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$ ]]
  [ "$(stat -c %a:%U "$box/etc/ubizo/network.conf")" = 600:root ]
  [ "$(stat -c %a "$box/etc/ubizo/settings.json")" = 640 ]
  [ "$(stat -c %a "$box/etc/ubizo/label.html" 2>/dev/null || echo 640)" = 640 ]
}

installer_identity() { "$box/opt/ubizo/current/firmware-scripts/identity" --root "$box" "$@"; }

@test "the user has no password and no shell" {
  grep -q '^ubizo:!' "$box/etc/shadow"
  [[ $(grep '^ubizo:' "$box/etc/passwd") == */nologin ]]
}

@test "the label shows what visitors need on one card, and the setup code on another" {
  local sheet passphrase code
  sheet=$(cat "$box/etc/ubizo/label.html")
  passphrase=$(sed -n 's/^PASSPHRASE=//p' "$box/etc/ubizo/network.conf")
  code=$(sed -n 's/.*"setupCode": "\(.*\)".*/\1/p' "$box/etc/ubizo/settings.json")
  [ "$(grep -c '<svg' <<<"$sheet")" -ge 1 ]
  [[ ${sheet%%For the owner*} == *"$passphrase"* ]]
  [[ ${sheet%%For the owner*} != *"$code"* ]]
  [[ ${sheet##*For the owner} == *"$code"* ]]
  [[ $sheet == *http://10.77.0.1* ]]
}

@test "uninstall asks what to do with the tours" {
  run "$box/opt/ubizo/current/firmware-scripts/uninstall" --root "$box"
  [ "$status" -eq 2 ]
  [[ $output == *--keep-data* ]]
  [ -e "$box/opt/ubizo/current" ]
}

@test "after uninstall nothing is left, not a file and not a package" {
  run "$box/opt/ubizo/current/firmware-scripts/uninstall" --root "$box" --delete-data
  echo "$output"
  [ "$status" -eq 0 ]
  chroot "$box" /usr/bin/dpkg-query --show >"$BATS_TEST_TMPDIR/packages"
  diff "$BOX/before.packages" "$BATS_TEST_TMPDIR/packages"
  [ ! -e "$box/opt/ubizo" ]
  [ ! -e "$box/etc/ubizo" ]
  [ ! -e "$box/var/lib/ubizo" ]
  run find "$box" -xdev -iname '*ubizo*'
  [ -z "$output" ]
  run grep -rl ubizo "$box/etc"
  echo "$output"
  # The user databases keep a copy of themselves before their last change.
  [ -z "$(grep -v -e '-$' <<<"$output")" ]
  # What Debian's packages leave in caches and logs is theirs.
  (cd "$box" && find . -xdev \( -path ./tmp -o -path ./mnt -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt \
    -o -path ./var/lib/dpkg -o -path ./var/lib/systemd -o -path ./root/stick \) -prune -o -printf '%p\n' | sort) >"$BATS_TEST_TMPDIR/files"
  awk '{ print $4 }' "$BOX/before" | sort | comm -13 - "$BATS_TEST_TMPDIR/files" >"$BATS_TEST_TMPDIR/more"
  cat "$BATS_TEST_TMPDIR/more"
  [ "$(grep -c -v -e '^./etc/\(passwd\|group\|shadow\|gshadow\)-$' -e '^./run' -e '^./etc/xml$' "$BATS_TEST_TMPDIR/more")" -eq 0 ]
}

@test "with --keep-data the tours stay, for root" {
  chroot "$box" /usr/bin/install -o ubizo -m 0600 /etc/hostname /var/lib/ubizo/1/state.json
  "$box/opt/ubizo/current/firmware-scripts/uninstall" --root "$box" --keep-data --keep-packages
  [ "$(stat -c %u "$box/var/lib/ubizo/1/state.json")" -eq 0 ]
}
