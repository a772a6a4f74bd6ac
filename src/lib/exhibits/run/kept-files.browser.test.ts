import { afterEach, expect, test, vi } from 'vitest';
import { readRecord } from '#lib/engine/record.ts';
import type { RunRecord } from '#lib/events.ts';
import shipped from '../spike/recorded.json';
import { fetchRecording } from './library.ts';
import { LARGEST_FILE } from './open.ts';
import { recordOf } from './record-of.ts';
import { fileOf } from './save.ts';
import { recorded, type Shown } from './shown.ts';

const record = shipped as unknown as RunRecord;
afterEach(() => void vi.restoreAllMocks());

function answering(body: unknown, status = 200) {
	vi.spyOn(window, 'fetch').mockResolvedValue(new Response(JSON.stringify(body), { status }));
}

test('a recording that is not there is a sentence, though what comes in its place may look like one', async () => {
	answering(record, 404);
	await expect(fetchRecording('x.json')).rejects.toThrow('This recording could not be fetched.');
});

test('cuts that are no texts are left out of a recording', async () => {
	answering({ ...record, cuts: ['a', 1] });
	expect(await fetchRecording('x.json')).not.toHaveProperty('cuts');
	answering({ ...record, cuts: ['a', 'b'] });
	expect((await fetchRecording('x.json')).cuts).toEqual(['a', 'b']);
	answering(null);
	await expect(fetchRecording('x.json')).rejects.toThrow('The record must be an object');
});

test('nothing is kept of what nobody ran, has not settled, or has come to nothing', () => {
	const whole = recorded(record);
	expect(recordOf(whole)?.tokens).toHaveLength(record.tokens.length);
	const { by: _, ...nobody } = whole;
	const { usage: __, ...growing } = whole;
	for (const shown of [nobody, growing, { ...whole, counts: { sent: 3, came: 0 } }]) {
		expect(recordOf(shown as Shown)).toBeUndefined();
	}
});

test('a run too long for a file is kept without its candidates, and can be opened', () => {
	const alternatives = Array.from({ length: 5 }, () => ({ text: 'x'.repeat(100), logprob: -1 }));
	const of = (length: number): RunRecord => ({
		...record,
		tokens: Array.from({ length }, (_, index) => ({ index, at: index, text: 'é', alternatives })),
		usage: { ...record.usage, outputTokens: length }
	});
	expect(JSON.parse(fileOf(of(10))).tokens[0].alternatives).toHaveLength(5);
	const text = fileOf(of(8000));
	expect(new Blob([text]).size).toBeLessThan(LARGEST_FILE);
	const again = readRecord(JSON.parse(text));
	expect(again.tokens).toHaveLength(8000);
	expect(again.tokens[0]).not.toHaveProperty('alternatives');
});
