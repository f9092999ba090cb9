#!/usr/bin/env bats
# shellcheck shell=bats
# shellcheck disable=SC2016,SC2028,SC2154
# The radio's settings, and the files that are made of them.

bats_require_minimum_version 1.5.0

setup() {
  [ "$(id -u)" -eq 0 ] || skip 'only root may run the radio'
  settings=$BATS_TEST_TMPDIR/network.conf
  files=$BATS_TEST_TMPDIR/files
  cat >"$settings" <<'CONF'
NAME=ubizo-test
SSID=ubizo-TEST
PASSPHRASE=abcd-efgh-jkmn
COUNTRY=DE
INTERFACE=wlan9
CONF
}

radio() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/radio" --settings "$settings" --run "$BATS_TEST_TMPDIR/run" --keep "$BATS_TEST_TMPDIR/keep" "$@"; }
has() { grep -q -x -- "$2" "$files/$1"; }

@test "the box's own Wi-Fi: no 802.11b, its country, phones apart, a password" {
  radio render "$files"
  [ "$status" -eq 0 ]
  has hostapd.conf country_code=DE
  has hostapd.conf ieee80211d=1
  has hostapd.conf 'supported_rates=60 90 120 180 240 360 480 540'
  has hostapd.conf ap_isolate=1
  has hostapd.conf wpa=2
  has hostapd.conf wpa_passphrase=abcd-efgh-jkmn
  [ "$(stat -c %a "$files/hostapd.conf")" = 600 ]
  run ! grep -rq abcd-efgh "$files/dnsmasq.conf" "$files"/nftables-*.nft
}

@test "WPA3 beside WPA2, or alone, is what the settings say" {
  echo SECURITY=wpa2-wpa3 >>"$settings"
  radio render "$files"
  has hostapd.conf 'wpa_key_mgmt=WPA-PSK SAE'
  has hostapd.conf ieee80211w=1
  echo SECURITY=wpa3 >>"$settings"
  radio render "$files"
  has hostapd.conf wpa_key_mgmt=SAE
  has hostapd.conf ieee80211w=2
}

@test "every name leads to the portal, and nobody gets beyond the box" {
  radio render "$files"
  has dnsmasq.conf 'address=/#/198.51.100.53'
  has dnsmasq.conf 'local=/#/'
  grep -q 'iifname "wlan9" tcp dport 80 redirect to :8080' "$files/nftables-own.nft"
  grep -q 'iifname "wlan9" drop' "$files/nftables-own.nft"
  grep -q 'udp sport 40000-40099 ip dscp set ef' "$files/nftables-own.nft"
  run ! grep -q masquerade "$files/nftables-own.nft"
}

# `command -v` with several names succeeds when one of them is there.
needs() {
  local program
  for program in "$@"; do command -v "$program" >/dev/null || skip "$program is not installed"; done
}

@test "each program accepts its file" {
  needs hostapd dnsmasq nft
  local more
  for more in BAND=5 SECURITY=wpa2 SECURITY=wpa3 SECURITY=open SHARE_UPLINK=yes ADDRESS=192.168.77.1/24; do
    echo "$more" >>"$settings"
    radio check
    echo "$more: $output"
    [ "$status" -eq 0 ]
  done
}

@test "what a program refuses is told, and is not for use" {
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\necho "Error: syntax error"\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/nft"
  chmod +x "$BATS_TEST_TMPDIR/bin/nft"
  needs hostapd dnsmasq
  PATH=$BATS_TEST_TMPDIR/bin:$PATH radio check
  [ "$status" -eq 2 ]
  [[ $output == *'nft refuses its file: Error: syntax error'* ]]
  PATH=$BATS_TEST_TMPDIR/bin:$PATH radio run
  [ "$status" -eq 2 ]
  [ ! -e "$BATS_TEST_TMPDIR/run/nftables-own.nft" ]
  grep -q -x problem=wrong_settings "$BATS_TEST_TMPDIR/run/state"
}

@test "wrong settings are refused in a sentence that tells no secret" {
  local wrong
  for wrong in COUNTRY=de COUNTRY=Germany PASSPHRASE=short SSID= 'INTERFACE=wlan0;reboot' INTERFACE=../wlan0 NAME=a.b \
    ADDRESS=8.8.8.8/24 ADDRESS=10.77.0.2/22 ADDRESS=10.77.0.1/8 ADDRESS=10.077.0.1/22 LEASE=0 MEDIA_PORTS=1-9 \
    MEDIA_PORTS=40099-40000 HTTP_PORT=99999 'NAMES=a/b' SHARE_UPLINK=maybe RELAY=maybe SECURITY=wep ACCESS_POINT=mine NOKEY=1 \
    nonsense 'SSID=123456789012345678901234567890123' $'PASSPHRASE=abcdefgh\ti'; do
    cp "$settings" "$settings.good"
    echo "$wrong" >>"$settings"
    radio check
    echo "$wrong: $status $output"
    [ "$status" -eq 2 ]
    [[ $output == 'radio: '*:* ]]
    [[ $output != *abcd-efgh-jkmn* ]]
    mv "$settings.good" "$settings"
  done
}

