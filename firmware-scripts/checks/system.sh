# shellcheck shell=bash disable=SC2154
# Is the box itself well? Sourced by doctor.

check_appliance() {
  if ! systemctl is-active --quiet ubizo.service; then
    mend 'is not running' 'run: journalctl -u ubizo -n 30; then: systemctl restart ubizo'
  elif healthy "$port"; then
    ok "release $(of_link "$current")$([ ! -f "$probation" ] || echo ', still proving itself')"
  else
    mend "is not well: $(curl --silent --max-time 5 --noproxy '*' "http://$(http_host):$port/healthz" | head -c 200)" 'run: journalctl -u ubizo -n 30'
  fi
}

check_update() {
  [ -s "$last_update" ] || { ok 'none yet' && return; }
  case $(cat "$last_update") in
  *'back to'* | *'was not well'*) mend "$(cat "$last_update")" 'tell who made the release; the box is as it was before' ;;
  *) ok "$(cat "$last_update")" ;;
  esac
}

# A clock without a battery is right only while there is an uplink.
check_clock() {
  local made rtc=''
  made=$(sed -n 's/.*"date"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$scripts/../release.json" 2>/dev/null)
  for clock in "$sys"/class/rtc/rtc*; do [ ! -e "$clock" ] || rtc=yes; done
  if [ "$(date +%s)" -lt "$(date -d "${made:-2026-01-01}" +%s)" ]; then
    mend "the box believes it is $(date +%F)" 'connect it to the Internet for a minute; buy a clock module (RTC) if this comes back'
  elif [ "$(timedatectl show -P NTPSynchronized 2>/dev/null)" = yes ]; then
    ok "$(date '+%F %H:%M'), set by the Internet"
  elif [ -n "$rtc" ]; then
    ok "$(date '+%F %H:%M'), by the clock on the board"
  else
    # Enough for a tour; docs/operating.md tells who should buy a clock.
    ok "$(date '+%F %H:%M'), by memory: there is no clock on the board"
  fi
}

check_disk() {
  local free files
  free=$(df --output=avail -m "$state" 2>/dev/null | tail -n 1 | tr -d ' ')
  files=$(df --output=iavail "$state" 2>/dev/null | tail -n 1 | tr -d ' ')
  if [ "${free:-0}" -lt 200 ]; then
    mend "only ${free:-0} MB free" 'delete old transcripts and recordings on the page of the guide'
  elif [ "${files:--}" != - ] && [ "$files" -lt 1000 ]; then
    mend 'no room for more files' 'delete old transcripts and recordings on the page of the guide'
  else
    ok "$free MB free"
  fi
}

# mount_of PATH KIND
mount_of() { findmnt --noheadings --target "$1" --output "$2" 2>/dev/null | head -n 1; }

check_power_cut() {
  local kind options
  kind=$(mount_of "$state" FSTYPE) options=,$(mount_of "$state" OPTIONS),
  case $kind in
  tmpfs | ramfs | overlay) mend "tours are kept in memory only ($kind)" 'give /var/lib/ubizo a partition of its own' && return ;;
  vfat | exfat | ntfs*) mend "$kind loses files when the power goes" 'use ext4 for /var/lib/ubizo' && return ;;
  esac
  case $options in
  *,ro,*) mend 'the card is read-only: it has failed, or was protected' 'copy the tours off it and use a new card' && return ;;
  *,nobarrier,* | *,barrier=0,*) mend 'mounted without barriers' 'remove nobarrier from /etc/fstab and restart' && return ;;
  *,data=writeback,*) mend 'mounted with data=writeback' 'remove it from /etc/fstab and restart' && return ;;
  esac
  if grep -q '^/dev/mmcblk' "$proc/swaps" 2>/dev/null || grep -q '^/var/swap' "$proc/swaps" 2>/dev/null; then
    mend 'it swaps to the card, which wears it out' 'run: systemctl disable --now dphys-swapfile, or take swap out of /etc/fstab'
  else
    ok "$kind; what was saved stays saved"
  fi
}

# The firmware of a Raspberry Pi tells (bits of get_throttled): 0 too little voltage, 2 throttled, 16 and 18 once.
check_power() {
  local file bits temperature
  file=$(find "$sys/devices/platform/soc" -maxdepth 3 -name get_throttled 2>/dev/null | head -n 1)
  temperature=$(cat "$sys/class/thermal/thermal_zone0/temp" 2>/dev/null || echo 0)
  bits=$((16#$(cat "$file" 2>/dev/null || echo 0)))
  if [ $((bits & 0x10001)) -ne 0 ]; then
    mend 'the power supply is too weak' 'use the supply that was made for it and a short cable; on a battery, one with 3 A'
  elif [ "$temperature" -ge 80000 ] || [ $((bits & 4)) -ne 0 ]; then
    mend "too hot ($((temperature / 1000)) °C), so it runs slower" 'out of the sun, and a case with a heat sink'
  else
    ok "$([ "$temperature" -eq 0 ] || echo "$((temperature / 1000)) °C")"
  fi
}
