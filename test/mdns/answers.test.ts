import { type Answer, encode, type Packet } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Announcement } from '../../appliance/network/announcement/announcement.ts';
import { Neighbour, recordsIn, type Seen } from './neighbour.ts';

/** Others may be at the same tests on this machine. */
const RUN = 1 + Math.floor(Math.random() * 250);
const NAME = `ubizo-${RUN}`;
const BOX = `127.8.${RUN}.1`;
const HOST = `${NAME}.local`;
const KIND = '_http._tcp.local';
const SERVICE = `${NAME}.${KIND}`;
const A: Answer = { name: HOST, type: 'A', ttl: 120, data: BOX };
const PTR: Answer = { name: KIND, type: 'PTR', ttl: 4_500, data: SERVICE };

let announcement: Announcement;
/** Speaks multicast DNS. */
let neighbour: Neighbour;
/** Speaks plain DNS from a port of its own, as Android's resolver and `dig` do. */
let resolver: Neighbour;

beforeAll(async () => {
  neighbour = new Neighbour(`127.8.${RUN}.9`, { only: BOX });
  resolver = new Neighbour(`127.8.${RUN}.8`, { port: 0, group: false });
  announcement = new Announcement({
    name: NAME,
    addresses: () => [BOX],
    own: () => [BOX],
    offers: () => [{ type: 'http', port: 80, txt: { path: '/' } }],
    log: silentLog(),
    lookMs: 50,
  });
  announcement.start();
  // The last of the announcements: nothing comes from then on that was not asked for.
  for (let from = 0, i = 0; i < 3; i++) {
    const seen = await neighbour.response(({ answers = [] }) => answers.length > 1, from);
    from = neighbour.heard.indexOf(seen) + 1;
  }
});

afterAll(async () => {
  await Promise.all([announcement.stop(), neighbour.stop(), resolver.stop()]);
});

const question = (name: string, type: string): Packet => ({ questions: [{ name, type: type as 'A' }] });
const about = (name: string, type: string) => (packet: Seen) =>
  recordsIn(packet).some((record) => record.name === name && record.type === type);
