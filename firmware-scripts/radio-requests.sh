# shellcheck shell=bash disable=SC2154
# What may be asked of the radio while it runs, by whom it may be; every word of it is judged. Sourced by `radio`.

refuse() {
  if [ "${serving-no}" = yes ]; then
    echo "refused: $*"
    exit 0
  fi
  fail 1 "$*"
}

# One request on standard input, such as a socket's.
serve() {
  local wanted
  serving=yes
  IFS= read -r -t 5 -n 300 wanted || refuse 'a request was expected.'
  case $wanted in
  own) want_own ;;
  join) want_tour ;;
  'captive '*) want_captive "${wanted#captive }" ;;
  *) refuse 'there is no such request.' ;;
  esac
  echo ok
}

# What outlives a restart holds the tour's password.
make_keep() { (umask 077 && mkdir -p "$keep"); }

running() {
  local pid
  pid=$(cat "$run/pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] && kill -0 "$pid" 2>/dev/null && echo "$pid"
}

want_own() {
  local pid
  pid=$(running) || refuse 'the radio is not running.'
  make_keep
  forget_tour
  kill -HUP "$pid"
}

# The name and the password, a line each; an empty password is an open network.
want_tour() {
  local pid ssid passphrase=''
  pid=$(running) || refuse 'the radio is not running.'
  command -v nmcli >/dev/null || refuse 'network-manager is not installed.'
  grep -q '^joinable=yes$' "$run/state" || refuse 'this box has no radio of its own.'
  IFS= read -r -t 5 -n 64 ssid || refuse 'the name of the Wi-Fi was expected.'
  IFS= read -r -t 5 -n 80 passphrase || [ -n "$passphrase" ] || refuse 'the password of the Wi-Fi was expected.'
  is_ssid "$ssid" || refuse 'the name of a Wi-Fi has 1 to 32 bytes.'
  [ -z "$passphrase" ] || is_passphrase "$passphrase" || refuse 'the password of a Wi-Fi has 8 to 63 characters.'
  make_keep
  printf '%s\n%s\n' "$ssid" "$passphrase" | put "$keep/tour"
  kill -HUP "$pid"
}

# Phones that join from now on are told, or no longer.
want_captive() {
  local pid before=''
  [ "$1" = off ] || { is_name "$1" && [[ $1 == *.* ]]; } || refuse 'that is not a public host name.'
  make_keep
  before=$(cat "$keep/captive" 2>/dev/null || true)
  [ "${before:-off}" != "$1" ] || return 0
  if [ "$1" = off ]; then rm -f "$keep/captive"; else echo "$1" | put "$keep/captive"; fi
  pid=$(running) || return 0
  kill -USR1 "$pid"
}

# For what may begin only then. A start takes a moment to say anything.
await_up() {
  local waited=0
  until grep -qs '^phase=up$' "$run/state" && running >/dev/null; do
    [ $waited -lt 10 ] || running >/dev/null || fail 1 'the network did not come up'
    sleep 0.2
    waited=$((waited + 1))
  done
}

# For who asked by hand: how it went.
await_switch() {
  local waited=0
  sleep 3
  while grep -q '^phase=switching$' "$run/state" && [ $waited -lt $((patience + 30)) ]; do
    sleep 1
    waited=$((waited + 1))
  done
  cat "$run/state"
  grep -q '^phase=up$' "$run/state" && ! grep -q '^problem=' "$run/state"
}
