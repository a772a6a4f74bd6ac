import { describe, expect, test, vi } from 'vitest';
import { Turns } from './generation.ts';
import { loadModel } from './loading.ts';
import { telling } from './telling.ts';
import {
	END,
	EXTRA,
	SCORES,
	type Script,
	scriptedLlm,
	tokenizerFile
} from './testing/scripted-llm.ts';
import { begin, bytes, expectDrawn, request, rest, scattered, textsOf } from './testing/answers.ts';
import { Vocabulary } from './vocabulary.ts';

const place = { folder: 'https://a.example/m/resolve/main/', library: 'https://a.example/m.wasm' };

async function loaded(script: Script = {}) {
	const scripted = scriptedLlm(script);
	const vocabulary = new Vocabulary(tokenizerFile());
	const wanted = { id: 'm', place, context: 256 };
	const model = await loadModel(scripted.webLlm, wanted, vocabulary, () => {});
	return { ...scripted, model };
}

test('nothing is computed before a token is asked for, and every call gives one', async () => {
	const { model, counts } = await loaded({ says: bytes('Hi!') });
	const generation = await begin(model);
	expect(generation).toMatchObject({ promptTokens: 7, cachedTokens: 0, over: undefined });
	expect(generation.prompt).toEqual([EXTRA, ...bytes('Hello'), END]);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(counts.steps).toBe(0);

	expect(textsOf(await generation.next())).toEqual(['H']);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(counts.steps).toBe(1);
	expect(textsOf(await generation.next())).toEqual(['i']);
	expect(textsOf(await generation.next())).toEqual(['!']);
	const [end] = await generation.next();
	expect(end.token).toMatchObject({ index: 3, id: END, text: '', special: true });
	expect(generation.over).toBe('finished');
	expect(counts.steps).toBe(4);
});

test('tokens, ids and probabilities are those that the pocket model’s rules draw from the raw scores', async () => {
	for (const [temperature, topK] of [
		[0, 0],
		[1, 0],
		[0.7, 5],
		[1.5, 1],
		[2, 259]
	]) {
		// prettier-ignore
		const { model } = await loaded({ scores: scattered });
		const made = await rest(await begin(model, { temperature, topK, seed: 9, maxTokens: 12 }));
		expectDrawn(made, { temperature, topK, seed: 9 });
	}
});

test('web-llm is asked to change no score', async () => {
	const { model, counts } = await loaded();
	await rest(await begin(model, { temperature: 0.3, topK: 7 }));
	expect(counts.requests).toEqual([
		{
			messages: request.messages,
			stream: true,
			max_tokens: 50,
			temperature: 1,
			top_p: 1,
			repetition_penalty: 1,
			frequency_penalty: 0,
			presence_penalty: 0
		}
	]);
});

test('every token counts that makes up a character, though web-llm says nothing of three of them', async () => {
	const { model, counts } = await loaded({ says: bytes('a🙂é!') });
	const generation = await begin(model);
	expect(textsOf(await generation.next())).toEqual(['a']);
	expect(textsOf(await generation.next())).toEqual(['', '', '', '🙂']);
	const made = await rest(generation);
	expect(textsOf(made)).toEqual(['', 'é', '!', '']);
	expect(made.map(({ token }) => token.index)).toEqual([5, 6, 7, 8]);
	expect(counts.steps).toBe(9);
});

test('an answer that ends within a character keeps its tokens and shows what is missing', async () => {
	const { model } = await loaded({ says: [72, 0xf0, 0x9f] });
	const made = await rest(await begin(model));
	expect(made.map(({ token }) => [token.id, token.text])).toEqual([[72, 'H'], [0xf0, ''], [0x9f, '\uFFFD'], [END, '']]); // prettier-ignore
});

test.each(['$$', '$&', "$'", '{user_message}'])(
	'what was typed is what is read: %s',
	async (typed) => {
		const { model } = await loaded();
		const generation = await begin(model, { messages: [{ role: 'user', content: `a${typed}b` }] });
		expect(generation.prompt).toEqual([EXTRA, ...bytes(`a${typed}b`), END]);
		await generation.end();
	}
);

