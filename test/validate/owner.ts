import { tourDeskView, type TourDeskView } from '../../appliance/protocol/views.ts';

const EMAIL = 'owner@example.org';
const PASSWORD = 'a stone bridge';

/** Whose box it is. */
export class Owner {
  url = '';
  private cookie = '';

  async claim(url: string, setupCode: string): Promise<void> {
    this.url = url;
    const answer = await this.call('POST', '/api/claim', { setupCode, email: EMAIL, password: PASSWORD });
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  /** @throws what the box says, where it refuses. */
  async call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  async tour(method: string, path: string, body?: unknown): Promise<TourDeskView> {
    return tourDeskView.parse(await (await this.call(method, path, body)).json());
  }
}
