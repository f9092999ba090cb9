/** What would end a field is marked by a backslash. */
const field = (value: string): string => value.replace(/[\\;,:"]/g, String.raw`\$&`);

/** A Wi-Fi as phones read it off a QR code (WPA3 specification, 7.1, in the form that all of them know). */
export function wifiUri({ ssid, passphrase }: { ssid: string; passphrase?: string | undefined }): string {
  return passphrase === undefined || passphrase === ''
    ? `WIFI:T:nopass;S:${field(ssid)};;`
    : `WIFI:T:WPA;S:${field(ssid)};P:${field(passphrase)};;`;
}
