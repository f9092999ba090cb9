# shellcheck shell=bash disable=SC2154
# Brings the visitors' network up, keeps it up, and changes from one to the other. Sourced by `radio`.

children=()
network=own
# Why the last switch did not come about; stays until the next one.
problem=''
# The unit that runs dnsmasq as a user of its own, or nothing: then it is a child.
names_unit=${UBIZO_RADIO_NAMES-}
# The unit that relays, where the settings want it. Nothing here waits for it.
relay_unit=${UBIZO_RADIO_RELAY-}
stopping=no changed=no names_changed=no

say_state() {
  {
    echo "network=$network"
    echo "phase=$1"
    echo "interface=${value[INTERFACE]}"
    if [ "$network" = tour ]; then echo "ssid=$tour_ssid"; else echo "ssid=${value[SSID]}"; fi
    [ -z "$problem" ] || echo "problem=$problem"
    # Whether there is a radio to join another Wi-Fi with.
    if [ "${value[ACCESS_POINT]}" = own ]; then echo joinable=yes; else echo joinable=no; fi
  } >"$run/state.new"
  say_passphrase
  chmod 644 "$run/state.new"
  mv -f "$run/state.new" "$run/state"
}

# What visitors type to join the box's own Wi-Fi, as it stands on their sheet: the guide's page shows it as a QR code.
say_passphrase() {
  rm -f "$run/passphrase"
  [ "$network" = own ] && [ "${value[ACCESS_POINT]}" = own ] && [ "${value[SECURITY]}" != open ] || return 0
  (umask 077 && echo "${value[PASSPHRASE]}" >"$run/passphrase")
  if chgrp ubizo "$run/passphrase" 2>/dev/null; then chmod 640 "$run/passphrase"; fi
}

run_network() {
  mkdir -p "$run"
  chmod 755 "$run"
  need_run_settings
  echo $$ >"$run/pid"
  trap 'stopping=yes' TERM INT
  trap 'changed=yes' HUP
  trap 'names_changed=yes' USR1
  trap leave EXIT
  choose_network
  while :; do
    say_state switching
    if bring_up; then
      say_state up
      if [ "${value[RELAY]}" = yes ]; then relay restart; else relay stop; fi
      stay
    elif [ "$stopping" = yes ]; then
      break
    elif [ "$network" = own ]; then
      problem=${problem:-failed}
      fail 1 'the own Wi-Fi did not come up'
    else
      problem=${problem:-not_joined}
      forget_tour
    fi
    [ "$stopping" = no ] || break
    if [ "$changed" = yes ]; then
      # The answer to who asked is still on its way over what is about to go.
      say_state switching
      pause 2
      changed=no problem=''
    fi
    take_down
    choose_network
  done
}

leave() {
  take_down
  rm -f "$run/pid"
  # What was asked for is nobody's problem; what was not is read here by the guide's page.
  if [ "$stopping" = yes ]; then rm -f "$run/state"; else say_state down; fi
}

# Wrong settings are told in the state too, where the guide's page reads them; then the unit tries again.
need_run_settings() {
  if ! read_settings "$settings"; then
    problem=wrong_settings
    is_interface "${value[INTERFACE]}" || value[INTERFACE]=none
    [[ ${value[SSID]} =~ [[:cntrl:]] ]] && value[SSID]=''
    say_state down
    printf '%s' "$wrong" | sed 's/^/radio: /' >&2
    exit 2
  fi
  render "$run/next"
  if ! check "$run/next"; then
    problem=wrong_settings
    say_state down
    exit 2
  fi
  # hostapd.conf of a box that now has an access point plugged in.
  rm -f "$run"/*.conf "$run"/*.nft
  mv -f "$run/next"/* "$run"/
  rmdir "$run/next"
}

choose_network() {
  network=own tour_ssid='' tour_passphrase=''
  [ -r "$keep/tour" ] && [ "${value[ACCESS_POINT]}" = own ] || return 0
  { IFS= read -r tour_ssid && IFS= read -r tour_passphrase; } <"$keep/tour" || true
  if is_ssid "$tour_ssid"; then network=tour; fi
}

forget_tour() { rm -f "$keep/tour"; }

bring_up() {
  await_interface || return 1
  nft -f "$run/nftables-$network.nft" || return 1
  if [ "$network" = tour ]; then join_tour; else open_own; fi
}

# A USB radio may come seconds after the system.
await_interface() {
  local waited=0
  until [ -d "/sys/class/net/${value[INTERFACE]}" ]; do
    if [ $waited -ge 20 ] || [ "$stopping" = yes ]; then
      problem=no_interface
      return 1
    fi
    pause 1
    waited=$((waited + 1))
  done
}

open_own() {
  local interface=${value[INTERFACE]}
  leave_to_us "$interface"
  [ "${value[ACCESS_POINT]}" = external ] || iw reg set "${value[COUNTRY]}" || true
  ip link set dev "$interface" up || return 1
  ip -4 address flush dev "$interface" scope global
  ip address replace "${value[ADDRESS]}" dev "$interface" || return 1
  [ "${value[SHARE_UPLINK]}" = no ] || forward
  if [ "${value[ACCESS_POINT]}" = own ]; then
    start_child hostapd "$run/hostapd.conf"
    await_access_point || return 1
  fi
  keep_ports_apart
  # The appliance reads them.
  [ -e "$run/leases" ] || : >"$run/leases"
  chmod 644 "$run/leases"
  if [ -n "$names_unit" ]; then
    # This child ends when the unit does.
    start_child systemctl start --wait "$names_unit"
  else
    start_child dnsmasq --keep-in-foreground --conf-file="$run/dnsmasq.conf"
    dnsmasq_pid=$!
  fi
}

# What hostapd does on a radio, the bridge does between its ports; they may come and go.
keep_ports_apart() {
  local port
  for port in "/sys/class/net/${value[INTERFACE]}"/brif/*/isolated; do
    [ ! -e "$port" ] || [ "$(cat "$port")" = 1 ] || bridge link set dev "$(basename "$(dirname "$port")")" isolated on
  done
}

