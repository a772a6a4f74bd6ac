import { expect, test } from 'vitest';
import { golden, goldenRun } from './golden.ts';

test.each(['wasm', 'plain'] as const)('a seeded run gives the recorded numbers on %s', (kind) => {
	expect(goldenRun(kind)).toEqual(golden);
});
