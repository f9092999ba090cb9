import { expect, fixture, html } from '@open-wc/testing';
import type { BoxStateView } from '../../../appliance/protocol/box-state.ts';
import type { BoxState } from '../../../ui/guide/box/box-state.ts';
import '../../../ui/guide/box/box-state.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

const OWN = { network: 'own', phase: 'up', ssid: 'Ubizo K7QP', canJoin: true } as const;

function view(change: Partial<BoxStateView> = {}): BoxStateView {
  return {
    version: '0.1.0',
    guideUrl: 'http://ubizo-k7qp.local/guide',
    wifi: OWN,
    phones: 17,
    uplink: { via: 'mobile', online: true },
    board: {
      temperatureC: 52,
      power: 'good',
      battery: { percent: 73, charging: true },
      storage: { freeBytes: 20.4e9, totalBytes: 31.1e9 },
    },
    use: { listeners: 12, mostListeners: 350, modelSessions: 2, outside: [] },
    narrowest: { of: 'heat', used: 0.3 },
    ...change,
  };
}

describe('the state of the box', () => {
  let http: FakeHttp;
  let page: BoxState;

  beforeEach(() => {
    http = new FakeHttp();
    http.on('GET /api/box/state', () => json(view()));
    http.on('GET /api/box/check-up', () => json({ possible: false }));
    http.on('GET /api/box/last-hour', () => json(HOUR));
  });

  afterEach(() => http.restore());

  async function open({ owner = false }: { owner?: boolean } = {}): Promise<void> {
    page = await fixture<BoxState>(html`<ubizo-box-state ?owner=${owner} .lookMs=${50}></ubizo-box-state>`);
    await waitUntil(() => deep(page, 'dl'));
  }

  const now = (): string => text(page, '[aria-labelledby=state]');
  const wifi = (): string => {
    const panel = deep(page, 'ubizo-wifi-panel')!;
    const notices = [...panel.shadowRoot!.querySelectorAll('ubizo-notice')].map(({ text }) => text);
    return [text(page, 'ubizo-wifi-panel'), ...notices].join(' ').replaceAll(/[\u2068\u2069]/gu, '');
  };
  const says = (is: BoxStateView): void => http.on('GET /api/box/state', () => json(is));

  it('is accessible, with the form open and a check-up', async () => {
    http.on('GET /api/box/check-up', () => json({ possible: true, last: CHECKED }));
    says(view({ board: { power: 'weak', storage: { freeBytes: 1e6, totalBytes: 8e9 } } }));
    await open({ owner: true });
    deep<HTMLDetailsElement>(page, 'details')!.open = true;
    await waitUntil(() => deep(page, 'ubizo-check-up', 'li'));
    await expectAccessible(page);
  });

  it('says what is well in a word each', async () => {
    await open();
    for (const words of ['17', 'Mobile', '73%, charging', '52°C', 'Good', '20.4 GB of 31.1 GB', '0.1.0'])
      expect(now()).to.contain(words);
    expect(deep(page, '.advice')).to.equal(null);
    expect(wifi()).to.contain('Its own Wi-Fi “Ubizo K7QP”');
    expect(deep(page, 'ubizo-check-up'), 'the owner’s').to.equal(null);
  });

  it('says of all that is not what to do', async () => {
    says(
      view({
        uplink: { via: 'none', online: false },
        board: {
          temperatureC: 86,
          power: 'hot',
          battery: { percent: 9, charging: false },
          storage: { freeBytes: 4e8, totalBytes: 31e9 },
        },
      }),
    );
    await open();
    for (const words of ['needs the Internet', 'into the shade', 'Plug in the box', 'Delete tours'])
      expect(now()).to.contain(words);
  });

  it('says how full it is, and what outside does not answer', async () => {
    const outside = [
      { kind: 'interpreting', state: 'open' },
      { kind: 'ice', state: 'half-open' },
    ] as const;
    says(view({ use: { listeners: 340, mostListeners: 350, modelSessions: 0, outside: [...outside] } }));
    await open();
    for (const words of [
      '340 of 350 Almost full.',
      'Translation service Does not answer The box tries again by itself.',
      'Relay servers Is being tried again',
    ])
      expect(now()).to.contain(words);
    says(view({ use: { listeners: 350, mostListeners: 350, modelSessions: 0, outside: [] } }));
    await waitUntil(() => now().includes('Full. Whoever comes now can only read along.'));
    expect(now()).not.to.contain('Relay servers');
  });

  it('says in words what runs out first, and what to do once it is near', async () => {
    await open();
    expect(now()).to.contain('What runs out first Temperature, 30% in use');
    const advice = {
      processor: 'longer packets',
      listeners: 'only read along',
      air: 'access points on the box’s cable',
      'access-point': 'about ten phones',
      uplink: 'Offer fewer languages',
      heat: 'into the shade',
      storage: 'Delete tours',
      money: 'Raise the budget',
    } as const;
    for (const [of, words] of Object.entries(advice)) {
      says(view({ narrowest: { of: of as keyof typeof advice, used: 1.2 } }));
      await waitUntil(() => now().includes(words) && now().includes('100% in use'));
    }
  });

  it('shows the owner the last hour once they ask for it, as curves and as a table', async () => {
    await open({ owner: true });
    expect(http.asked('GET /api/box/last-hour').length, 'only when it is opened').to.equal(0);
    deep<HTMLDetailsElement>(page, 'ubizo-hour-panel', 'details')!.open = true;
    await waitUntil(() => deep(page, 'ubizo-hour-panel', 'ubizo-hour-curves', 'ubizo-curve-plot', 'canvas'));
    const curves = deep(page, 'ubizo-hour-panel', 'ubizo-hour-curves')!.shadowRoot!;
    expect(curves.querySelectorAll('ubizo-curve-plot').length).to.equal(6);
    const shown = [...curves.querySelectorAll('.key')].map(({ textContent }) => textContent.trim());
    expect(shown).to.deep.equal([
      '9',
      '90%',
      '4.2 sec',
      'All of it: 21%Busiest part: 12%',
      '–',
      'From the box: 1,040 kb/sTo the box: 760 kb/s',
    ]);
    curves.querySelector('details')!.open = true;
    const row = [...curves.querySelectorAll('tbody tr')].map(({ children }) => children[1]?.textContent);
    expect(row, 'the newest first, one for five minutes').to.deep.equal(['9', '5', '1']);
    expect(curves.querySelectorAll('thead th[scope=col]').length).to.equal(9);
    // Drawn in the colours of the page, on a canvas that is as wide as its place.
    const plot = deep(page, 'ubizo-hour-panel', 'ubizo-hour-curves', 'ubizo-curve-plot')!;
    const canvas = plot.shadowRoot!.querySelector('canvas')!;
    expect(Math.round(canvas.getBoundingClientRect().width)).to.equal(plot.clientWidth);
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    expect(
      data.some((value) => value > 0),
      'something is drawn',
    ).to.equal(true);
    await expectAccessible(page);
  });

  it('gives the owner a report to hand on, after it has made sure that they are signed in', async () => {
    await open({ owner: true });
    const link = deep<HTMLAnchorElement>(page, 'ubizo-report-panel', 'a')!;
    expect(link.getAttribute('href')).to.equal('/api/diagnostics.zip');
    let followed = 0;
    page.addEventListener('click', (event) => {
      if (event.defaultPrevented) return;
      followed++;
      event.preventDefault();
    });
    link.click();
    await waitUntil(() => followed === 1);
    expect(http.asked('GET /api/box/last-hour').length).to.equal(1);
  });

  it('leaves out what the machine does not tell', async () => {
    const { wifi: _wifi, phones: _phones, ...rest } = view({ uplink: { via: 'cable' }, board: {} });
    says(rest);
    await open();
    expect(deep(page, 'ubizo-wifi-panel')).to.equal(null);
    expect(now()).to.equal(
      'Now What runs out first Temperature, 30% in use Phones that listen 12 of 350 Internet By cable Languages at the translation service 2 Version 0.1.0',
    );
  });

  function join(ssid: string, passphrase: string): void {
    deep<HTMLDetailsElement>(page, 'details')!.open = true;
    deep<HTMLInputElement>(page, '#ssid')!.value = ssid;
    deep<HTMLInputElement>(page, '#passphrase')!.value = passphrase;
    deep<HTMLInputElement>(page, '#ssid')!.form!.requestSubmit();
  }

  it('joins the tour’s Wi-Fi: says what to do while the box is away, and that it has worked', async () => {
    http.on('POST /api/box/wifi', () => json(view(), 202));
    await open();
    join('Museum', 'correct horse');
    await waitUntil(() => wifi().includes('Put this phone into “Museum” too.'));
    expect(JSON.parse(http.asked('POST /api/box/wifi')[0]!.body)).to.deep.equal({
      network: 'tour',
      ssid: 'Museum',
      passphrase: 'correct horse',
    });
    expect(wifi()).to.contain('http://ubizo-k7qp.local/guide');
    expect(deep(page, '#ssid'), 'one at a time').to.equal(null);

    http.off('GET /api/box/state');
    const asked = http.calls.length;
    await waitUntil(() => http.calls.length > asked + 1);
    expect(text(page, ':scope > ubizo-notice'), 'that the box is away is no news').to.equal('');
    expect(wifi()).to.contain('Put this phone into “Museum” too.');

    says(view({ wifi: { ...OWN, network: 'tour', ssid: 'Museum' } }));
    await waitUntil(() => wifi().includes('The switch has worked.'));
    expect(wifi()).to.contain('In the tour’s Wi-Fi “Museum”');
    expect(wifi()).to.contain('Back to its own Wi-Fi');
  });

  it('says when the box had to come back, and lets one try again', async () => {
    http.on('POST /api/box/wifi', () => json(view(), 202));
    await open();
    join('Museum', 'wrong horse');
    await waitUntil(() => wifi().includes('The box is joining'));
    says(view({ wifi: { ...OWN, phase: 'switching' } }));
    await waitUntil(() => wifi().includes('The Wi-Fi is being switched…'));
    says(view({ wifi: { ...OWN, problem: 'not_joined' } }));
    await waitUntil(() => wifi().includes('could not be joined'));
    expect(deep(page, '#ssid')).not.to.equal(null);
  });

  it('goes back to the box’s own Wi-Fi', async () => {
    says(view({ wifi: { ...OWN, network: 'tour', ssid: 'Museum' } }));
    http.on('POST /api/box/wifi', () => json(view(), 202));
    await open();
    deep<HTMLButtonElement>(page, 'ubizo-wifi-panel', 'button')!.click();
    await waitUntil(() => http.asked('POST /api/box/wifi').length === 1);
    expect(JSON.parse(http.asked('POST /api/box/wifi')[0]!.body)).to.deep.equal({ network: 'own' });
  });

  it('says why a switch has to wait', async () => {
    http.on('POST /api/box/wifi', () => refuse('tour_state', 409));
    await open();
    join('Museum', '');
    await waitUntil(() => wifi().includes('A tour is live. Pause or end it first'));
  });

  it('shows the owner what a check-up found, what is to be done first, and makes a new one', async () => {
    http.on('GET /api/box/check-up', () => json({ possible: true, last: CHECKED }));
    await open({ owner: true });
    await waitUntil(() => deep(page, 'ubizo-check-up', 'li'));
    const checkUp = (): string => text(page, 'ubizo-check-up');
    expect(checkUp()).to.contain('To be done: 1');
    expect(text(page, 'ubizo-check-up', 'li')).to.equal('! To be done: Storage almost full delete old tours');
    http.on('POST /api/box/check-up', () => json({ ...CHECKED, well: true, checks: [CHECKED.checks[0]] }));
    deep<HTMLButtonElement>(page, 'ubizo-check-up', 'button')!.click();
    await waitUntil(() => checkUp().includes('All is well.'));
  });

  it('says that a box that is not installed cannot be checked', async () => {
    await open({ owner: true });
    await waitUntil(() => text(page, 'ubizo-check-up').includes('Only an installed box'));
  });
});

const CHECKED = {
  at: Date.UTC(2026, 10, 21),
  well: false,
  checks: [
    { name: 'microphone', state: 'ok', text: 'heard' },
    { name: 'disk', state: 'mend', text: 'almost full', remedy: 'delete old tours' },
  ],
};

/** Ten minutes in which phones came. */
const HOUR = {
  everyMs: 10_000,
  samples: Array.from({ length: 10 }, (_, index) => ({
    at: Date.UTC(2026, 10, 21, 12) + index * 75_000,
    listeners: index,
    packetsPerSecond: 17 * index,
    hearWell: 0.9,
    lagMs: 4_200,
    cpu: 0.21,
    thread: 0.12,
    upKbps: 1_040,
    downKbps: 760,
  })),
};
