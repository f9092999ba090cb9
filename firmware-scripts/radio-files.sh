# shellcheck shell=bash disable=SC2154
# Makes the programs' files of the templates and lets each program judge its own. Sourced by `radio`, after
# radio-settings.sh.

# fill TEMPLATE: with `@KEY@` replaced by its value, in one go, so that no value is read as a template.
fill() {
  local rest key
  rest=$(cat "$1")
  while [[ $rest =~ @([A-Z_]+)@ ]]; do
    key=${BASH_REMATCH[1]}
    printf '%s%s' "${rest%%"@$key@"*}" "${value[$key]}"
    rest=${rest#*"@$key@"}
  done
  printf '%s\n' "$rest"
}

# put FILE: from standard input, for root alone, whole or not at all.
put() {
  (umask 077 && cat >"$1.new")
  mv -f "$1.new" "$1"
}

hex() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }

# What phones are told: the radio's part and the names' part do not depend on each other.
work_out() {
  value[RUN]=$run
  value[SSID_HEX]=$(hex "${value[SSID]}")
  value[HW_MODE]=g value[BAND_LINES]='# 2.4 GHz'
  if [ "${value[BAND]}" = 5 ]; then value[HW_MODE]=a value[BAND_LINES]=$'ieee80211ac=1\nieee80211h=1'; fi
  # Voice into the voice queue (RFC 8325). A radio that takes no map would not start with one.
  value[QOS_MAP_LINE]='# This radio takes no QoS map.'
  if radio_can set_qos_map; then
    value[QOS_MAP_LINE]='qos_map_set=0,0,2,16,1,1,255,255,18,22,24,38,40,40,44,46,48,56'
  fi
  work_out_security
  work_out_names
  work_out_rules
}

radio_can() { [ "${value[ACCESS_POINT]}" = own ] && iw phy 2>/dev/null | grep -q "$1"; }

work_out_security() {
  local security=${value[SECURITY]} lines
  if [ "$security" = auto ]; then
    if radio_can 'SAE with AUTHENTICATE'; then security=wpa2-wpa3; else security=wpa2; fi
  fi
  lines=$'auth_algs=1\nwpa=2\nrsn_pairwise=CCMP\nwpa_passphrase='${value[PASSPHRASE]}
  case $security in
  wpa2) lines+=$'\nwpa_key_mgmt=WPA-PSK' ;;
  wpa3) lines+=$'\nwpa_key_mgmt=SAE\nieee80211w=2' ;;
  wpa2-wpa3) lines+=$'\nwpa_key_mgmt=WPA-PSK SAE\nieee80211w=1\nsae_require_mfp=1' ;;
  open) lines=$'auth_algs=1\nwpa=0' ;;
  esac
  value[SECURITY_LINES]=$lines
}

# A public address for every name that is not ours: a private one means “no Internet, no portal” to some phones.
work_out_names() {
  if [ "${value[SHARE_UPLINK]}" = yes ]; then
    value[NAMES_LINES]='# The uplink is shared: names are asked for where the box itself asks.'
  else
    value[NAMES_LINES]=$'no-resolv\nlocal=/#/\naddress=/#/198.51.100.53'
  fi
}

