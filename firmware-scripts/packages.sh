# shellcheck shell=bash disable=SC2034
# The Debian packages of a box; sourced.

# Without one of these there is no box.
PACKAGES_NEEDED=(
  alsa-utils # arecord, amixer: the microphone
  ca-certificates
  curl         # updates, check-ups
  dnsmasq-base # addresses and names for visitors
  hostapd      # the box's own Wi-Fi
  iproute2
  iw              # the radio's country, who is on it
  network-manager # joining a tour's Wi-Fi
  nftables        # the portal, and what visitors may reach
  openssl         # signatures, certificates
  procps          # sysctl
  rfkill
  sudo
  util-linux     # flock, findmnt, lsblk
  wireless-regdb # what each country allows
  xz-utils       # releases
)

# Without these it does less, and says so.
PACKAGES_WANTED=(
  chrony       # the right time, when there is an uplink
  fake-hwclock # nearly the right time, when there is none and no clock on the board
  pocketsphinx # interpreting without an uplink: these and the next
  pocketsphinx-en-us
  apertium
  apertium-eng-spa
  apertium-eng-cat
  espeak-ng
)
