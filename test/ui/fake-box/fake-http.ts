import type { ErrorCode } from '../../../appliance/protocol/errors.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Headers;
}

type Answer = (call: Call) => Response | Promise<Response>;

export const json = (body: unknown, status = 200): Response => Response.json(body, { status });

export const refuse = (code: ErrorCode, status = 400): Response =>
  json({ error: { code, message: `The box says ${code}.` } }, status);

/** Stands in for `fetch`: answers by method and path, remembers what was asked. An unknown path is an error. */
export class FakeHttp {
  readonly calls: Call[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly real = window.fetch;

  constructor() {
    window.fetch = async (input, init) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input, location.href);
      const call: Call = {
        method: init?.method ?? 'GET',
        path: pathname + search,
        body: typeof init?.body === 'string' ? init.body : '',
        headers: new Headers(init?.headers),
      };
      this.calls.push(call);
      const answer = this.answers.get(`${call.method} ${pathname}`);
      if (!answer) throw new TypeError(`Nobody answers ${call.method} ${pathname}.`);
      return answer(call);
    };
  }

  on(route: string, answer: Answer): void {
    this.answers.set(route, answer);
  }

  off(route: string): void {
    this.answers.delete(route);
  }

  asked(route: string): Call[] {
    return this.calls.filter(({ method, path }) => `${method} ${path.split('?', 1)[0]}` === route);
  }

  restore(): void {
    window.fetch = this.real;
  }
}
