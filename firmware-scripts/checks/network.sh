# shellcheck shell=bash disable=SC2154
# Do visitors get in? Sourced by doctor.

network_value() { [ ! -r "$network_settings" ] || plain_lines "$network_settings" | sed -n "s/^$1=//p" | tail -n 1; }
radio_value() { [ ! -r "$root/run/ubizo-radio/state" ] || sed -n "s/^$1=//p" "$root/run/ubizo-radio/state" | tail -n 1; }

interface=$(network_value INTERFACE)
interface=${interface:-wlan0}
address=$(network_value ADDRESS)
address=${address:-10.77.0.1/22}
address=${address%/*}
external=$(network_value ACCESS_POINT)

# The visitors' network is not the box's own while it is a guest on another.
own_network() { [ "$(radio_value network)" != tour ]; }

check_radio() {
  [ "$external" != external ] || { ok 'an access point of its own is plugged in' && return; }
  [ -e "$sys/class/net/$interface" ] || { mend "there is no $interface" 'plug the USB radio in, or name the right one: install --interface NAME' && return; }
  # rfkill-wlan.rst: `soft` by a program, `hard` by a switch.
  if grep -qs 1 "$sys/class/net/$interface"/phy80211/rfkill*/{soft,hard}; then
    mend 'the radio is switched off' 'run: rfkill unblock wlan'
    return
  fi
  local wanted law
  wanted=$(network_value COUNTRY)
  [ -n "$wanted" ] || { mend 'it does not know the country' 'run: install --country and two letters, such as DE' && return; }
  law=$(iw reg get 2>/dev/null | sed -n 's/^country \([A-Z0-9]\{2\}\):.*/\1/p' | head -n 1)
  if [ "${law:-00}" != "$wanted" ]; then
    mend "it obeys the law of ${law:-nowhere} and not of $wanted" 'run: systemctl restart ubizo-radio; if it stays so, the radio has a fixed country'
  else
    ok "$interface, $wanted"
  fi
}

check_access_point() {
  local phase network problem
  phase=$(radio_value phase) network=$(radio_value network) problem=$(radio_value problem)
  if [ -z "$phase" ] || ! systemctl is-active --quiet ubizo-radio.service; then
    mend 'the network for visitors is not running' "run: $scripts/radio check; then: systemctl restart ubizo-radio"
  elif [ -n "$problem" ]; then
    mend "$problem" 'run: journalctl -u ubizo-radio -n 30'
  elif [ "$phase" != up ]; then
    mend "it is $phase" 'wait a minute and run this again'
  elif [ "$network" = tour ]; then
    ok "guest on the Wi-Fi $(radio_value ssid)"
  else
    ok "Wi-Fi $(radio_value ssid), $(phones) phones"
  fi
}

phones() { iw dev "$interface" station dump 2>/dev/null | grep -c '^Station' || true; }

check_dhcp() {
  own_network || { skip 'the other Wi-Fi gives addresses' && return; }
  if ss -Hlun 'sport = :67' 2>/dev/null | grep -q .; then
    ok "$(wc -l <"$root/run/ubizo-radio/leases" 2>/dev/null || echo 0) addresses given"
  else
    mend 'nobody gives addresses' 'run: systemctl restart ubizo-radio'
  fi
}

# One question over UDP (RFC 1035, 4.1) for A of ubizo-check.example; the answer's last four bytes are the address.
dns_answer() {
  local question='\x55\x42\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x0bubizo-check\x07example\x00\x00\x01\x00\x01'
  {
    exec 3<>"/dev/udp/$address/53"
    # shellcheck disable=SC2059 # the escapes are its own
    printf "$question" >&3
    timeout 3 head -c 12 <&3 | od -An -tx1 | tr -d ' \n'
  } 2>/dev/null
}

check_dns() {
  own_network || { skip 'the other Wi-Fi answers names' && return; }
  ip -o -4 address show 2>/dev/null | grep -qF " $address/" ||
    { mend "the box does not have its address $address" 'run: systemctl restart ubizo-radio' && return; }
  case $(dns_answer || true) in
  5542*) ok "answers at $address" ;;
  *) mend "no answer at $address" 'run: systemctl restart ubizo-radio' ;;
  esac
}

