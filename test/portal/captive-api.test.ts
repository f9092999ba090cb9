import { expect, test } from 'vitest';
import type { Lease } from '../../appliance/network/leases.ts';
import { OwnNames } from '../../appliance/network/own-names.ts';
import { Passes } from '../../appliance/network/portal/passes.ts';
import { Portal, type PortalRequest, type PublicCertificate } from '../../appliance/network/portal/portal.ts';

const CERTIFICATE = { name: 'k7qp.box.example.org', daysLeft: 40 };

function rig(certificate: PublicCertificate | undefined) {
  let now = 0;
  const passes = new Passes({
    leases: { of: (): Lease | undefined => undefined, subscribe: () => () => undefined },
    now: () => now,
  });
  const portal = new Portal({
    boxName: () => 'Harbour',
    names: new OwnNames({ names: () => [CERTIFICATE.name] }),
    passes,
    certificate: () => certificate,
  });
  const ask = (request: Partial<PortalRequest> = {}) =>
    portal.answer({
      secure: true,
      host: CERTIFICATE.name,
      path: '/portal/api',
      query: new URLSearchParams(),
      method: 'GET',
      userAgent: '',
      remoteAddress: '10.77.0.21',
      localAddress: '10.77.0.1',
      ...request,
    });
  const later = (hours: number): void => void (now += hours * 3_600_000);
  return { passes, ask, later };
}

test('with a certificate that phones trust, the API says whether this phone is through (RFC 8908)', () => {
  const { ask, passes } = rig(CERTIFICATE);
  const body = {
    captive: true,
    'user-portal-url': 'https://k7qp.box.example.org/portal',
    'venue-info-url': 'https://k7qp.box.example.org/',
  };
  expect(ask()).toMatchObject({ kind: 'api', body });
  passes.give('10.77.0.21');
  expect(ask()).toMatchObject({ kind: 'api', body: { ...body, captive: false } });
  expect(ask({ remoteAddress: '10.77.0.22' })).toMatchObject({ body: { captive: true } });
});

test('the API is not given over plain HTTP, nor without a certificate that phones trust', () => {
  expect(rig(CERTIFICATE).ask({ secure: false })).toEqual({ kind: 'pass' });
  expect(rig(undefined).ask()).toEqual({ kind: 'pass' });
});

test('the portal over HTTPS sends visitors to the address that needs no certificate', () => {
  const { ask } = rig(CERTIFICATE);
  expect(ask({ path: '/portal', host: `${CERTIFICATE.name}:8443` })).toMatchObject({
    kind: 'page',
    view: { address: 'http://10.77.0.1/' },
  });
});

test('a pass whose lease nobody sees end is worth nothing the next day', () => {
  const { passes, later } = rig(undefined);
  passes.give('10.77.0.21');
  later(11);
  expect(passes.has('10.77.0.21')).toBe(true);
  later(2);
  expect(passes.has('10.77.0.21')).toBe(false);
});

test('however many addresses somebody makes up, the passes do not grow without end', () => {
  const { passes } = rig(undefined);
  for (let i = 0; i < 5_000; i++) passes.give(`10.77.${i >> 8}.${i & 255}`);
  expect(passes.has('10.77.0.1')).toBe(false);
  expect(passes.has('10.77.19.135')).toBe(true);
});
