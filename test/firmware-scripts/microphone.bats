#!/usr/bin/env bats
# shellcheck shell=bats
# Which of several sound cards is the microphone.

setup() {
  sound=$BATS_TEST_TMPDIR/asound
  to=$BATS_TEST_TMPDIR/run/asound.conf
  mkdir -p "$sound"
}

choose() { run "$BATS_TEST_DIRNAME/../../firmware-scripts/microphone" --sound "$sound" --to "$to"; }

# card NUMBER ID NAME DIRECTIONS [usb]
card() {
  mkdir -p "$sound/card$1"
  echo "$2" >"$sound/card$1/id"
  [ "${5-}" != usb ] || echo 1234:5678 >"$sound/card$1/usbid"
  printf '%02d-00: %s : %s : %s\n' "$1" "$3" "$3" "$4" >>"$sound/pcm"
}

@test "a USB microphone comes before a card on the board, whatever their order" {
  card 0 Headphones 'bcm2835' 'playback 8'
  card 1 PCH 'ALC269' 'playback 1 : capture 1'
  card 2 Lavalier 'USB Audio' 'capture 1' usb
  choose
  [ "$status" -eq 0 ]
  grep -q '^defaults.pcm.card "Lavalier"$' "$to"
}

@test "a card that only plays is no microphone" {
  card 0 Headphones 'bcm2835' 'playback 8'
  choose
  [ "$status" -eq 0 ]
  [[ $output == *'Plug in a USB microphone'* ]]
  [ ! -e "$to" ]
}

@test "unplugged, the choice is forgotten" {
  card 2 Lavalier 'USB Audio' 'capture 1' usb
  choose
  [ -e "$to" ]
  rm -r "$sound"
  mkdir "$sound"
  choose
  [ ! -e "$to" ]
}