# probe HOST PATH: what a phone's system gets that has not tapped Continue: the status.
probe() {
  curl --silent --max-time 5 --noproxy '*' --output /dev/null --write-out '%{http_code}' \
    --header "Host: $1" "http://$(http_host):$port$2" || true
}

check_portal() {
  own_network || { skip 'no portal on the Wi-Fi of others' && return; }
  local system host path status wrong=''
  while read -r system host path; do
    status=$(probe "$host" "$path")
    case $status in 200 | 204 | 302 | 303 | 307 | 511) ;; *) wrong+=" $system ($status)" ;; esac
  done <<'PROBES'
iOS captive.apple.com /hotspot-detect.html
Android connectivitycheck.gstatic.com /generate_204
Windows www.msftconnecttest.com /connecttest.txt
Firefox detectportal.firefox.com /canonical.html
Linux nmcheck.gnome.org /check_network_status.txt
PROBES
  if [ -z "$wrong" ]; then
    ok 'answers iOS, Android, Windows, Firefox and Linux'
  else
    mend "no good answer for$wrong" 'run: systemctl restart ubizo'
  fi
}

check_ports() {
  local wanted wrong=''
  for wanted in "$port" "$https_port"; do
    ss -Hltn "sport = :$wanted" 2>/dev/null | grep -q . || wrong+=" $wanted"
  done
  # Nothing else may be reached from the visitors' side: the firewall is what keeps them out.
  if ! nft list table inet ubizo >/dev/null 2>&1; then
    mend 'the firewall is not up' 'run: systemctl restart ubizo-radio'
  elif [ "${wrong# }" = "$https_port" ]; then
    mend "no HTTPS on $https_port" 'no phone can be the microphone; run: journalctl -u ubizo -n 30'
  elif [ -n "$wrong" ]; then
    mend "nobody listens on$wrong" 'run: systemctl restart ubizo'
  else
    ok "$port and $https_port, and nothing else for visitors"
  fi
}

check_relay() {
  [ "$(network_value RELAY)" = yes ] || { skip 'not switched on; few networks need one' && return; }
  if ! command -v turnserver >/dev/null; then
    mend 'it is switched on, and coturn is not there' "connect the box to the Internet and run: $scripts/relay on"
  elif ! ss -Hltn 'sport = :3478' 2>/dev/null | grep -q .; then
    mend 'nobody listens at 3478' 'run: systemctl restart ubizo-radio; then: journalctl -u ubizo-relay -n 30'
  else
    ok 'listens at 3478'
  fi
}

check_certificate() {
  local end days
  end=$(timeout 5 openssl s_client -connect "$(http_host):$https_port" </dev/null 2>/dev/null | openssl x509 -noout -enddate 2>/dev/null | cut -d = -f 2)
  [ -n "$end" ] || { skip 'no HTTPS, so no certificate' && return; }
  days=$((($(date -d "$end" +%s) - $(date +%s)) / 86400))
  if [ "$days" -lt 0 ]; then
    mend "ran out $((-days)) days ago" 'connect the box to the Internet for an hour; if the box made it itself, restart the box'
  elif [ "$days" -lt 14 ]; then
    mend "$days days left" 'connect the box to the Internet for an hour'
  else
    ok "$days days left"
  fi
}

check_uplink() {
  if ! ip route show default 2>/dev/null | grep -q .; then
    skip 'none; the voice of the guide and offline languages need none'
  elif curl --silent --max-time 6 --output /dev/null http://deb.debian.org/; then
    ok "by $(ip route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1)"
  else
    mend 'there is a way out, and nothing answers' 'look at the modem or the router; the Wi-Fi of a hotel may want a sign-in of its own'
  fi
}

check_openai() {
  local url status
  url=$(sed -n 's/.*"openaiUrl"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$settings" 2>/dev/null || true)
  [ -z "$url" ] || { skip "interpreting is done by ${url%%\?*}" && return; }
  ip route show default 2>/dev/null | grep -q . || { skip 'no uplink' && return; }
  # 401: it answers, and wants a key.
  status=$(curl --silent --max-time 8 --output /dev/null --write-out '%{http_code}' https://api.openai.com/v1/models 2>"$scratch/openai" || true)
  case $status in
  200 | 401) ok 'answers' ;;
  000) mend 'cannot be reached' 'look at the uplink and at the clock: with a wrong date no secure connection works' ;;
  *) mend "answers with $status" 'wait; if it stays so, look at status.openai.com' ;;
  esac
}
