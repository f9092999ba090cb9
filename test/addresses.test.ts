import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { inUrl, isLocalNetwork, lanAddresses, mediaAddresses } from '../appliance/network/addresses.ts';

test('media is offered at the address that the caller reached the box by', () => {
  expect(mediaAddresses('192.168.4.1')).toEqual(['192.168.4.1']);
  expect(mediaAddresses('::ffff:10.0.0.1')).toEqual(['10.0.0.1']);
  expect(mediaAddresses('fd00::2')).toEqual(['fd00::2']);
});

test('an address stands in a URL as a URL has it', () => {
  expect([inUrl('10.0.0.1'), inUrl('::1'), inUrl('fd00::2')]).toEqual(['10.0.0.1', '[::1]', '[fd00::2]']);
});

test('a browser on the box itself is offered exactly one address of the LAN, or loopback', () => {
  const here = [lanAddresses()[0] ?? '127.0.0.1'];
  for (const address of ['127.0.0.1', '::1', 'fe80::1%wlan0', '::ffff:127.0.0.1', undefined])
    expect(mediaAddresses(address)).toEqual(here);
});

test('the LAN’s addresses are this machine’s own, without loopback', () => {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  for (const address of lanAddresses()) {
    expect(own.some((each) => each.address === address && each.family === 'IPv4')).toBe(true);
    expect(address).not.toMatch(/^127\./);
  }
});

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '192.168.1.9',
  '172.16.0.1',
  '172.31.255.1',
  '169.254.1.1',
  '::1',
  '::ffff:10.0.0.1',
  'fd00::1',
  'fe80::1',
])('%s is on the local network', (address) => {
  // prettier-ignore
  expect(isLocalNetwork(address)).toBe(true);
});

test.each([
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '11.0.0.1',
  '192.169.0.1',
  '::ffff:8.8.8.8',
  '2001:db8::1',
  '::2',
  '',
  undefined,
])('%s is not', (address) => {
  // prettier-ignore
  expect(isLocalNetwork(address)).toBe(false);
});
