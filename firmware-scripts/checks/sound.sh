# shellcheck shell=bash disable=SC2154
# Is the guide heard? Sourced by doctor.

# Loudest sample of one second, 0 to 32767.
loudest() {
  timeout 5 arecord -q -D default -t raw -f S16_LE -r 48000 -c 1 -d 1 2>"$scratch/arecord" |
    od -An -v -td2 -w2 | awk '{ if ($1 < 0) $1 = -$1; if ($1 > top) top = $1 } END { print top + 0 }'
}

check_microphone() {
  local peak configured
  configured=$(sed -n 's/.*"microphone"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$settings" 2>/dev/null || true)
  case ${configured:-alsa:default} in
  alsa:*) ;;
  *) ok "the guide's microphone is $configured" && return ;;
  esac
  grep -q ': capture ' "$proc/asound/pcm" 2>/dev/null ||
    { mend 'no sound card that records' 'plug in a USB microphone, or let the guide use a phone' && return; }
  peak=$(loudest) || true
  if grep -qi 'busy' "$scratch/arecord"; then
    ok 'in use by the appliance; the level is on the page of the guide'
  elif [ -s "$scratch/arecord" ]; then
    mend "it cannot be opened ($(head -n 1 "$scratch/arecord"))" 'unplug it, plug it in again, and run this again'
  elif [ "$peak" -eq 0 ]; then
    mend 'it delivers nothing at all' 'switch it on; if it has a mute switch, look there; else run: alsamixer'
  elif [ "$peak" -lt 100 ]; then
    mend "it hears next to nothing (peak $peak of 32767)" 'speak while this runs; if it stays so, turn it up with: alsamixer'
  elif [ "$peak" -ge 32700 ]; then
    mend 'it is too loud and distorts' 'turn it down with alsamixer, or hold it further away'
  else
    ok "hears (peak $peak of 32767)"
  fi
}
