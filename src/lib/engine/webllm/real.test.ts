/** @file Answers through the installed web-llm's own engine, pipeline and stream; without a GPU. */
import { beforeAll, describe, expect, test } from 'vitest';
import { logProbabilities } from '#lib/tiny/sample.ts';
import { type OnGpu, Turns } from './generation.ts';
import { tryOut } from './loading.ts';
import { Looking } from './looking.ts';
import { telling } from './telling.ts';
import { type Forward, realEngine, webLlmWithPipeline } from './testing/real-llm.ts';
import { END, EXTRA, SCORES, saying, tokenizerFile } from './testing/scripted-llm.ts';
import { begin, bytes, expectDrawn, request, rest, scattered, textsOf } from './testing/answers.ts';
import { Vocabulary } from './vocabulary.ts';

let webLlm: Awaited<ReturnType<typeof webLlmWithPipeline>>;
beforeAll(async () => {
	webLlm = await webLlmWithPipeline();
});

function loaded(
	answer: readonly number[] | ((step: number) => Float32Array),
	more: Partial<Forward> = {}
) {
	const scores = typeof answer === 'function' ? answer : (step: number) => saying(answer, step);
	const forward: Forward = { scores, steps: 0, read: [], ...more };
	const turns = new Turns();
	const engine = realEngine(webLlm, turns, forward);
	const pipeline = engine.loadedModelIdToPipeline.get('m')!;
	const vocabulary = new Vocabulary(tokenizerFile());
	const { context = 256 } = more;
	return { model: { engine, pipeline, turns, vocabulary, context } satisfies OnGpu, forward };
}

test('nothing is read before a token is asked for; the prompt is counted whole', async () => {
	const { model, forward } = loaded(bytes('Hi 🙂!'));
	const generation = await begin(model);
	// web-llm's own count leaves out the sign at the beginning
	expect(generation.prompt).toEqual([EXTRA, ...bytes('U:Hello\nA:')]);
	expect(generation).toMatchObject({ promptTokens: 11, cachedTokens: 0 });
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(forward.steps).toBe(0);
	expect(textsOf(await generation.next())).toEqual(['H']);
	expect(forward.steps).toBe(1);

	const made = await rest(generation);
	expect(textsOf(made)).toEqual(['i', ' ', '', '', '', '🙂', '!', '']);
	expect(made.at(-1)!.token).toMatchObject({ id: END, special: true, index: 8 });
	expect(generation.over).toBe('finished');
	expect(forward.steps).toBe(9);
});

test('the sampler takes the token that was drawn here, whatever its own dice say', async () => {
	for (const [temperature, topK] of [
		[0, 0],
		[1, 0],
		[0.7, 5],
		[2, 0]
	] as const) {
		// prettier-ignore
		const { model } = loaded(scattered);
		const made = await rest(await begin(model, { temperature, topK, seed: 9, maxTokens: 12 }));
		expectDrawn(made, { temperature, topK, seed: 9 });
	}
});

describe('the end', () => {
	test('is the model’s, the limit’s, the window’s, or comes at once', async () => {
		for (const [says, maxTokens, context, length, over] of [
			['abc', 50, 256, 4, 'finished'],
			['abc', 4, 256, 4, 'finished'],
			['abc', 3, 256, 3, 'length'],
			['abc', 1, 256, 1, 'length'],
			['', 50, 256, 1, 'finished'],
			['a'.repeat(90), 80, 16, 6, 'length']
		] as const) {
			const { model } = loaded(bytes(says), { context });
			const generation = await begin(model, { maxTokens });
			expect((await rest(generation)).length).toBe(length);
			expect(generation.over).toBe(over);
			// and the model is free
			expect((await rest(await begin(model, { maxTokens: 1 }))).length).toBe(1);
		}
		const { model, forward } = loaded(bytes('abc'));
		expect((await begin(model, { maxTokens: 0 })).over).toBe('length');
		expect(forward.steps).toBe(0);
	});

	test('within a character keeps the tokens that web-llm leaves out', async () => {
		const { model } = loaded([72, 0xf0, 0x9f]);
		const made = await rest(await begin(model));
		expect(made.map(({ token }) => [token.id, token.text])).toEqual([[72, 'H'], [0xf0, ''], [0x9f, '\uFFFD'], [END, '']]); // prettier-ignore
	});
});

