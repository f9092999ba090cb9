import type { BoxProcess } from '../../box-process.ts';

const PASSWORD = 'correct horse battery';
const SETUP_CODE = 'SETUP234';

/** Who is known to a box: its owner, and guides who sign in. */
export class People {
  private readonly box: BoxProcess;
  private readonly count: number;

  constructor({ box, count }: { box: BoxProcess; count: number }) {
    this.box = box;
    this.count = count;
  }

  /** Claims the box. @returns the owner's cookie. */
  async begin(): Promise<string> {
    const claim = { setupCode: SETUP_CODE, email: 'owner@example.org', password: PASSWORD };
    const response = await this.post('/api/claim', claim);
    const [cookie = ''] = response.headers.getSetCookie();
    for (let guide = 0; guide < this.count; guide++) await this.signIn(guide, SETUP_CODE);
    return cookie.split(';')[0] ?? '';
  }

  /** @returns how long it took, ms. */
  async signIn(guide: number, setupCode?: string): Promise<number> {
    const began = performance.now();
    await this.post('/api/sign-in', {
      email: `guide${guide}@example.org`,
      password: PASSWORD,
      role: 'guide',
      create: true,
      ...(setupCode !== undefined && { setupCode }),
    });
    return performance.now() - began;
  }

  /** All of them at once. @returns how long each took, ms. */
  allAtOnce(): Promise<number[]> {
    return Promise.all(Array.from({ length: this.count }, (_, guide) => this.signIn(guide)));
  }

  private async post(path: string, body: object): Promise<Response> {
    const response = await fetch(this.box.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.arrayBuffer();
    return response;
  }
}
