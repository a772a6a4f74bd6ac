import { expect, test } from 'vitest';
import { golden, goldenRun } from './golden.ts';

test.each(['wasm', 'plain'] as const)('the browser gives the same numbers on %s', (kind) => {
	expect(goldenRun(kind)).toEqual(golden);
});
