#!/usr/bin/env bats
# shellcheck shell=bats disable=SC2016,SC2030,SC2031,SC2154 # box.bash sets what is used here
# Updates of a running box: a real systemd, the real appliance, real archives and signatures.

load box

setup() { box_to_update; }
teardown() { drop_box; }

untouched() {
  [ "$(running_release)" = 0.1.0 ]
  [ "$(ls "$box/opt/ubizo/releases")" = 0.1.0 ]
  [ ! -e "$box/opt/ubizo/probation" ]
  [ "$(ls "$box/var/lib/ubizo")" = 1 ]
  box_is_well
}

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
  # It counts before it switches.
  eventually switched_back
  eventually box_is_well
}

switched_back() { [ "$(running_release)" = 0.1.0 ]; }

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

@test "a release comes from an address as well as from a file" {
  started_box
  cp "$BOX"/releases/ubizo-0.3.0.tar.xz* "$box/root/stick/"
  in_box perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 9000, Listen => 9) or die;
    while (my $c = $s->accept) { my ($path) = <$c> =~ m{^GET /([^ /]+)}; 1 while <$c> !~ /^\r?$/;
      open my $f, "<:raw", "/root/stick/$path" or do { print $c "HTTP/1.0 404 No\r\n\r\n"; next };
      local $/; print $c "HTTP/1.0 200 OK\r\n\r\n", <$f> }' 3>&- &
  run in_box env UBIZO_HEALTHY_WITHIN=60 /opt/ubizo/current/firmware-scripts/update http://127.0.0.1:9000/ubizo-0.3.1.tar.xz
  [ "$status" -eq 1 ]
  [[ $output == *'could not be fetched'* ]]
  run in_box env UBIZO_HEALTHY_WITHIN=60 /opt/ubizo/current/firmware-scripts/update http://127.0.0.1:9000/ubizo-0.3.0.tar.xz
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(running_release)" = 0.3.0 ]
}

@test "asked for by the page, the newest release on a stick is taken, by a unit that may not even mount it" {
  # There are no sticks here, so who lists them pretends; systemd mounts a folder in place of one.
  mkdir -p "$box/srv/pretended" "$box/srv/stick" "$box/etc/systemd/system/ubizo-update.service.d"
  printf '#!/bin/sh\necho /dev/sdx1 vfat usb 1 1\n' >"$box/srv/pretended/lsblk"
  printf '#!/bin/sh\nfor to; do :; done\nexec /usr/bin/systemd-mount --quiet --collect --type=none --options=bind,ro /srv/stick "$to"\n' \
    >"$box/srv/pretended/systemd-mount"
  chmod +x "$box"/srv/pretended/*
  printf '[Service]\nEnvironment=PATH=/srv/pretended:/usr/sbin:/usr/bin:/sbin:/bin\n' \
    >"$box/etc/systemd/system/ubizo-update.service.d/test.conf"
  cp "$BOX"/releases/ubizo-0.0.9.tar.xz* "$BOX"/releases/ubizo-0.3.0.tar.xz* "$box/srv/stick/"
  started_box
  in_box systemctl start ubizo-update.service || { in_box journalctl --no-pager -u ubizo-update.service && return 1; }
  [ "$(running_release)" = 0.3.0 ]
  run in_box findmnt /run/ubizo/stick
  [ "$status" -ne 0 ]
}

@test "asked for by the page, an update without a stick changes nothing and says so in the log" {
  started_box
  in_box systemctl start ubizo-update.service || true
  [[ $(in_box journalctl --no-pager -u ubizo-update.service) == *'no release was found on a USB stick'* ]]
  untouched
}
