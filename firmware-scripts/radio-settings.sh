# shellcheck shell=bash disable=SC2034
# The radio's settings: read, judged, and turned into the values of the templates. Sourced by `radio`.
# `value` holds them all; a sentence for what is wrong goes to `wrong`, one line each.

declare -A value
wrong=''

complain() { wrong+="$*"$'\n'; }

# read_settings FILE
read_settings() {
  local line key number=0
  value=([INTERFACE]=wlan0 [ACCESS_POINT]=own [NAME]="$(hostname)" [SSID]='' [PASSPHRASE]='' [SECURITY]=auto
  [COUNTRY]='' [BAND]=2.4 [CHANNEL]='' [ADDRESS]=10.77.0.1/22 [LEASE]=120 [HTTP_PORT]=8080 [HTTPS_PORT]=8443
  [MEDIA_PORTS]=40000-40099 [NAMES]='' [SHARE_UPLINK]=no [RELAY]=no)
  wrong=''
  [ -r "$1" ] || { complain "$1 cannot be read" && return 1; }
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    # As Windows' editors leave it: a byte order mark before all, a carriage return behind each line.
    [ "$number" -gt 1 ] || line=${line#$'\xef\xbb\xbf'}
    line=${line%$'\r'}
    case $line in '' | '#'*) continue ;; esac
    key=${line%%=*}
    if [ "$key" = "$line" ] || [ -z "${value[$key]+known}" ]; then
      # Never the line itself: it may hold the password.
      complain "line $number: not KEY=VALUE with a key that --help names"
    elif [[ ${line#*=} =~ [[:cntrl:]] ]]; then
      complain "$key: there is a control character in it"
    elif [ -n "${line#*=}" ] || [[ $key =~ ^(SSID|PASSPHRASE|COUNTRY|CHANNEL|NAMES)$ ]]; then
      value[$key]=${line#*=}
    fi
  done <"$1"
  judge_settings
  [ -z "$wrong" ]
}

judge_settings() {
  is_interface "${value[INTERFACE]}" || complain 'INTERFACE: not the name of an interface'
  [[ ${value[ACCESS_POINT]} =~ ^(own|external)$ ]] || complain 'ACCESS_POINT: own or external'
  { is_name "${value[NAME]}" && [[ ${value[NAME]} != *.* ]]; } || complain 'NAME: letters, digits and dashes'
  local name
  for name in ${value[NAMES]}; do is_name "$name" || complain "NAMES: $name is not a host name"; done
  [[ ${value[SHARE_UPLINK]} =~ ^(yes|no)$ ]] || complain 'SHARE_UPLINK: yes or no'
  [[ ${value[RELAY]} =~ ^(yes|no)$ ]] || complain 'RELAY: yes or no'
  is_number "${value[LEASE]}" 2 1440 || complain 'LEASE: minutes, 2 to 1440'
  is_number "${value[HTTP_PORT]}" 1 65535 || complain 'HTTP_PORT: 1 to 65535'
  is_number "${value[HTTPS_PORT]}" 1 65535 || complain 'HTTPS_PORT: 1 to 65535'
  local first=${value[MEDIA_PORTS]%-*} last=${value[MEDIA_PORTS]#*-}
  { is_number "$first" 1024 65535 && is_number "$last" "$first" 65535; } ||
    complain 'MEDIA_PORTS: FIRST-LAST, 1024 to 65535'
  judge_address
  [ "${value[ACCESS_POINT]}" = external ] || judge_wifi
}

judge_wifi() {
  is_ssid "${value[SSID]}" || complain 'SSID: 1 to 32 bytes'
  [[ ${value[SECURITY]} =~ ^(auto|wpa2|wpa3|wpa2-wpa3|open)$ ]] ||
    complain 'SECURITY: auto, wpa2, wpa3, wpa2-wpa3 or open'
  [ "${value[SECURITY]}" = open ] || is_passphrase "${value[PASSPHRASE]}" ||
    complain 'PASSPHRASE: 8 to 63 printable ASCII characters'
  [[ ${value[COUNTRY]} =~ ^[A-Z]{2}$ ]] || complain 'COUNTRY: two capital letters, such as DE; the radio stays off without'
  case ${value[BAND]} in
  2.4)
    : "${value[CHANNEL]:=6}"
    is_number "${value[CHANNEL]}" 1 13 || complain 'CHANNEL: 1 to 13 at 2.4 GHz'
    ;;
  5)
    : "${value[CHANNEL]:=36}"
    [[ " 36 40 44 48 52 56 60 64 100 104 108 112 116 120 124 128 132 136 140 144 149 153 157 161 165 " == *" ${value[CHANNEL]} "* ]] ||
      complain 'CHANNEL: 36 to 64, 100 to 144 or 149 to 165, by fours, at 5 GHz'
    ;;
  *) complain 'BAND: 2.4 or 5' ;;
  esac
}

# The box has the first address of its network; phones have the rest.
judge_address() {
  local a b c d prefix host size network
  if ! [[ ${value[ADDRESS]} =~ ^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})/([0-9]{1,2})$ ]]; then
    complain 'ADDRESS: a.b.c.d/LENGTH'
    return
  fi
  a=${BASH_REMATCH[1]} b=${BASH_REMATCH[2]} c=${BASH_REMATCH[3]} d=${BASH_REMATCH[4]} prefix=${BASH_REMATCH[5]}
  local part
  for part in "$a" "$b" "$c" "$d"; do is_number "$part" 0 255 || { complain 'ADDRESS: a.b.c.d/LENGTH' && return; }; done
  is_number "$prefix" 22 28 || { complain 'ADDRESS: a length of 22 to 28' && return; }
  case "$a.$b" in
  10.* | 192.168 | 172.1[6-9] | 172.2[0-9] | 172.3[01]) ;;
  *) complain 'ADDRESS: one that nobody else has: 10.…, 172.16.… to 172.31.… or 192.168.… (RFC 1918)' ;;
  esac
  host=$((a << 24 | b << 16 | c << 8 | d)) size=$((1 << (32 - prefix)))
  network=$((host & ~(size - 1)))
  [ "$host" -eq $((network + 1)) ] || complain "ADDRESS: the first of its network, $(dotted $((network + 1)))/$prefix"
  value[HOST_ADDRESS]=$a.$b.$c.$d
  value[NETWORK]=$(dotted "$network")/$prefix
  value[NETMASK]=$(dotted $((0xffffffff & ~(size - 1))))
  value[FIRST]=$(dotted $((network + (size > 64 ? 10 : 2))))
  value[LAST]=$(dotted $((network + size - 2)))
  value[LEASES]=$size
}

dotted() { echo "$(($1 >> 24 & 255)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))"; }

# is_number TEXT LEAST MOST; ten digits would be more than bash can hold in the sums above.
is_number() { [[ $1 =~ ^(0|[1-9][0-9]{0,8})$ ]] && [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]; }
is_interface() { [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$ ]]; }
is_name() { [ ${#1} -le 253 ] && [[ $1 =~ ^[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*$ ]]; }
# Bytes, because LC_ALL=C; no control characters, which would be lines of their own in a file.
is_ssid() { [ ${#1} -ge 1 ] && [ ${#1} -le 32 ] && ! [[ $1 =~ [[:cntrl:]] ]]; }
is_passphrase() { [[ $1 =~ ^[\ -~]{8,63}$ ]]; }
