#!/usr/bin/env bats
# shellcheck shell=bats disable=SC2016,SC2154 # box.bash sets what is used here
# A box that has been switched on: its units in their cages, what it says of itself, and what nobody may make it do.

load box

setup() {
  fresh_box
  power_on
}

teardown() { drop_box; }

is_ready() { in_box systemctl is-active ubizo.target; }

@test "switched on, it is ready to tour, and no unit has failed" {
  eventually is_ready
  run in_box systemctl --no-legend --failed
  echo "$output"
  [ -z "$output" ]
  box_is_well
  # The visitors' network, with its programs each in its own cage.
  [ "$(in_box systemctl is-active ubizo-radio.service ubizo-names.service)" = $'active\nactive' ]
  [ "$(in_box ps -o user= -C dnsmasq)" = dnsmasq ]
  [ "$(in_box ps -o user= -p "$(in_box systemctl show --value -p MainPID ubizo.service)")" = ubizo ]
  in_box nft list table inet ubizo | grep -q 'redirect to :8080'
  in_box nft list table inet ubizo_media | grep -q 'set ef'
  [[ $(in_box ip -o -4 address show wlan0) == *10.77.0.1/22* ]]
  in_box systemctl stop ubizo-radio.service
  [ "$(in_box systemctl is-active ubizo-names.service)" = inactive ]
}

@test "how long each phase of the start took is in the log" {
  eventually box_is_well
  [[ $(in_box journalctl --no-pager -u ubizo.service) =~ \"ms\":\{\"program\":[0-9]+.*\"total\":[0-9]+ ]]
}

@test "an appliance that ends is there again" {
  eventually box_is_well
  in_box systemctl kill --signal=KILL ubizo.service
  eventually box_is_well
}

# ask SOCKET LINES: as the appliance does.
ask() { in_box runuser -u "${as:-ubizo}" -- perl -MSocket -e '
  socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "$!\n"; connect($s, pack_sockaddr_un($ARGV[0])) or die "$!\n";
  $s->autoflush; print $s $ARGV[1]; shutdown($s, 1); print while <$s>' -MIO::Handle "$1" "$2"; }

@test "the appliance gets a check-up by asking, and nothing that is not on the list" {
  eventually is_ready
  run ask /run/ubizo/errand.sock $'doctor\n'
  echo "$output"
  [[ $output == *'"checks": ['*'done' ]]
  # It stays there for the appliance to read, and for nobody else.
  in_box runuser -u ubizo -- grep -q '"checks": \[' /run/ubizo/doctor.json
  run in_box runuser -u nobody -- cat /run/ubizo/doctor.json
  [ "$status" -ne 0 ]
  local wanted
  for wanted in 'doctor; touch /root/broken' '$(touch /root/broken)' '../../bin/sh' 'restart --force' '' "$(printf 'x%.0s' {1..5000})"; do
    run ask /run/ubizo/errand.sock "$wanted"$'\n'
    [[ $output == 'refused: '* ]]
  done
  [ ! -e "$box/root/broken" ]
}

@test "only the appliance may ask" {
  eventually is_ready
  as=nobody run ask /run/ubizo/errand.sock $'power-off\n'
  [[ $output == 'Permission denied'* ]]
  as=nobody run ask /run/ubizo-radio.sock $'own\n'
  [[ $output == 'Permission denied'* ]]
}

@test "the radio refuses what is not a request" {
  eventually is_ready
  local wanted
  for wanted in 'run' 'render /etc' 'captive ../../etc/passwd' 'captive a b' $'join\n' $'join\n\nsecret12\n' \
    $'join\nWi\tFi\nsecret12\n' $'join\nWiFi\nshort\n' "captive $(printf 'x%.0s' {1..400}).example"; do
    run ask /run/ubizo-radio.sock "$wanted"$'\n'
    echo "$wanted: $output"
    [[ $output == 'refused: '* ]]
  done
}

@test "people of the group may do by sudo what is listed, to the letter, and nothing else" {
  local allowed=("/opt/ubizo/current/firmware-scripts/doctor" "/opt/ubizo/current/firmware-scripts/doctor --json"
    "/opt/ubizo/current/firmware-scripts/radio own" "/opt/ubizo/current/firmware-scripts/radio join"
    "/usr/bin/systemctl --no-block start ubizo-update.service" "/usr/bin/systemctl poweroff")
  local refused=("/bin/sh" "/opt/ubizo/current/firmware-scripts/doctor --root /tmp" "/opt/ubizo/current/firmware-scripts/radio own now"
    "/opt/ubizo/current/firmware-scripts/radio --run /tmp own" "/opt/ubizo/current/firmware-scripts/radio run"
    "/opt/ubizo/current/firmware-scripts/update /tmp/ubizo-9.9.9.tar.xz" "/opt/ubizo/current/firmware-scripts/install"
    "/usr/bin/systemctl --no-block start ssh.service" "/usr/bin/systemctl edit ubizo.service"
    "/opt/ubizo/releases/0.1.0/firmware-scripts/../../../../../bin/sh")
  local line
  in_box useradd --groups ubizo guide
  for line in "${allowed[@]}"; do
    echo "allowed: $line"
    # shellcheck disable=SC2086 # words
    in_box runuser -u guide -- sudo --non-interactive --list $line
  done
  for line in "${refused[@]}"; do
    echo "refused: $line"
    # shellcheck disable=SC2086
    run in_box runuser -u guide -- sudo --non-interactive --list $line
    [ "$status" -ne 0 ]
  done
}

@test "the doctor says within 20 s how it is, and what to do about what is not well" {
  eventually is_ready
  local began=$SECONDS
  run in_box /opt/ubizo/current/firmware-scripts/doctor
  echo "$output"
  [ $((SECONDS - began)) -lt 20 ]
  [ "$status" -eq 1 ]
  grep -q '^ok  appliance  *release 0.1.0' <<<"$output"
  grep -q '^ok  access point' <<<"$output"
  grep -q '^ok  dhcp' <<<"$output"
  grep -q '^ok  dns  *answers at 10.77.0.1' <<<"$output"
  grep -q '^ok  portal  *answers iOS, Android, Windows' <<<"$output"
  grep -q '^DO  microphone  *no sound card' <<<"$output"
  grep -A1 '^DO  microphone' <<<"$output" | grep -q -e '-> plug in a USB microphone'
  grep -q '^--  uplink' <<<"$output"
  grep -q '^--  openai' <<<"$output"

  in_box systemctl stop ubizo.service
  in_box systemctl stop ubizo-radio.service
  run in_box /opt/ubizo/current/firmware-scripts/doctor
  echo "$output"
  grep -q '^DO  appliance' <<<"$output"
  grep -q '^DO  access point' <<<"$output"
  grep -q '^DO  ports' <<<"$output"
}