test('a special token in the midst is shown as what it is', async () => {
	const { model } = await loaded({ says: [72, EXTRA, 73] });
	const made = await rest(await begin(model));
	expect(made[1].token).toMatchObject({ id: EXTRA, text: '', special: true });
	expect(made[0].token.alternatives![0].text).toBe('H');
	expect(made[1].token.alternatives![0].text).toBe('<|extra|>');
	expect(textsOf(made)).toEqual(['H', '', 'I', '']);
});

test('a score beyond the list of tokens can be drawn, and has no text', async () => {
	const { model } = await loaded({ says: [72, SCORES - 1] });
	const made = await rest(await begin(model));
	expect(made[1].token).toMatchObject({ id: SCORES - 1, text: '' });
	expect(made[1].token.special).toBeUndefined();
});

describe('the end', () => {
	test('comes with the last token that may be written', async () => {
		const { model, counts } = await loaded({ says: bytes('abcdef') });
		const generation = await begin(model, { maxTokens: 3 });
		expect(textsOf(await rest(generation))).toEqual(['a', 'b', 'c']);
		expect(generation.over).toBe('length');
		expect(counts.steps).toBe(3);
	});

	test('is the model’s own where the last token that may be written is its end', async () => {
		const { model } = await loaded({ says: bytes('ab') });
		const generation = await begin(model, { maxTokens: 3 });
		expect((await rest(generation)).length).toBe(3);
		expect(generation.over).toBe('finished');
	});

	test('comes to a model that never stops, also in the midst of a character', async () => {
		for (const says of [Array(100).fill(97), Array(100).fill(0xf0)]) {
			const { model, counts } = await loaded({ says, neverStops: true });
			const generation = await begin(model, { maxTokens: 7 });
			expect((await rest(generation)).length).toBe(7);
			expect(generation.over).toBe('length');
			// what comes in the midst of a step is stopped before it is drawn
			expect(counts).toMatchObject({ open: 0, steps: says[0] === 97 ? 7 : 8 });
			expect(textsOf(await rest(await begin(model, { maxTokens: 1 }))).length).toBe(1);
		}
	});

	test('comes where the window is full', async () => {
		const { model } = await loaded({ says: Array(100).fill(97), context: 12 });
		const generation = await begin(model);
		expect((await rest(generation)).length).toBe(6);
		expect(generation.over).toBe('length');
	});

	test('comes at once where no token is wanted, or their number is none', async () => {
		for (const maxTokens of [0, NaN, -3]) {
			const { model, counts } = await loaded();
			const generation = await begin(model, { maxTokens });
			expect(generation).toMatchObject({ over: 'length', promptTokens: 7 });
			expect(counts).toMatchObject({ steps: 0, open: 0 });
		}
	});

	test('of an empty answer is one token', async () => {
		const { model } = await loaded({ says: [] });
		const made = await rest(await begin(model));
		expect(made.map(({ token }) => token)).toMatchObject([{ id: END, special: true, text: '' }]);
	});
});

describe('a stop', () => {
	test('before the first token computes nothing, and the model is free', async () => {
		const { model, counts } = await loaded();
		const generation = await begin(model);
		await generation.end();
		await generation.end();
		expect(counts).toMatchObject({ steps: 0, open: 0 });
		expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
	});

	test('while the prompt is read has no token drawn', async () => {
		let go = () => {};
		const reading = new Promise<void>((resolve) => (go = resolve));
		const { model, counts, script } = await loaded({ compute: () => reading });
		const generation = await begin(model);
		const asked = generation.next();
		const failed = expect(asked).rejects.toThrow();
		const ended = generation.end();
		go();
		await Promise.all([failed, ended]);
		expect(counts).toMatchObject({ steps: 1, open: 0 });
		delete script.compute;
		expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
	});

	test('while a character is being made waits for the present token alone', async () => {
		let at = -1;
		let go = () => {};
		const { model, counts, script } = await loaded({
			says: Array(40).fill(0xf0),
			compute: (step) => {
				at = step;
				return step === 3 ? new Promise((resolve) => (go = resolve)) : undefined;
			}
		});
		const generation = await begin(model);
		const asked = generation.next().catch(() => []);
		await vi.waitFor(() => expect(at).toBe(3));
		const ended = generation.end();
		go();
		await Promise.all([asked, ended]);
		expect(counts).toMatchObject({ steps: 4, open: 0 });
		script.says = bytes('ok');
		delete script.compute;
		expect(textsOf(await rest(await begin(model)))).toEqual(['o', 'k', '']);
	});
});