work_out_rules() {
  local interface=${value[INTERFACE]} private='10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, 100.64.0.0/10'
  value[CAPTIVE_LINES]="iifname \"$interface\" udp dport 53 redirect to :53
    iifname \"$interface\" tcp dport 53 redirect to :53
    iifname \"$interface\" tcp dport 80 redirect to :${value[HTTP_PORT]}
    # Brought here to be refused here. TCP by the kernel itself, at a port where nobody is: nft's own reset would bear
    # the address that it was led to, and be nothing to the phone.
    iifname \"$interface\" meta nfproto ipv4 meta l4proto tcp fib daddr type unicast redirect to :1
    iifname \"$interface\" meta nfproto ipv4 meta l4proto udp fib daddr type unicast redirect"
  value[FORWARD_LINES]="iifname \"$interface\" drop
    oifname \"$interface\" drop"
  value[RELAY_LINES]='# There is no relay.' value[RELAY_CHAIN]='# There is no relay.'
  if [ "${value[RELAY]}" = yes ]; then
    value[RELAY_LINES]='meta l4proto { tcp, udp } th dport 3478 accept'
    # The ports of relay-templates/turnserver.conf. Within the box nothing else stands between it and what is hidden.
    value[RELAY_CHAIN]="chain relayed {
    type filter hook output priority filter; policy accept;
    udp sport 61000-61999 udp dport != ${value[MEDIA_PORTS]} drop
  }"
  fi
  value[SHARING_CHAIN]='# The uplink is not shared.'
  if [ "${value[SHARE_UPLINK]}" = yes ]; then
    value[CAPTIVE_LINES]='# The uplink is shared: there is no portal.'
    value[FORWARD_LINES]="iifname \"$interface\" ip daddr { $private } reject
    iifname \"$interface\" meta nfproto ipv6 drop
    oifname \"$interface\" ct state != established,related drop"
    value[SHARING_CHAIN]="chain leaving {
    type nat hook postrouting priority srcnat; policy accept;
    oifname != \"$interface\" ip saddr ${value[NETWORK]} masquerade
  }"
  fi
}

# render FOLDER
render() {
  local folder=$1 name
  mkdir -p "$folder"
  work_out
  if [ "${value[ACCESS_POINT]}" = own ]; then
    fill "$templates/hostapd.conf" | put "$folder/hostapd.conf"
  else
    rm -f "$folder/hostapd.conf"
  fi
  fill "$templates/dnsmasq.conf" | put "$folder/dnsmasq.conf"
  # No secrets are in it, and dnsmasq may be another user already when it reads it.
  chmod 644 "$folder/dnsmasq.conf"
  for name in own tour; do fill "$templates/nftables-$name.nft" | put "$folder/nftables-$name.nft"; done
  render_names "$folder"
}

# What may change without a new start: dnsmasq reads these again on SIGHUP.
render_names() {
  local folder=$1 captive='' names
  [ ! -r "$keep/captive" ] || captive=$(cat "$keep/captive")
  is_name "$captive" || captive=''
  names="${value[NAME]} ${value[NAME]}.local ${value[NAMES]} $captive"
  # shellcheck disable=SC2086 # a list
  printf "${value[HOST_ADDRESS]} %s\n" $names | put "$folder/hosts"
  if [ -n "$captive" ]; then echo "114,\"https://$captive/portal/api\""; fi | put "$folder/dhcp-options"
  # dnsmasq reads them as its own user.
  chmod 644 "$folder/hosts" "$folder/dhcp-options"
}

need() { command -v "$1" >/dev/null || fail 4 "$1 is not installed; run: sudo $here/install-packages $2"; }

# check FOLDER: every program reads its own file. What it says goes to standard error.
check() {
  local folder=$1 said bad=0
  need dnsmasq dnsmasq-base
  need nft nftables
  said=$(dnsmasq --test --conf-file="$folder/dnsmasq.conf" 2>&1) || { bad=1 && judged dnsmasq "$said"; }
  said=$(nft -c -f "$folder/nftables-own.nft" 2>&1) || { bad=1 && judged nft "$said"; }
  said=$(nft -c -f "$folder/nftables-tour.nft" 2>&1) || { bad=1 && judged nft "$said"; }
  [ ! -f "$folder/hostapd.conf" ] || check_hostapd "$folder/hostapd.conf" || bad=1
  return $bad
}

judged() {
  # The passphrase is the only secret in these files, and hostapd repeats lines that it cannot use.
  echo "radio: $1 refuses its file: ${2//"${value[PASSPHRASE]:-<none>}"/…}" >&2
}

# hostapd cannot be asked to read only: it gets an interface that cannot be, and stops there if its file is good.
check_hostapd() {
  local trial said
  need hostapd hostapd
  trial=$(mktemp)
  sed 's/^interface=.*/interface=ubizo-no-radio/; /^ctrl_interface=/d' "$1" >"$trial"
  said=$(timeout 5 hostapd "$trial" 2>&1 || true)
  rm -f "$trial"
  if grep -Eq 'errors found in configuration file|Failed to set up interface' <<<"$said"; then
    judged hostapd "$said"
    return 1
  fi
}
