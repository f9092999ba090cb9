import { expect, test } from 'vitest';
import { cutPower } from '../bench/power-cut/power-cut.ts';

test(
  'whatever was acknowledged is there after the power was cut, ten times over',
  { timeout: 300_000 },
  async () => {
    const problems: string[] = [];
    const figures = await cutPower({
      kills: 10,
      onCut: (_, problem) => {
        if (problem) problems.push(problem);
      },
    });
    expect(problems).toEqual([]);
    expect(figures).toMatchObject({ kills: 10, lost: 0, corrupt: 0 });
    expect(figures.acknowledged).toBeGreaterThan(0);
  },
);