test('an answer that is ended once more, later, is nothing to the next one', async () => {
	const { model } = await loaded({ says: bytes('abcdef') });
	const first = await begin(model);
	await rest(first);
	const second = await begin(model);
	await second.next();
	await first.end();
	expect(textsOf(await rest(second)).join('')).toBe('bcdef');
});

test('an end at which web-llm breaks is an end all the same', async () => {
	const { model, script } = await loaded();
	const generation = await begin(model);
	await generation.next();
	script.end = () => {
		throw new Error('Module has already been disposed');
	};
	expect(await generation.end()).toBeUndefined();
});

test('scores that nobody has asked for draw nothing', () => {
	const unasked = () => new Turns().processLogits(new Float32Array(SCORES));
	expect(unasked).toThrow(Error);
	expect(unasked).not.toThrow(TypeError);
});

test('a number of tokens beyond all bounds is one that web-llm can count to', async () => {
	const { model, counts } = await loaded();
	await (await begin(model, { maxTokens: Infinity })).end();
	expect(counts.requests[0].max_tokens).toBe(1e9);
});

test('a stop between two parts of a character has no further part computed', async () => {
	let stop = () => {};
	const { model, counts } = await loaded({
		says: Array(40).fill(0xf0),
		takes: (id) => {
			if (counts.steps === 2) stop();
			return id;
		}
	});
	const generation = await begin(model);
	let ended: Promise<void> | undefined;
	stop = () => (ended = generation.end());
	await generation.next().catch(() => []);
	await ended;
	expect(counts).toMatchObject({ steps: 2, open: 0 });
});

describe('a reused conversation', () => {
	const follow = (reply: string) => [
		...request.messages,
		{ role: 'assistant' as const, content: reply },
		{ role: 'user' as const, content: 'And?' }
	];

	test('counts whole, and what the GPU held of it as cached', async () => {
		const { model, counts } = await loaded();
		await rest(await begin(model));
		const second = await begin(model, { messages: follow('Hi') }, true);
		// 7 of the prompt and the 2 tokens that were read again; the end was never read
		expect(second.cachedTokens).toBe(9);
		expect(second.promptTokens).toBe(9 + 5);
		expect(second.prompt.length).toBe(5);
		// all of them are known: those that were read before, and those that are new
		expect(second.ids).toEqual([EXTRA, ...bytes('Hello'), END, ...bytes('HiAnd?'), END]);
		// of the answer it read the sign that opens it and what was written, and not its end
		expect(second.layout).toEqual({ head: 1, messages: [5, 1 + 2, 4], open: 1 });
		await second.end();
		expect(counts.resets).toBe(1);
	});

	test('is read anew unless that is asked for', async () => {
		const { model } = await loaded();
		await rest(await begin(model));
		const second = await begin(model, { messages: follow('Hi') });
		expect(second.cachedTokens).toBe(0);
		expect(second.promptTokens).toBe(1 + 'Hello\nHi\nAnd?'.length + 1);
	});

	test('is read anew where the earlier one was changed', async () => {
		const { model } = await loaded();
		await rest(await begin(model));
		expect((await begin(model, { messages: follow('Ho') }, true)).cachedTokens).toBe(0);
	});
});

