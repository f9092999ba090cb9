import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editedText } from './settings/edited-text.ts';
import { schema, type Settings, VARIABLES } from './settings/schema.ts';
import { conflictsOf } from './settings/together.ts';

export { portsOf } from './settings/kinds.ts';
export type { Settings } from './settings/schema.ts';

/** What is wrong with the settings, a line for each, naming the variable or the key; never a value. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/**
 * Reads the settings file, if there is one, and the environment, which wins. Each setting is checked alone, then all of
 * them together. @throws SettingsError.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const fromEnvironment = Object.fromEntries(
    Object.entries(VARIABLES)
      // A file of variables with Windows' line ends leaves a carriage return at each.
      .map(([key, variable]) => [key, environment[variable]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const data = fromEnvironment.data ?? './data';
  const named = environment.UBIZO_SETTINGS?.trim();
  const path = named || join(data, 'settings.json');
  const fromFile = readFile(path, Boolean(named));
  const nameOf = (key: string): string => {
    const inFile = key in fromFile && !(key in fromEnvironment);
    return inFile ? `${path}: "${key}"` : (VARIABLES[key as keyof Settings] ?? key);
  };
  const parsed = schema.safeParse({ ...fromFile, ...fromEnvironment });
  if (!parsed.success)
    throw new SettingsError(
      firstOfEach(parsed.error.issues).map((issue) =>
        issue.code === 'unrecognized_keys' && issue.path.length === 0
          ? `${path}: unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`
          : `${nameOf(String(issue.path[0] ?? ''))}: ${issue.message}`,
      ),
    );
  const conflicts = conflictsOf(parsed.data);
  if (conflicts.length === 0) return parsed.data;
  throw new SettingsError(
    conflicts.map(({ keys, problem }) => `${keys.map(nameOf).join(' and ')}: ${problem}`),
  );
}

/** One sentence for each setting is enough. */
function firstOfEach<T extends { readonly path: readonly PropertyKey[] }>(issues: readonly T[]): T[] {
  return issues.filter(({ path: [key] }, at) => issues.findIndex(({ path }) => path[0] === key) === at);
}

function readFile(path: string, mustExist: boolean): object {
  let text: string;
  try {
    text = editedText(readFileSync(path));
  } catch (error) {
    if (!mustExist && error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new SettingsError([`${path}: cannot be read`]);
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  } catch {
    // Said below, the same for both.
  }
  throw new SettingsError([`${path}: is not a JSON object`]);
}
