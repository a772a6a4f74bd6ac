import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { readRecord } from './record.ts';
import { absent, changed, hostile, places } from './testing/hostile.ts';

const schema = JSON.parse(readFileSync('static/schema/run-record.json', 'utf8'));
const bySchema = new Ajv2020({ strict: true }).compile(schema);

const reads = (value: unknown) => {
	try {
		readRecord(value);
		return true;
	} catch {
		return false;
	}
};

const shipped = JSON.parse(readFileSync('src/lib/exhibits/spike/recorded.json', 'utf8'));
const small = {
	...shipped,
	tokens: shipped.tokens.slice(0, 3).map((token: object, i: number) => ({
		...token,
		alternatives: i === 1 ? [{ text: ' a', id: 4, logprob: -0.5 }] : []
	})),
	usage: { ...shipped.usage, outputTokens: 3 },
	chat: {
		context: 4096,
		head: 'Be kind.',
		turns: [{ head: 12, messages: [4, 5, 6], usage: { ...shipped.usage, outputTokens: 3 } }]
	}
};
delete small.cuts;

/** What the schema cannot say: order, sums and calendars. */
const onlyRead =
	/^(tokens\.\d+\.(index|at)|usage\.outputTokens|(chat\.turns\.\d+\.)?usage\.(cached|prompt)Tokens|date|tokens)$/;

describe('the published schema', () => {
	test('takes the run that ships, as the site does', () => {
		expect(bySchema(shipped), JSON.stringify(bySchema.errors)).toBe(true);
		expect(bySchema(small)).toBe(true);
		expect(reads(small)).toBe(true);
	});

	test.each(places(small).map((path) => [path.join('.'), path] as const))(
		'and the site agree about a wrong %s',
		(name, path) => {
			// A list in JSON has no holes.
			const tried = hostile.filter((to) => to !== absent || typeof path.at(-1) === 'string');
			const verdicts = tried.map((to) => {
				const value = changed(small, path, to);
				return {
					to: to === absent ? 'absent' : JSON.stringify(to).slice(0, 20),
					schema: bySchema(value),
					site: reads(value)
				};
			});
			// Something must be refused, or nothing was tried; what device holds is read leniently.
			if (!/^device\.|special|reason|content$/.test(name)) {
				expect(verdicts.some(({ site }) => !site)).toBe(true);
			}
			expect(
				verdicts.filter(({ schema, site }) => schema !== site && !(schema && onlyRead.test(name)))
			).toEqual([]);
		}
	);
});