describe('what a prompt is made of', () => {
	test('is told message by message, what comes before the first apart', async () => {
		const { model } = await loaded();
		const generation = await begin(model, {
			messages: [
				{ role: 'system', content: 'Be kind' },
				{ role: 'user', content: 'Hello' },
				{ role: 'assistant', content: 'Ho' },
				{ role: 'user', content: '🦭' }
			]
		});
		expect(generation.ids).toEqual([EXTRA, ...bytes('Be kind\nHello\nHo\n🦭'), END]);
		expect(generation.layout).toEqual({ head: 1 + 8, messages: [6, 3, 4], open: 1 });
		await generation.end();
		// and web-llm's tokenizer is as it was
		expect(Object.keys(model.pipeline.tokenizer)).toEqual([]);
	});

	test('is not told where the GPU holds what was not seen', async () => {
		const { model } = await loaded();
		await rest(await begin(model));
		model.turns.held = undefined;
		const messages = [
			...request.messages,
			{ role: 'assistant' as const, content: 'Hi' },
			{ role: 'user' as const, content: 'And?' }
		];
		const second = await begin(model, { messages }, true);
		expect(second).toMatchObject({ cachedTokens: 9, promptTokens: 14 });
		expect(second.ids).toBeUndefined();
		expect(second.layout).toBeUndefined();
		await second.end();
	});
});

describe('an error', () => {
	test('about the length of the conversation leaves the model usable', async () => {
		const { model, counts } = await loaded({ context: 20 });
		const long = [{ role: 'user' as const, content: 'x'.repeat(30) }];
		await expect(begin(model, { messages: long })).rejects.toThrow(/context window/);
		expect(counts.open).toBe(0);
		expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
		expect(Object.keys(model.pipeline)).not.toContain('getInputData');
	});

	test('is none of web-llm’s where nothing is asked', async () => {
		const { model } = await loaded();
		for (const messages of [[], [{ role: 'assistant' as const, content: 'Hi' }]]) {
			await expect(begin(model, { messages })).rejects.toThrow(telling.nothingAsked());
		}
	});

	test('in the scores is told as a device that computes wrongly', async () => {
		for (const wrong of [NaN, Infinity]) {
			const { model, counts } = await loaded({
				scores: (step) => (step === 1 ? new Float32Array(SCORES).fill(wrong) : scattered(step))
			});
			const generation = await begin(model);
			expect((await generation.next()).length).toBe(1);
			await expect(generation.next()).rejects.toThrow(telling.wrong());
			await generation.end();
			expect(counts.open).toBe(0);
		}
	});

	test('of the sampler, which takes another token, is told', async () => {
		const { model } = await loaded({ takes: (id) => (id === 105 ? 106 : id) });
		const generation = await begin(model);
		expect(textsOf(await generation.next())).toEqual(['H']);
		await expect(generation.next()).rejects.toThrow(telling.otherToken());
	});
});

test('reading the prompt and writing are timed apart, and waiting is in neither', async () => {
	let now = 0;
	const { model } = await loaded({ compute: (step) => void (now += step ? 10 : 300) });
	const generation = await begin(model, {}, false, () => now);
	now += 5000;
	const [first] = await generation.next();
	expect(first).toMatchObject({ at: 5300, spent: { prefillMs: 300, decodeMs: 0 } });
	now += 7000;
	const [second] = await generation.next();
	expect(second.spent).toEqual({ prefillMs: 300, decodeMs: 10 });
	expect(generation.spent).toEqual({ prefillMs: 300, decodeMs: 10 });
});

test('a burst computes on until its time is over, but the first token never waits', async () => {
	let now = 0;
	const { model } = await loaded({
		says: bytes('abcdefgh'),
		compute: () => void (now += 10)
	});
	const generation = await begin(model, {}, false, () => now);
	expect(textsOf(await generation.next(now + 35))).toEqual(['a']);
	expect(textsOf(await generation.next(now + 35))).toEqual(['b', 'c', 'd', 'e']);
});

test('counts agree with the engine’s own, over 200 starts and stops at every point', async () => {
	const { model, counts } = await loaded({ says: bytes('a🙂 longer answer') });
	for (let i = 0; i < 200; i++) {
		const generation = await begin(model);
		let made = 0;
		for (let j = 0; j < i % 12 && !generation.over; j++) made += (await generation.next()).length;
		const before = counts.steps;
		await generation.end();
		expect(counts.steps).toBe(before);
		expect(counts.open).toBe(0);
		expect(made).toBeGreaterThanOrEqual(Math.min(1, i % 12));
	}
	const before = counts.steps;
	const made = await rest(await begin(model));
	expect(made.length).toBe(counts.steps - before);
	expect(counts.resets).toBe(201);
});
