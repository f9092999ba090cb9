import type { Response } from 'openai/resources/responses/responses';
import * as z from 'zod';
import { COMMON_LANGUAGES, languageName } from '../../appliance/protocol/languages.ts';
import { BAD_BODY, type Refusal } from './refusal.ts';
import { tagged } from './sentences.ts';

/** How the answer to one request differs from what it should be. */
export type TextFault =
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly headers?: Record<string, string> }
  /** The model's own words instead of an answer. */
  | { readonly kind: 'refusal' }
  | { readonly kind: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' }
  /** Whatever it says, in place of the JSON. */
  | { readonly kind: 'text'; readonly text: string }
  /** The lines are other ones. */
  | { readonly kind: 'lines'; readonly of: (lines: Record<string, string>) => Record<string, unknown> }
  /** `silent`: no answer. `half`: one that stops in the middle. `drop`: the connection breaks. */
  | { readonly kind: 'silent' | 'half' | 'drop' };

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

const property = z.strictObject({ type: z.literal('string') });
/** The strict subset: every property is required, and there are no others. */
const strictSchema = z
  .strictObject({
    type: z.literal('object'),
    properties: z.record(z.string(), property),
    required: z.array(z.string()),
    additionalProperties: z.literal(false),
  })
  .refine(({ properties, required }) => Object.keys(properties).join('\n') === required.join('\n'));

const item = z.strictObject({
  role: z.enum(['developer', 'system', 'user', 'assistant']),
  content: z.union([
    z.string(),
    z.array(z.strictObject({ type: z.literal('input_text'), text: z.string() })),
  ]),
});

const requestBody = z.strictObject({
  model: z.string(),
  instructions: z.string().optional(),
  input: z.union([z.string(), z.array(item)]),
  text: z
    .strictObject({
      format: z
        .discriminatedUnion('type', [
          z.strictObject({ type: z.literal('text') }),
          z.strictObject({
            type: z.literal('json_schema'),
            name: z.string().regex(/^[\w-]{1,64}$/),
            strict: z.literal(true),
            schema: strictSchema,
          }),
        ])
        .optional(),
      verbosity: z.enum(['low', 'medium', 'high']).optional(),
    })
    .optional(),
  reasoning: z.strictObject({ effort: z.enum(EFFORTS) }).optional(),
  max_output_tokens: z.int().min(16).optional(),
  store: z.boolean().optional(),
  safety_identifier: z.string().max(128).optional(),
  prompt_cache_key: z.string().optional(),
});
export type TextRequest = z.infer<typeof requestBody>;

/** A body that is in order, or how it is refused. */
export function readRequest(text: string): TextRequest | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return BAD_BODY;
  }
  const read = requestBody.safeParse(body);
  if (!read.success) return refusalOf(read.error.issues[0]);
  const { model } = read.data;
  if (model.startsWith('gpt-')) return read.data;
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return {
    status: 404,
    error: { message, type: 'invalid_request_error', code: 'model_not_found', param: null },
  };
}

function refusalOf(issue: z.core.$ZodIssue | undefined): Refusal {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const param = [...(issue?.path ?? []), ...unknown].join('.');
  const code =
    unknown.length > 0
      ? 'unknown_parameter'
      : param.includes('schema')
        ? 'invalid_json_schema'
        : 'invalid_value';
  const message = `Invalid '${param}': ${issue?.message ?? ''}`;
  return { status: 400, error: { message, type: 'invalid_request_error', code, param } };
}

const data = z.object({ into: z.string(), lines: z.record(z.string(), z.string()) });

/** What the official client's types call a response, as far as this one goes. */
type Answered = Pick<
  Response,
  'id' | 'object' | 'created_at' | 'model' | 'status' | 'error' | 'incomplete_details' | 'output' | 'usage'
>;

export function responseTo(request: TextRequest, number: number, fault: TextFault | undefined): Answered {
  const text = fault?.kind === 'text' ? fault.text : saidTo(request, fault);
  const incomplete = fault?.kind === 'incomplete';
  return {
    id: `resp_${number}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1_000),
    model: request.model,
    status: incomplete ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: incomplete ? { reason: fault.reason } : null,
    output: [
      {
        type: 'message',
        id: `msg_${number}`,
        role: 'assistant',
        status: incomplete ? 'incomplete' : 'completed',
        content:
          fault?.kind === 'refusal'
            ? [{ type: 'refusal', refusal: 'I’m sorry, but I cannot help with that.' }]
            : [{ type: 'output_text', text: incomplete ? text.slice(0, -5) : text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: 400,
      input_tokens_details: { cached_tokens: 200, cache_write_tokens: 100 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 450,
    },
  };
}

/** Texts of one role, in order. */
export function textsOf({ input }: TextRequest, role: string): string[] {
  if (typeof input === 'string') return role === 'user' ? [input] : [];
  return input
    .filter((each) => each.role === role)
    .map(({ content }) => (typeof content === 'string' ? content : content.map(({ text }) => text).join('')));
}

/** Without a schema it is no translation that is wanted. */
function saidTo(request: TextRequest, fault: TextFault | undefined): string {
  const wanted = request.text?.format?.type === 'json_schema';
  return wanted ? JSON.stringify(linesOf(request, fault)) : 'Hello.';
}

/** Each tagged, with the words that the developer has settled. */
function linesOf(request: TextRequest, fault: TextFault | undefined): unknown {
  const { into, lines } = data.parse(JSON.parse(textsOf(request, 'user').at(-1) ?? '{}'));
  const language = LANGUAGES.get(into) ?? 'en';
  const terms = textsOf(request, 'developer').flatMap((text) => [
    ...text.matchAll(/^- ("[^\n]*") → ("[^\n]*")$/gm),
  ]);
  const done = Object.entries(lines).map(([key, line]): [string, string] => [
    key,
    terms.reduce(
      (text, [, term = '""', said = '""']) =>
        text.replaceAll(String(JSON.parse(term)), String(JSON.parse(said))),
      tagged(line, language),
    ),
  ]);
  const answer = Object.fromEntries(done);
  return fault?.kind === 'lines' ? fault.of(answer) : answer;
}

const LANGUAGES: ReadonlyMap<string, string> = new Map(
  [...COMMON_LANGUAGES, 'zh-Hans', 'pt-BR', 'es-MX'].map((language) => [
    languageName(language, 'en'),
    language,
  ]),
);
