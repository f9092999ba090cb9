# shellcheck shell=bash disable=SC2154
# Trying a release before it is put in place; sourced.

# rehearse FOLDER: whether the release in it is well with a copy of the state, and its units and sudoers lines are
# right. It hears no microphone, calls nobody and listens on other ports, and only for this machine.
rehearse() {
  local folder=$1 pid well=1 tries=60
  check_system_files "$folder" || return 1
  copy_state rehearsal
  (
    cd "$folder" || exit
    exec runuser -u ubizo -- env -i PATH="$PATH" NODE_ENV=production UBIZO_INSTALL=no UBIZO_LOG=warn \
      UBIZO_DATA="$state/rehearsal" UBIZO_SETTINGS="$settings" UBIZO_HOST=127.0.0.1 UBIZO_HTTP_PORT=18080 \
      UBIZO_HTTPS_PORT=18443 UBIZO_MEDIA_PORTS=42000-42099 UBIZO_MICROPHONE=none UBIZO_INTERPRETER=none \
      UBIZO_ANNOUNCE=no ./node appliance/main.ts
  ) >"$runtime/rehearsal.log" 2>&1 9>&- &
  pid=$!
  while [ $tries -gt 0 ] && kill -0 $pid 2>/dev/null; do
    if healthy 18080; then
      well=0
      break
    fi
    tries=$((tries - 1))
    sleep 0.5
  done
  [ $well = 0 ] || tail -n 5 "$runtime/rehearsal.log"
  # runuser passes it on.
  kill $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  runuser -u ubizo -- rm -rf "$state/rehearsal"
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
