import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOX_PROGRAMS, TEST_PROGRAMS } from '../../appliance/health/programs.ts';

const SCRIPT = fileURLToPath(new URL('../../firmware-scripts/install-packages', import.meta.url));

let folder: string;
/** Where anyone can run it, whoever owns the checkout. */
let script: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ubizo-install-'));
  chmodSync(folder, 0o755);
  script = join(folder, 'install-packages');
  copyFileSync(SCRIPT, script);
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(packages: readonly string[], options: Parameters<typeof spawnSync>[2] = {}) {
  const { status, stdout, stderr } = spawnSync(script, packages, { ...options, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('it explains itself', () => {
  const { status, stdout } = run(['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: install-packages PACKAGE/);
});

test('without packages it says how it is used', () => {
  expect(run([])).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage:') });
});

test.for(['-y', '--reinstall', 'a', 'Sox', 'sox;reboot', '../sox', 'sox=1', 'so x', '$(id)', 'sóx'])(
  '“%s” is refused as a package, before anything is installed',
  (name) => {
    const { status, stdout, stderr } = run(['dpkg', name]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('not the name of a Debian package');
  },
);

test('packages that are there are left alone', () => {
  const { status, stdout } = run(['dpkg', 'bash']);
  expect(status).toBe(0);
  expect(stdout).toBe('All there already: dpkg bash\n');
});

test('every package of the box and of the tests has a name that it takes', () => {
  for (const { name } of [...BOX_PROGRAMS, ...TEST_PROGRAMS]) expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/);
});

test.runIf(process.getuid?.() === 0)('whoever is not root is told what to type', () => {
  const nobody = 65_534;
  const { status, stderr } = run(['dpkg', 'no-such-package'], { uid: nobody, gid: nobody });
  expect(status).toBe(3);
  expect(stderr).toContain(`run: sudo ${script} no-such-package`);
});

test('a system without apt-get is told so', () => {
  const { status, stderr } = run(['no-such-package'], { env: { PATH: '/nowhere' } });
  expect(status).toBe(4);
  expect(stderr).toContain('no apt-get');
});
