import { expect, test } from 'vitest';
import { goldenRun } from './golden.ts';

test.each(['wasm', 'plain'] as const)('a seeded run gives the recorded numbers on %s', (kind) => {
	expect(goldenRun(kind)).toMatchInlineSnapshot(`
		{
		  "losses": [
		    4.216907145665609,
		    4.184285834144686,
		    4.156727419200852,
		    4.027667065951422,
		    3.918295358866396,
		  ],
		  "tokens": [
		    7,
		    45,
		    12,
		    58,
		    27,
		    44,
		    42,
		    7,
		    42,
		    32,
		    24,
		    22,
		    43,
		    43,
		    10,
		    10,
		    14,
		    15,
		    51,
		    4,
		    41,
		    5,
		    3,
		    22,
		    14,
		    17,
		    49,
		    6,
		    6,
		    9,
		    8,
		    52,
		    1,
		    12,
		    49,
		    52,
		    28,
		    38,
		    14,
		    12,
		  ],
		  "weights": "272c6d562a7bdcce",
		}
	`);
});