# It is bound to the address that the network has just now.
relay() { [ -z "$relay_unit" ] || systemctl --no-block "$1" "$relay_unit" || true; }

start_child() {
  "$@" &
  children+=($!)
}

# Up to a minute on channels where radar must be listened for first.
await_access_point() {
  local waited=0
  until hostapd_cli -p "$run/hostapd" -i "${value[INTERFACE]}" status 2>/dev/null | grep -q '^state=ENABLED'; do
    [ "$waited" -lt 75 ] && [ "$stopping" = no ] && kill -0 "${children[0]}" 2>/dev/null || return 1
    pause 1
    waited=$((waited + 1))
  done
}

# In its unit's cage it cannot; there `radio share` has been before.
forward() { [ "$(cat /proc/sys/net/ipv4/ip_forward 2>/dev/null)" = 1 ] || echo 1 2>/dev/null >/proc/sys/net/ipv4/ip_forward || true; }

share_uplink() {
  read_settings "$settings" && [ "${value[SHARE_UPLINK]}" = yes ] || return 0
  forward
}

leave_to_us() {
  [ -d /run/NetworkManager ] || return 0
  mkdir -p /run/NetworkManager/conf.d
  fill "$templates/unmanaged.conf" | put /run/NetworkManager/conf.d/90-ubizo.conf
  nmcli general reload conf 2>/dev/null || true
  nmcli device set "$1" managed no 2>/dev/null || true
}

TOUR_CONNECTION=/run/NetworkManager/system-connections/ubizo-tour.nmconnection

join_tour() {
  local interface=${value[INTERFACE]} joining
  value[TOUR_SSID_BYTES]=$(printf %s "$tour_ssid" | od -An -v -tu1 | tr -s ' \n' ';' | sed 's/^;//')
  value[TOUR_SECURITY_LINES]='# An open network.'
  if [ -n "$tour_passphrase" ]; then
    # In a key file a backslash begins an escape, and leading spaces are lost.
    value[TOUR_SECURITY_LINES]=$'[wifi-security]\nkey-mgmt=wpa-psk\npsk='$(sed 's/\\/\\\\/g; s/^ /\\s/' <<<"$tour_passphrase")
  fi
  ip -4 address flush dev "$interface" scope global
  mkdir -p "$(dirname "$TOUR_CONNECTION")"
  fill "$templates/tour.nmconnection" | put "$TOUR_CONNECTION"
  rm -f /run/NetworkManager/conf.d/90-ubizo.conf
  nmcli general reload conf || true
  # In the background, so that a signal is heard meanwhile.
  {
    nmcli device set "$interface" managed yes &&
      nmcli connection load "$TOUR_CONNECTION" &&
      nmcli --wait "$patience" connection up ubizo-tour ifname "$interface"
  } >/dev/null &
  joining=$!
  local ends=$((SECONDS + patience))
  while kill -0 "$joining" 2>/dev/null; do
    if [ $SECONDS -ge $ends ] || [ "$stopping" = yes ] || [ "$changed" = yes ]; then
      kill "$joining" 2>/dev/null || true
      return 1
    fi
    pause 1
  done
  wait "$joining"
}

joined() { [[ $(nmcli -g GENERAL.STATE device show "${value[INTERFACE]}" 2>/dev/null) == 100* ]]; }

# Returns when there is something else to do; a program that ends, ends all: the unit starts anew.
stay() {
  local last_joined=$SECONDS child
  while [ "$stopping" = no ] && [ "$changed" = no ]; do
    if [ "$names_changed" = yes ]; then
      names_changed=no
      render_names "$run"
      [ "$network" = tour ] || reload_names
    fi
    for child in "${children[@]}"; do
      kill -0 "$child" 2>/dev/null || { problem=failed && fail 1 'a program has ended'; }
    done
    keep_ports_apart
    if [ "$network" = tour ]; then
      if joined; then last_joined=$SECONDS; fi
      if [ $((SECONDS - last_joined)) -ge "$patience" ]; then
        problem=not_joined
        forget_tour
        return
      fi
    fi
    pause 2
  done
}

# A signal ends it.
pause() {
  sleep "$1" &
  wait $! 2>/dev/null || true
}

reload_names() {
  if [ -n "$names_unit" ]; then systemctl reload "$names_unit" || true; else kill -HUP "$dnsmasq_pid"; fi
}

take_down() {
  local child
  [ -z "$names_unit" ] || systemctl stop "$names_unit" || true
  relay stop
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  for child in "${children[@]}"; do wait "$child" 2>/dev/null || true; done
  children=()
  if [ -e "$TOUR_CONNECTION" ]; then
    nmcli connection delete ubizo-tour >/dev/null 2>&1 || true
    rm -f "$TOUR_CONNECTION"
  fi
  nft -f - <<<$'table inet ubizo\ndelete table inet ubizo' 2>/dev/null || true
  [ -z "${value[INTERFACE]-}" ] || ip -4 address flush dev "${value[INTERFACE]}" scope global 2>/dev/null || true
}
