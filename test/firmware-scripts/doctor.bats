#!/usr/bin/env bats
# shellcheck shell=bats
# What the check-up says of machines that are not well, from what their kernel tells.

setup() {
  [ "$(id -u)" -eq 0 ] || skip 'only root may make a check-up'
  root=$BATS_TEST_TMPDIR/root
  mkdir -p "$root/etc/ubizo" "$root/var/lib/ubizo" "$root/proc/asound" "$root/sys/class/net"
  printf '{"microphone": "alsa:default"}\n' >"$root/etc/ubizo/settings.json"
  printf 'INTERFACE=wlan9\n' >"$root/etc/ubizo/network.conf"
}

doctor() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/doctor" --root "$root" "$@"; }
# says STATE CHECK TEXT, and after DO what to do.
says() { grep -q -E -- "^$1  $2 +$3" <<<"$output" || { echo "$output" && return 1; }; }

@test "a machine with nothing right gets a line and a remedy for each" {
  # A weak power supply, now; swap on the card; a radio that a switch has blocked, without a country.
  mkdir -p "$root/sys/devices/platform/soc/soc:firmware" "$root/sys/class/net/wlan9/phy80211/rfkill0"
  echo 50001 >"$root/sys/devices/platform/soc/soc:firmware/get_throttled"
  echo 1 >"$root/sys/class/net/wlan9/phy80211/rfkill0/hard"
  printf 'Filename Type Size Used Priority\n/dev/mmcblk0p3 partition 1 0 -2\n' >"$root/proc/swaps"
  doctor
  [ "$status" -eq 1 ]
  says DO appliance 'is not running'
  says DO microphone 'no sound card that records'
  says DO radio 'the radio is switched off'
  says DO power 'the power supply is too weak'
  [ "$(grep -c '^DO ' <<<"$output")" -eq "$(grep -c -e '-> ' <<<"$output")" ]
  [ "$(grep -c -E '^(ok|DO|--) ' <<<"$output")" -eq 17 ]
}

@test "a relay is asked for only where it is switched on" {
  doctor
  says -- relay 'not switched on'
  printf 'RELAY=yes\n' >>"$root/etc/ubizo/network.conf"
  doctor
  says DO relay ''
}

@test "heat is told in degrees" {
  mkdir -p "$root/sys/class/thermal/thermal_zone0"
  echo 84200 >"$root/sys/class/thermal/thermal_zone0/temp"
  doctor
  says DO power 'too hot \(84 °C\)'
}

@test "a radio that is not there, and one without a country" {
  doctor
  says DO radio 'there is no wlan9'
  mkdir "$root/sys/class/net/wlan9"
  doctor
  says DO radio 'it does not know the country'
}

@test "for pages it is JSON, whatever is in the texts" {
  command -v perl >/dev/null || skip 'perl is not installed'
  mkdir -p "$root/opt/ubizo"
  printf '2026-11-21T08:00Z release "9.9.9" \\ was not well\n' >"$root/opt/ubizo/last-update"
  doctor --json
  [ "$status" -eq 1 ]
  perl -MJSON::PP -e 'my $said = decode_json(join "", <STDIN>); die if $said->{well} || @{$said->{checks}} != 17;
    for (@{$said->{checks}}) { die $_->{name} if $_->{state} eq "mend" && !$_->{remedy} }
    die unless grep { $_->{name} eq "update" && $_->{text} =~ /"9\.9\.9" \\ was/ } @{$said->{checks}}' <<<"$output"
}
