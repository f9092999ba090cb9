# shellcheck shell=bash disable=SC2154
# Trying a release before it is put in place; sourced.

# rehearse VERSION: whether release VERSION is well with a copy of the state, and its units and sudoers lines are right.
rehearse() {
  local unit=ubizo-rehearsal@$1.service well=1 tries=$((${UBIZO_HEALTHY_WITHIN:-30} * 2))
  check_system_files "$releases/$1" || return 1
  copy_state rehearsal
  # Fails also when it ends at once.
  systemctl start "$unit" || true
  while [ $tries -gt 0 ] && systemctl is-active --quiet "$unit"; do
    if healthy 18080 127.0.0.1; then
      well=0
      break
    fi
    tries=$((tries - 1))
    sleep 0.5
  done
  [ $well = 0 ] || tail -n 5 "$runtime/rehearsal.log" 2>/dev/null || true
  systemctl stop "$unit" 2>/dev/null || true
  systemctl reset-failed "$unit" 2>/dev/null || true
  as_ubizo rm -rf "$state/rehearsal"
  rm -f "$runtime/rehearsal.log"
  return $well
}

check_system_files() {
  local folder=$1 said
  if ! visudo --check --quiet --strict --file="$folder/systemd/sudoers" >/dev/null 2>&1; then
    echo 'its sudoers lines are not right'
    return 1
  fi
  # It exits with 0 also for keys that it does not know.
  said=$(systemd-analyze verify "$folder"/systemd/system/ubizo.service 2>&1 || true)
  if grep -E 'Unknown (key|section|lvalue)|Failed to parse|Invalid|not executable' <<<"$said" | grep -F ubizo; then
    echo 'its units are not right'
    return 1
  fi
}
