import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeRecording } from '../microphone/whole-recording.ts';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser } from '../browser.ts';
import { follows, envelope } from './sound.ts';
import { Visitor } from './visitor.ts';
import { openPhoneDesk } from './phone-desk.ts';

describe('a guide whose phone is the microphone', () => {
  let box: Box;
  let guides: Browser;
  let visitors: Browser;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: 'none' });
    guides = await launchBrowser({ capture: REHEARSAL });
    visitors = await launchBrowser();
  });

  afterAll(async () => {
    await guides.close();
    await visitors.close();
    await box.stop();
  });

  it('is heard by a visitor', async () => {
    const tour = await box.createTour({ name: 'On the phone', floorLanguage: 'en', languages: ['es'] });
    const desk = await openPhoneDesk(guides, box);
    await desk.getByRole('button', { name: 'Start', exact: true }).click();

    const visitor = await Visitor.open(visitors, `${box.url}/j/${tour.code}`);
    await visitor.listen('English');
    await visitor.plays(10);
    const heard = envelope(await visitor.heard(), { ms: 20, rate: 48_000 });
    const source = envelope(await wholeRecording(REHEARSAL), { ms: 20, rate: 24_000 });
    // The browser's own noise suppression and gain change the sound a little.
    expect(follows(heard.slice(50, -10), source)).toBeGreaterThan(0.7);
    await visitor.close();
    await desk.context().close();
  });
});