describe('a stop', () => {
	test('before the first token, and while the prompt is read, draws nothing', async () => {
		const { model, forward } = loaded(bytes('Hi'));
		await (await begin(model)).end();
		expect(forward.steps).toBe(0);

		let go = () => {};
		forward.compute = () => new Promise((resolve) => (go = resolve));
		const generation = await begin(model);
		const asked = expect(generation.next()).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve));
		const ended = generation.end();
		go();
		await Promise.all([asked, ended]);
		delete forward.compute;
		expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
		expect(forward.steps).toBe(1 + 3);
	});

	test('200 times at every point leaves the model free, and nothing is computed after it', async () => {
		const { model, forward } = loaded(bytes('a🙂 longer answer'));
		for (let i = 0; i < 200; i++) {
			const generation = await begin(model);
			for (let j = 0; j < i % 12 && !generation.over; j++) await generation.next();
			const { steps } = forward;
			await generation.end();
			expect(forward.steps).toBe(steps);
		}
		expect(textsOf(await rest(await begin(model))).join('')).toBe('a🙂 longer answer');
	});
});

describe('a conversation', () => {
	const follow = (reply: string) => [
		...request.messages,
		{ role: 'assistant' as const, content: reply },
		{ role: 'user' as const, content: 'And?' }
	];

	test('is gone on with where that is asked for, counted whole', async () => {
		const { model } = loaded(bytes('Hi'));
		await rest(await begin(model));
		const second = await begin(model, { messages: follow('Hi') }, true);
		expect(second.cachedTokens).toBe(11 + 2);
		expect(second.promptTokens).toBe(13 + second.prompt.length);
		expect(second.ids).toEqual([EXTRA, ...bytes('U:Hello\nA:HiU:And?\nA:')]);
		expect(second.layout).toEqual({ head: 1, messages: [8, 2 + 2, 7], open: 2 });
		expect(textsOf(await rest(second))).toEqual(['H', 'i', '']);
	});

	test('is read anew by default, and where the earlier one was changed', async () => {
		for (const [reply, reuse] of [
			['Hi', false],
			['Ho', true]
		] as const) {
			// prettier-ignore
			const { model } = loaded(bytes('Hi'));
			await rest(await begin(model));
			const second = await begin(model, { messages: follow(reply) }, reuse);
			expect(second).toMatchObject({ cachedTokens: 0, promptTokens: bytes('U:Hello\nA:Hi\nU:And?\nA:').length + 1 }); // prettier-ignore
			expect(second.ids).toEqual([EXTRA, ...bytes(`U:Hello\nA:${reply}\nU:And?\nA:`)]);
			expect(second.layout).toEqual({ head: 1, messages: [8, 5, 7], open: 2 });
			await second.end();
		}
	});

	test('is read anew after one that was stopped while it was read', async () => {
		const { model, forward } = loaded(bytes('Hi'));
		await rest(await begin(model));
		for (const messages of [
			follow('Hi'),
			follow('Hi'),
			[...follow('Hi'), ...follow('').slice(1)]
		]) {
			let go = () => {};
			forward.compute = () => new Promise((resolve) => (go = resolve));
			const stopped = await begin(model, { messages }, true);
			const asked = stopped.next().catch(() => []);
			await new Promise((resolve) => setTimeout(resolve));
			const ended = stopped.end();
			go();
			await Promise.all([asked, ended]);
			delete forward.compute;
			const again = await begin(model, { messages }, true);
			expect(again.cachedTokens).toBe(0);
			await again.end();
		}
	});

	// each of these is an order to the `String.replace` by which web-llm fills its templates
	const odd = [
		'$$',
		'$&',
		'$`',
		"$'",
		'$1',
		'{user_message}',
		'{function_string}',
		'{system_message}'
	];
	test.each(odd)('is read as it was typed: %s', async (typed) => {
		const { model } = loaded(bytes(typed));
		const text = `a${typed}b${typed}c`;
		const messages = [{ role: 'system' as const, content: text }, { role: 'user' as const, content: text }]; // prettier-ignore
		const first = await begin(model, { messages });
		expect(first.prompt.slice(1)).toEqual(bytes(`${text}U:${text}\nA:`));
		expect(textsOf(await rest(first)).join('')).toBe(typed);
		// and the answer with it, when it is read again; what the GPU holds of it is still found
		const later = [
			...messages,
			{ role: 'assistant' as const, content: typed },
			...messages.slice(1)
		];
		const gone = await begin(model, { messages: later }, true);
		expect(gone.cachedTokens).toBe(first.prompt.length + bytes(typed).length);
		expect(gone.prompt.slice(-bytes(`U:${text}\nA:`).length)).toEqual(bytes(`U:${text}\nA:`));
		await gone.end();
		const anew = await begin(model, { messages: later });
		expect(anew.prompt.slice(1)).toEqual(bytes(`${text}U:${text}\nA:${typed}\nU:${text}\nA:`));
		await anew.end();
	});

	test('with instructions in several places is taken', async () => {
		const { model } = loaded(bytes('Hi'));
		const system = (content: string) => ({ role: 'system' as const, content });
		const messages = [
			...request.messages,
			system('Be'),
			...follow('Hi').slice(1),
			system('brief.')
		];
		const { prompt } = await begin(model, { messages });
		expect(prompt.slice(1, 10)).toEqual(bytes('Be\nbrief.'));
	});

	test('that is too long is refused, and the model is free', async () => {
		const { model } = loaded(bytes('Hi'), { context: 40 });
		const long = [{ role: 'user' as const, content: 'x'.repeat(60) }];
		await expect(begin(model, { messages: long })).rejects.toThrow(/context window/);
		expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
	});
});

