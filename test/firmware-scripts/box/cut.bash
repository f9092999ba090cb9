# shellcheck shell=bash
# Read by every bash of an update (BASH_ENV), to stop it at a step: CUT_AT is FUNCTION or FUNCTION:COUNT, the power is
# to be cut as the function is entered for the COUNTth time.
set -o functrace
cut_function=${CUT_AT%:*}
cut_count=${CUT_AT#"$cut_function"}
cut_count=${cut_count#:}
cut_count=${cut_count:-1}
cut_before=''
cut_here() {
  local now=${FUNCNAME[1]-}
  if [ "$now" = "$cut_function" ] && [ "$cut_before" != "$now" ]; then
    cut_count=$((cut_count - 1))
    if [ "$cut_count" -eq 0 ]; then
      echo "$now" >/root/cut-here
      sleep infinity
    fi
  fi
  cut_before=$now
}
trap cut_here DEBUG
