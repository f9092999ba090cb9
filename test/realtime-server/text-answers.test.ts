import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { APIError, OpenAI } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_QUOTA } from './refusal.ts';
import { RealtimeServer } from './realtime-server.ts';
import { tagged, untagged } from './sentences.ts';

const server = new RealtimeServer({ tls: true });
let client: OpenAI;

beforeAll(async () => {
  await server.start();
  setDefaultCACertificates([...getCACertificates('default'), server.certificate]);
  client = new OpenAI({ apiKey: 'sk-test', baseURL: `https://127.0.0.1:${server.port}/v1`, maxRetries: 0 });
});

afterAll(() => server.stop());

const FORMAT = {
  type: 'json_schema' as const,
  name: 'lines',
  strict: true,
  schema: {
    type: 'object',
    properties: { l01: { type: 'string' } },
    required: ['l01'],
    additionalProperties: false,
  },
};

function ask(more: object = {}, line = 'Where is the toilet?') {
  return client.responses
    .create({
      model: 'gpt-6-luna',
      input: [
        { role: 'developer', content: 'Translate.\n- "toilet" → "aseo"' },
        { role: 'user', content: JSON.stringify({ into: 'Spanish', lines: { l01: line } }) },
      ],
      text: { format: FORMAT, verbosity: 'low' },
      store: false,
      ...more,
    })
    .withResponse();
}

async function refusalOf(call: Promise<unknown>): Promise<APIError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof APIError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('the responses to text', () => {
  it('serve the official client over TLS: each line tagged with its language, with usage and quota', async () => {
    const { data, response } = await ask();
    expect(JSON.parse(data.output_text)).toEqual({ l01: 'Español: Where is the aseo?' });
    expect(data.usage?.input_tokens_details).toMatchObject({ cached_tokens: 200, cache_write_tokens: 100 });
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('499');
    expect(server.texts.requests.at(-1)?.store).toBe(false);
  });

  it('can be read backwards, in any script', () => {
    for (const language of ['es', 'ja', 'ar', 'zh-Hans'])
      expect(untagged(tagged('What? "1"', language), language)).toBe('What? "1"');
    expect(untagged('What?', 'es')).toBeUndefined();
  });

  it.each([
    ['an unknown parameter', { temperature_: 1 }, 400, 'unknown_parameter'],
    [
      'a schema with something optional',
      { text: { format: { ...FORMAT, schema: { ...FORMAT.schema, required: [] } } } },
      400,
      'invalid_json_schema',
    ],
    [
      'a schema that lets more in',
      { text: { format: { ...FORMAT, schema: { ...FORMAT.schema, additionalProperties: true } } } },
      400,
      'invalid_json_schema',
    ],
    ['an effort that there is not', { reasoning: { effort: 'some' } }, 400, 'invalid_value'],
    ['an overlong identifier', { safety_identifier: 'x'.repeat(129) }, 400, 'invalid_value'],
    ['a model that there is not', { model: 'luna' }, 404, 'model_not_found'],
  ])('refuse %s', async (_what, more, status, code) => {
    const error = await refusalOf(ask(more));
    expect([error.status, error.code]).toEqual([status, code]);
    expect(server.texts.objections.at(-1)?.error.code).toBe(code);
  });

  it('refuse a wrong key as OpenAI does, and everybody for want of credit', async () => {
    const other = client.withOptions({ apiKey: 'sk-other' });
    const wrong = await refusalOf(other.responses.create({ model: 'gpt-6-luna', input: 'Hello' }));
    expect([wrong.status, wrong.code]).toEqual([401, 'invalid_api_key']);
    server.noQuota('upgrade');
    const empty = await refusalOf(ask());
    expect([empty.status, empty.code]).toEqual([429, 'insufficient_quota']);
    server.noQuota(undefined);
  });

  it('come to nothing in every way that a test wants', async () => {
    server.texts.fault = () => ({ kind: 'incomplete', reason: 'max_output_tokens' });
    const { data: cut } = await ask();
    expect([cut.status, cut.incomplete_details?.reason]).toEqual(['incomplete', 'max_output_tokens']);
    expect(() => JSON.parse(cut.output_text) as unknown).toThrow(SyntaxError);
    server.texts.fault = () => ({ kind: 'refusal' });
    const { data: refused } = await ask();
    expect(refused.output[0]).toMatchObject({ content: [{ type: 'refusal' }] });
    server.texts.fault = () => ({ kind: 'lines', of: ({ l01 }) => ({ l01: `${l01}!` }) });
    expect(JSON.parse((await ask()).data.output_text)).toEqual({ l01: 'Español: Where is the aseo?!' });
    server.texts.fault = () => ({ kind: 'refused', refusal: NO_QUOTA, headers: { 'retry-after': '7' } });
    expect((await refusalOf(ask())).headers?.get('retry-after')).toBe('7');
    for (const kind of ['drop', 'silent', 'half'] as const) {
      server.texts.fault = () => ({ kind });
      const call = client.responses.create(
        { model: 'gpt-6-luna', input: 'Hello' },
        { signal: AbortSignal.timeout(kind === 'drop' ? 20_000 : 300) },
      );
      await expect(call).rejects.toThrow();
    }
  });
});