test('scores that are no numbers are told, and the model is free', async () => {
	const { model, forward } = loaded((step) => (step === 1 ? new Float32Array(SCORES).fill(NaN) : scattered(step))); // prettier-ignore
	const generation = await begin(model);
	await generation.next();
	await expect(generation.next()).rejects.toThrow(telling.wrong());
	await generation.end();
	forward.scores = (step) => saying(bytes('Hi'), step);
	expect(textsOf(await rest(await begin(model)))).toEqual(['H', 'i', '']);
});

test('the known question is answered', async () => {
	const { model, forward } = loaded(bytes('Paris'));
	await tryOut(model, 80, () => {});
	expect(forward.steps).toBe(4);
	await expect(tryOut(model, 81, () => {})).rejects.toThrow(telling.wrong());
});

test('looks read a text once, and each of its tokens by one step, parts of a character too', async () => {
	const { model, forward } = loaded(scattered);
	const looking = new Looking(model);
	const looked = {
		messages: [
			{ role: 'user' as const, content: '' },
			{ role: 'assistant' as const, content: 'One' }
		],
		maxTokens: 9
	};
	const prompt = [EXTRA, ...bytes('U:\nA:One')];
	const written: number[] = [];
	for (const id of [104, 0xf0, 0x9f, 0x99, 0x82, EXTRA]) {
		const { ids, logprobs } = await looking.look(looked, written);
		expect(ids).toEqual([...prompt, ...written]);
		expect(logprobs).toEqual(logProbabilities(scattered(written.length)));
		written.push(id);
	}
	expect(forward.steps).toBe(6);
	// what was written is what was read, and not what web-llm was given in passing
	expect(forward.read).toEqual([...prompt, ...written.slice(0, -1)]);
	await looking.end();
	expect((await rest(await begin(model, { maxTokens: 1 }))).length).toBe(1);
});

test('a look goes on behind a text at which web-llm takes an answer to be over', async () => {
	const { model, forward } = loaded(scattered, { stops: ['###'] });
	const looking = new Looking(model);
	const looked = { messages: [{ role: 'user' as const, content: 'Hi' }], maxTokens: 9 };
	const prompt = [EXTRA, ...bytes('U:Hi\nA:')];
	const written: number[] = [];
	for (const id of bytes('a###bc')) {
		expect((await looking.look(looked, written)).ids).toEqual([...prompt, ...written]);
		written.push(id);
	}
	// web-llm's answer is over, so that the text is read once more
	expect(forward.read).toEqual([...prompt, ...bytes('a###'), ...prompt, ...bytes('a###b')]);
});
