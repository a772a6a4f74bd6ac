import { describe, expect, test } from 'vitest';
import { logProbabilities } from '#lib/tiny/sample.ts';
import { loadModel } from './loading.ts';
import { Looking } from './looking.ts';
import { telling } from './telling.ts';
import { begin, bytes, rest, scattered, textsOf } from './testing/answers.ts';
import { END, EXTRA, SCORES, type Script, scriptedLlm, tokenizerFile } from './testing/scripted-llm.ts'; // prettier-ignore
import { Vocabulary } from './vocabulary.ts';

const place = { folder: 'https://a.example/m/resolve/main/', library: 'https://a.example/m.wasm' };
const request = {
	messages: [
		{ role: 'user' as const, content: '' },
		{ role: 'assistant' as const, content: 'One' }
	],
	maxTokens: 100
};
/** The question is empty; of it there are the beginning of the text and what opens the answer. */
const prompt = [EXTRA, END, ...bytes('One')];

async function loaded(script: Script = {}) {
	const scripted = scriptedLlm({ scores: scattered, ...script });
	const vocabulary = new Vocabulary(tokenizerFile());
	const wanted = { id: 'm', place, context: script.context ?? 256 };
	const model = await loadModel(scripted.webLlm, wanted, vocabulary, () => {});
	return { ...scripted, model, looking: new Looking(model) };
}

test('all probabilities are told, as they come from the raw scores', async () => {
	const { looking, counts } = await loaded();
	const look = await looking.look(request, []);
	expect(look).toMatchObject({ ids: prompt, promptTokens: 5, forgotten: false });
	expect(look.logprobs).toEqual(logProbabilities(scattered(0)));
	expect(counts.read).toEqual([prompt]);
	expect(counts.steps).toBe(1);
	expect(counts.requests.at(-1)).toMatchObject({ temperature: 1, top_p: 1, repetition_penalty: 1 });
});

test('a text that goes on is not read again: one step a token, and the token is the one that was written', async () => {
	const { looking, counts } = await loaded();
	const written = [];
	// parts of a character too, at which web-llm goes on by itself
	for (const id of [104, 0xf0, 0x9f, 0x99, 0x82, EXTRA, SCORES - 1]) {
		const look = await looking.look(request, written);
		expect(look.logprobs).toEqual(logProbabilities(scattered(written.length)));
		written.push(id);
	}
	const last = await looking.look(request, written);
	expect(last.ids).toEqual([...prompt, ...written]);
	expect(counts.read).toEqual([prompt, ...written.map((id) => [id])]);
	// the same once more costs nothing, and the numbers handed out are the reader's own
	last.logprobs.fill(0);
	const again = await looking.look(request, written);
	expect(again.logprobs).toEqual(logProbabilities(scattered(written.length)));
	expect(counts.steps).toBe(8);
});

test('a text that does not go on from the last one is read in one go', async () => {
	const { looking, counts } = await loaded();
	await looking.look(request, [104]);
	await looking.look(request, [105, 106]);
	await looking.look({ ...request, messages: [request.messages[0], { role: 'assistant', content: 'Two' }] }, [105]); // prettier-ignore
	expect(counts.read).toEqual([
		[...prompt, 104],
		[...prompt, 105, 106],
		[EXTRA, END, ...bytes('Two'), 105]
	]);
	expect(counts.open).toBe(1);
	await looking.end();
	expect(counts.open).toBe(0);
	await looking.look(request, [104]);
	expect(counts.read.length).toBe(4);
});

test('a conversation is cut without computing, the second time without the GPU', async () => {
	const { looking, counts } = await loaded();
	expect(looking.knows(request)).toBe(false);
	expect(await looking.cut(request)).toEqual({ ids: prompt, begun: 3 });
	expect(looking.knows(request)).toBe(true);
	const { length } = counts.requests;
	const other = { ...request, messages: [request.messages[0], { role: 'assistant' as const, content: '🦭' }] }; // prettier-ignore
	expect(await looking.cut(other)).toEqual({ ids: [EXTRA, END, ...bytes('🦭')], begun: 4 });
	expect(await looking.cut({ ...request, messages: [request.messages[0]] })).toEqual({ ids: [EXTRA, END], begun: 0 }); // prettier-ignore
	expect(counts.requests.length).toBe(length);
	expect(counts.steps).toBe(0);
});

test('an answer may be written after it, and is not taken for the text that was looked at', async () => {
	const { model, looking, script } = await loaded();
	await looking.look(request, [104]);
	await looking.end();
	delete script.scores;
	expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
	expect(Object.keys(model.pipeline)).not.toContain('getInputData');
	script.scores = scattered;
	expect((await looking.look(request, [104])).logprobs).toEqual(logProbabilities(scattered(0)));
});

describe('an error', () => {
	test('is none of web-llm’s where the window is full, a token is none, or nothing is asked', async () => {
		const { looking, counts } = await loaded({ context: 8 });
		await looking.look(request, [1, 2, 3]);
		await expect(looking.look(request, [1, 2, 3, 4])).rejects.toThrow(telling.full());
		for (const id of [-1, 1.5, NaN, SCORES])
			await expect(looking.look(request, [id])).rejects.toThrow(telling.noToken());
		await expect(looking.look({ ...request, messages: [] }, [])).rejects.toThrow(telling.nothingAsked()); // prettier-ignore
		expect(counts.steps).toBe(1);
	});

	test('in the scores is told, and the model is free', async () => {
		for (const wrong of [NaN, Infinity]) {
			const { looking, counts, script } = await loaded();
			await looking.look(request, []);
			script.scores = () => new Float32Array(SCORES).fill(wrong);
			await expect(looking.look(request, [104])).rejects.toThrow(telling.wrong());
			expect(counts.open).toBe(0);
			script.scores = scattered;
			await looking.look(request, [104]);
			expect(counts.read.at(-1)).toEqual([...prompt, 104]);
		}
	});

	test('of a stream that somebody ends is told, and no old score is taken for the next', async () => {
		const { model, looking } = await loaded();
		await looking.look(request, []);
		await model.engine.interruptGenerate();
		await expect(looking.look(request, [104])).rejects.toThrow(telling.wrong());
		expect((await looking.look(request, [104])).logprobs).toEqual(logProbabilities(scattered(0)));
	});

	test('of web-llm, which goes on by itself, reads no token that nobody wrote', async () => {
		// its decoder leaves every text within a character
		const { model, looking, counts } = await loaded();
		Object.assign(model.pipeline, { getMessage: () => '\uFFFD' });
		await expect(looking.look(request, [])).rejects.toThrow();
		expect(counts).toMatchObject({ open: 0, steps: 2 });
		Reflect.deleteProperty(model.pipeline, 'getMessage');
		expect((await looking.look(request, [104])).ids).toEqual([...prompt, 104]);
	});
});