@test "a name with quotes, backslashes and accents stays one name" {
  # shellcheck disable=SC2016 # nothing of it is ever run
  echo 'SSID=Führung "1" \n $(id)' >>"$settings"
  radio render "$files"
  [ "$status" -eq 0 ]
  has hostapd.conf "ssid2=$(printf %s 'Führung "1" \n $(id)' | od -An -v -tx1 | tr -d ' \n')"
}

# A machine with a radio, as far as `radio` can see: hostapd and NetworkManager only pretend; the rest is real, in
# namespaces of its own. `will-join`: whether the tour's Wi-Fi can be joined; `joined`: whether it is there.
pretend() {
  local name machine=$BATS_TEST_TMPDIR/machine
  needs dnsmasq
  unshare --mount --net true 2>/dev/null || skip 'this machine allows no namespaces'
  mkdir "$machine"
  cat >"$machine/hostapd" <<'STUB'
#!/bin/sh
case $1 in */hostapd.conf) exec sleep infinity ;; esac
STUB
  cat >"$machine/nmcli" <<'STUB'
#!/bin/sh
here=$(dirname "$0")
case $* in
*GENERAL.STATE*) [ ! -e "$here/joined" ] || echo '100 (connected)' ;;
*'connection up'*) [ -e "$here/will-join" ] || exec sleep infinity; touch "$here/joined" ;;
esac
STUB
  printf '#!/bin/sh\necho state=ENABLED\n' >"$machine/hostapd_cli"
  printf '#!/bin/sh\n' >"$machine/iw"
  for name in hostapd nmcli hostapd_cli iw; do chmod +x "$machine/$name"; done
  cat >"$machine/run" <<RUN
mount -t tmpfs tmpfs /run
mount -t sysfs sysfs /sys
ip link set lo up
ip link add wlan9 type bridge
export PATH=$machine:\$PATH UBIZO_RADIO_PATIENCE=3
exec "$BATS_TEST_DIRNAME/../../firmware-scripts/radio" --settings "$settings" --run "$BATS_TEST_TMPDIR/run" --keep "$BATS_TEST_TMPDIR/keep" run
RUN
  unshare --mount --net bash "$machine/run" >"$BATS_TEST_TMPDIR/radio.log" 2>&1 3>&- &
  radio_pid=$!
  until_state phase=up network=own
}

teardown() {
  if [ -n "${radio_pid-}" ]; then
    kill "$radio_pid" || true
    wait "$radio_pid" || true
  fi
}

# until_state LINE…: the state file has them all; within 30 s.
until_state() {
  local line until=$((SECONDS + 30))
  for line; do
    until grep -q -x "$line" "$BATS_TEST_TMPDIR/run/state" 2>/dev/null; do
      [ $SECONDS -lt $until ] || { cat "$BATS_TEST_TMPDIR/run/state" "$BATS_TEST_TMPDIR/radio.log" && return 1; }
      sleep 0.1
    done
  done
}

ask() {
  printf '%s\n' "$@" | PATH=$BATS_TEST_TMPDIR/machine:$PATH "$BATS_TEST_DIRNAME/../../firmware-scripts/radio" \
    --settings "$settings" --run "$BATS_TEST_TMPDIR/run" --keep "$BATS_TEST_TMPDIR/keep" serve
}

@test "a tour's Wi-Fi that cannot be joined is given up, and the own one comes back" {
  pretend
  [ "$(ask join 'Museum Guest' secret123)" = ok ]
  until_state network=tour phase=switching
  until_state network=own phase=up problem=not_joined
  [ ! -e "$BATS_TEST_TMPDIR/keep/tour" ]
}

@test "a tour's Wi-Fi that is joined stays, until it is gone" {
  pretend
  [ "$(cat "$BATS_TEST_TMPDIR/run/passphrase")" = abcd-efgh-jkmn ]
  [[ $(stat -c %a "$BATS_TEST_TMPDIR/run/passphrase") =~ ^6[04]0$ ]]
  touch "$BATS_TEST_TMPDIR/machine/will-join"
  [ "$(ask join 'Museum Guest' secret123)" = ok ]
  until_state network=tour phase=up 'ssid=Museum Guest'
  [ ! -e "$BATS_TEST_TMPDIR/run/passphrase" ]
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/keep/tour")" = 600 ]
  run grep -r secret123 "$BATS_TEST_TMPDIR/run"
  [ -z "$output" ]
  rm "$BATS_TEST_TMPDIR/machine/joined"
  until_state network=own phase=up problem=not_joined
}

@test "the own Wi-Fi comes back when it is asked for" {
  pretend
  touch "$BATS_TEST_TMPDIR/machine/will-join"
  ask join 'Museum Guest' secret123
  until_state network=tour phase=up
  [ "$(ask own)" = ok ]
  until_state network=own phase=up
  run grep problem= "$BATS_TEST_TMPDIR/run/state"
  [ -z "$output" ]
}

@test "settings that were edited on Windows are those that were meant" {
  {
    printf '\xef\xbb\xbf'
    sed 's/$/\r/' "$settings"
  } >"$settings.windows"
  mv "$settings.windows" "$settings"
  radio check
  echo "$output"
  [ "$status" -eq 0 ]
  radio render "$files"
  [ "$status" -eq 0 ]
  if grep -q $'\r' "$files"/*; then false; fi
}
