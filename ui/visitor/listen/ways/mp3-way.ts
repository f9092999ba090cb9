import type { Way, WayOnOffer } from './way.ts';

/** A plain stream over HTTP in the page's own element: seconds late, and through nearly everything. */
export const mp3Way: WayOnOffer = {
  name: 'mp3',
  make: async (parts): Promise<Way> => {
    const { Mp3Sound } = await import('./mp3-sound.ts');
    return new Mp3Sound(parts);
  },
};