const absence = (packet: Seen): unknown => recordsIn(packet).find(({ type }) => type === 'NSEC')?.data;
/** Nothing can be waited for: answers come within half a second. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

describe('a resolver of plain DNS (RFC 6762, 6.7)', () => {
  it('is answered at its own port, with its identifier and question, for a short while', async () => {
    await resolver.ask({ id: 0xbeef, flags: 0x01_00, ...question(HOST.toUpperCase(), 'A') });
    const answer = await resolver.response(about(HOST, 'A'));
    expect(answer.id).toBe(0xbeef);
    expect(answer.questions).toEqual([{ name: HOST.toUpperCase(), type: 'A', class: 'IN' }]);
    expect(answer).toMatchObject({ flag_aa: true, flag_tc: false, flag_rd: true });
    const records = recordsIn(answer);
    expect(records).toContainEqual(expect.objectContaining({ name: HOST, type: 'A', data: BOX }));
    for (const { ttl, flush } of records) {
      expect(ttl).toBeLessThanOrEqual(10);
      expect(ttl).toBeGreaterThan(0);
      expect(flush).toBe(false);
    }
  });

  it('is told what there is not, of a type without a name too', async () => {
    await resolver.ask({ id: 7, ...question(HOST, 'AAAA') });
    const answer = await resolver.response(({ id }) => id === 7);
    expect(absence(answer)).toEqual({ nextDomain: HOST, rrtypes: ['A'] });
    // HTTPS (RFC 9460) is 65.
    const asking = encode({ type: 'query', id: 8, ...question(HOST, 'A') });
    asking.writeUInt16BE(65, asking.length - 4);
    await resolver.sendRaw(asking);
    const https = await resolver.response(({ id }) => id === 8);
    expect(https.raw.subarray(12, asking.length)).toEqual(asking.subarray(12));
    expect(absence(https)).toEqual({ nextDomain: HOST, rrtypes: ['A'] });
  });

  it('finds what the box offers in one answer that plain DNS can carry', async () => {
    await resolver.ask({ id: 9, ...question(KIND, 'PTR') });
    const answer = await resolver.response(({ id }) => id === 9);
    expect(answer.raw.length).toBeLessThanOrEqual(512);
    const types = recordsIn(answer).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['PTR', 'SRV', 'TXT', 'A']));
  });

  it('hears nothing of names that are not the box’s', async () => {
    await resolver.ask({ id: 10, ...question('somebody.local', 'A') });
    await resolver.ask({ id: 11, ...question('_ipp._tcp.local', 'PTR') });
    // Other boxes may offer the same: that this one has no address under it says nothing.
    await resolver.ask({ id: 12, ...question(KIND, 'A') });
    await resolver.ask({ id: 13, ...question(HOST, 'A') });
    await resolver.response(({ id }) => id === 13);
    expect(resolver.heard.map(({ id }) => id).filter((id = 0) => id >= 10 && id < 20)).toEqual([13]);
  });
});

describe('a neighbour (RFC 6762, 6)', () => {
  it('hears the answer with everybody else, without a question and without an identifier', async () => {
    const from = neighbour.heard.length;
    await neighbour.ask({ id: 99, ...question(HOST, 'A') });
    const answer = await neighbour.response(about(HOST, 'A'), from);
    expect(answer).toMatchObject({ id: 0, questions: [], flag_aa: true });
    expect(answer.answers).toEqual([
      expect.objectContaining({ type: 'A', data: BOX, ttl: 120, flush: true }),
    ]);
    // It has no other kind of address, and says so at once (6.2).
    expect(absence(answer)).toEqual({ nextDomain: HOST, rrtypes: ['A'] });
  });

  it('is told what a name of the box’s does not have (6.1)', async () => {
    const from = neighbour.heard.length;
    await neighbour.ask(question(HOST, 'AAAA'));
    const answer = await neighbour.response((packet) => absence(packet) !== undefined, from);
    expect(answer.answers).toEqual([
      expect.objectContaining({
        name: HOST,
        type: 'NSEC',
        flush: true,
        ttl: 120,
        data: { nextDomain: HOST, rrtypes: ['A'] },
      }),
    ]);
    await neighbour.ask(question(SERVICE, 'A'));
    const service = await neighbour.response(about(SERVICE, 'NSEC'), from);
    expect(absence(service)).toEqual({ nextDomain: SERVICE, rrtypes: ['TXT', 'SRV'] });
  });

  it('is not told what it knows, unless it is about to forget it (7.1)', async () => {
    const from = neighbour.heard.length;
    await neighbour.ask({ ...question(HOST, 'A'), answers: [{ ...A, ttl: 60 }] });
    await neighbour.ask({ ...question(KIND, 'PTR'), answers: [{ ...PTR, data: SERVICE.toUpperCase() }] });
    await neighbour.ask({
      ...question(HOST, 'AAAA'),
      answers: [{ name: HOST, type: 'NSEC', ttl: 120, data: { nextDomain: HOST, rrtypes: ['A'] } }],
    });
    await quiet();
    expect(neighbour.heard.slice(from)).toEqual([]);
    await neighbour.ask({ ...question(HOST, 'A'), answers: [{ ...A, ttl: 59 }] });
    await neighbour.response(about(HOST, 'A'), from);
  });

  it('may tell in several messages what it knows (7.2)', async () => {
    const from = neighbour.heard.length;
    const truncated = 0x02_00;
    await neighbour.ask({ ...question(KIND, 'PTR'), flags: truncated });
    await neighbour.ask({ questions: [], answers: [PTR] });
    await quiet();
    expect(neighbour.heard.slice(from)).toEqual([]);
    await neighbour.ask({ ...question(KIND, 'PTR'), flags: truncated });
    await neighbour.response(about(KIND, 'PTR'), from);
  });

  it('that wants an answer alone gets it alone, with its identifier (5.4)', async () => {
    const alone = new Neighbour(`127.8.${RUN}.7`, { group: false });
    try {
      const from = neighbour.heard.length;
      await alone.ask({ id: 21, ...question(HOST, 'A') }, { unicast: true });
      const answer = await alone.response(about(HOST, 'A'));
      expect(answer).toMatchObject({ id: 21, flag_aa: true });
      expect(answer.answers).toEqual([expect.objectContaining({ ttl: 120, flush: true })]);
      await quiet();
      expect(neighbour.heard.slice(from)).toEqual([]);
    } finally {
      await alone.stop();
    }
  });

  it('hears two answers in one message when it asks two questions (6.3)', async () => {
    const from = neighbour.heard.length;
    const { questions: host = [] } = question(HOST, 'A');
    const { questions: text = [] } = question(SERVICE, 'TXT');
    await neighbour.ask({ questions: [...host, ...text] });
    const answer = await neighbour.response(about(HOST, 'A'), from);
    expect((answer.answers ?? []).map(({ type }) => type)).toEqual(['A', 'TXT']);
  });

  it('hears a record once a second at most, however often it asks', async () => {
    const from = neighbour.heard.length;
    for (let i = 0; i < 20; i++) await neighbour.ask(question(HOST, 'A'));
    await neighbour.response(about(HOST, 'A'), from);
    for (let i = 0; i < 20; i++) await neighbour.ask(question(HOST, 'A'));
    await quiet();
    expect(neighbour.heard.slice(from).filter(about(HOST, 'A'))).toHaveLength(1);
  });

  it('that would take the name hears at once whose it is, each time it asks (8.1)', async () => {
    const from = neighbour.heard.length;
    const theirs: Answer = { ...A, data: `127.8.${RUN}.9` };
    for (let i = 0; i < 3; i++) {
      await neighbour.ask({ ...question(HOST, 'ANY'), authorities: [theirs] });
      await neighbour.response(about(HOST, 'A'), from + i);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(neighbour.heard.slice(from).filter(about(HOST, 'A')).length).toBeGreaterThanOrEqual(3);
  });

  it('is not answered when it asks for another class, or with an operation of its own (18.3)', async () => {
    const from = neighbour.heard.length;
    await neighbour.ask({ questions: [{ name: HOST, type: 'A', class: 'CH' }] });
    await neighbour.ask({ ...question(HOST, 'A'), flags: 2 << 11 });
    await neighbour.ask({ ...question(HOST, 'A'), flags: 3 });
    for (const broken of ['', 'ff', '000000000001000000000000c00c00010001', '0000000000ff0000000000000161'])
      await neighbour.sendRaw(Buffer.from(broken, 'hex'));
    await quiet();
    expect(neighbour.heard.slice(from)).toEqual([]);
  });
});
