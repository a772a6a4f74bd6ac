import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Request } from '#lib/events.ts';
import { exp, log } from '#lib/tiny/exact.ts';
import { Answer } from './answer.ts';
import { generatorOf, smallModel } from './testing/small-model.ts';

const { bytes, tokenizer, config } = smallModel();
const generator = generatorOf(bytes);

const request = (options: Partial<Request> = {}): Request => ({
	messages: [{ role: 'user', content: 'Who read the clock?' }],
	temperature: 1,
	topK: 0,
	seed: 1,
	maxTokens: 40,
	...options
});

function answer(options: Partial<Request> = {}, part?: number, model = generator) {
	const answer = new Answer(model, tokenizer, request(options));
	while (answer.unread) answer.read(part);
	const tokens = [];
	while (!answer.over) tokens.push(answer.next());
	return {
		tokens,
		ids: tokens.map(({ id }) => id!),
		over: answer.over,
		prompt: answer.promptTokens
	};
}

test('the same seed gives the same tokens, another seed others', () => {
	expect(answer({ seed: 5 }).tokens).toEqual(answer({ seed: 5 }).tokens);
	expect(answer({ seed: 6 }).ids).not.toEqual(answer({ seed: 5 }).ids);
});

// `npx vitest run -u src/lib/engine/pocket/answer` writes the file anew when the transformer is changed
test('tokens are those of the file that the browser is compared with', async () => {
	const settings: Pick<Request, 'seed' | 'temperature' | 'topK'>[] = [
		{ seed: 1, temperature: 1, topK: 0 },
		{ seed: 2, temperature: 0.7, topK: 5 },
		{ seed: 3, temperature: 0, topK: 0 },
		{ seed: 4294967295, temperature: 1.5, topK: 40 }
	];
	const golden = settings.map((setting) => ({ ...setting, ids: answer(setting).ids.join(' ') }));
	const json = JSON.stringify(golden, null, '\t') + '\n';
	await expect(json).toMatchFileSnapshot('./testing/golden.json');
});

test('wasm and plain TypeScript give the same tokens and log-probabilities', () => {
	expect(answer({}, undefined, generatorOf(bytes, 'plain')).tokens).toEqual(answer().tokens);
});

test('in how many parts the prompt is read changes nothing', () => {
	const content = 'The baker met the moon at the harbour. 0123456789';
	const ask = { messages: [{ role: 'user' as const, content }] };
	const whole = answer(ask).tokens;
	for (const part of [1, 2, 3, 7, 31]) expect(answer(ask, part).tokens).toEqual(whole);
});

test('log-probabilities and the five alternatives are those of the whole softmax at temperature 1', () => {
	for (const options of [{ temperature: 0.3, topK: 2 }, { temperature: 1 }, { temperature: 0 }]) {
		const { tokens, ids, prompt } = answer(options);
		const whole = new Answer(generator, tokenizer, request());
		whole.read();
		expect(whole.promptTokens).toBe(prompt);

		// every row again from the logits of a reading from the very beginning
		const before = [
			tokenizer.special('<you>'),
			...tokenizer.encode('Who read the clock?'),
			tokenizer.special('<reply>')
		];
		for (const [i, token] of tokens.entries()) {
			generator.reset();
			const logits = Array.from(generator.read([...before, ...ids.slice(0, i)]));
			const total = log(logits.reduce((sum, logit) => sum + exp(logit), 0));
			const best = logits
				.map((logit, id) => ({ id, logprob: logit - total }))
				.sort((a, b) => b.logprob - a.logprob)
				.slice(0, 5);

			expect(token.logprob).toBeCloseTo(logits[token.id!] - total, 4);
			expect(token.alternatives!.map(({ id }) => id)).toEqual(best.map(({ id }) => id));
			token.alternatives!.forEach(({ logprob, text, id }, n) => {
				expect(logprob).toBeCloseTo(best[n].logprob, 4);
				expect(text).toBe(tokenizer.text(id!));
			});
		}
	}
});

test('topK keeps to the likeliest, and temperature 0 to the one', () => {
	for (const token of answer({ temperature: 3, topK: 3 }).tokens) {
		expect(token.alternatives!.slice(0, 3).map(({ id }) => id)).toContain(token.id);
	}
	for (const token of answer({ temperature: 0 }).tokens) {
		expect(token.id).toBe(token.alternatives![0].id);
	}
});

test('the texts of all tokens together are the text of the answer', () => {
	let incomplete = 0;
	for (let seed = 0; seed < 40; seed++) {
		const { tokens, ids, over } = answer({ seed, maxTokens: 30 });
		const whole = tokenizer.decode(ids);
		const joined = tokens.map(({ text }) => text).join('');
		incomplete += tokens.filter(({ text, special }) => !text && !special).length;

		// only `<end>` may swallow the first bytes of a character that never came
		if (over === 'length') expect(joined).toBe(whole);
		else expect([joined, `${joined}\ufffd`]).toContain(whole);
	}
	expect(incomplete).toBeGreaterThan(10);
});

test('`<end>` is a token without text, and the last', () => {
	const ended = Array.from({ length: 40 }, (_, seed) => answer({ seed })).filter(
		({ over }) => over === 'finished'
	);
	expect(ended.length).toBeGreaterThan(3);
	for (const { tokens, ids } of ended) {
		const last = tokens[tokens.length - 1];
		expect(tokenizer.isSpecial(last.id!)).toBe(true);
		expect(last).toMatchObject({ special: true, text: '' });
		expect(ids.slice(0, -1).some((id) => tokenizer.isSpecial(id))).toBe(false);
		expect(tokens.slice(0, -1).some(({ special }) => special)).toBe(false);
	}
});

test('the answer ends with maxTokens, or with the window', () => {
	expect(answer({ maxTokens: 3 })).toMatchObject({ over: 'length' });
	expect(answer({ maxTokens: 3 }).tokens).toHaveLength(3);

	// a seed under which the model does not end by itself
	const long = Array.from({ length: 50 }, (_, seed) => answer({ seed, maxTokens: 1e9 })).find(
		({ over }) => over === 'length'
	)!;
	expect(long.prompt + long.tokens.length).toBe(config.context);
});

test('maxTokens of 0, or what is no number, asks for no token', () => {
	for (const maxTokens of [0, -5, NaN, 0.5]) {
		const answer = new Answer(generator, tokenizer, request({ maxTokens }));
		expect(answer.over).toBe('length');
		expect(() => answer.next()).toThrow('no next token');
	}
});

test('absurd settings are bounded', () => {
	for (const options of [
		{ temperature: NaN },
		{ temperature: -1 },
		{ temperature: Infinity },
		{ temperature: 1e-320 },
		{ topK: -3 },
		{ topK: NaN },
		{ topK: 1e9 },
		{ seed: NaN },
		{ seed: -1.5 },
		{ maxTokens: Infinity }
	]) {
		const { tokens } = answer(options);
		expect(tokens.length).toBeGreaterThan(0);
		for (const { logprob } of tokens) expect(Number.isFinite(logprob)).toBe(true);
	}
});

test('a prompt must be read before a token can be drawn', () => {
	const unread = new Answer(generator, tokenizer, request());
	expect(() => unread.next()).toThrow('no next token');
});

test('scores that are no numbers are an error, not an answer', () => {
	const broken = generatorOf(bytes);
	broken.weights.values.fill(NaN);
	broken.weights.changed();
	expect(() => answer({}, undefined, broken)).toThrow('not numbers');
});

test('reads, and counts as read, the prompt and all tokens but the last', () => {
	const { tokens, prompt } = answer({ maxTokens: 10 });
	expect(generator.position).toBe(prompt + tokens.length - 1);
});

/** A chat, turn by turn. @param reuse whether each turn takes up what the last one left in the generator */
function chat(
	questions: string[],
	reuse: boolean,
	options: Partial<Request> = {},
	small = smallModel({ context: 256 })
) {
	const model = generatorOf(small.bytes);
	const messages: Request['messages'] = [];
	let before: Answer | undefined;
	return questions.map((content, turn) => {
		messages.push({ role: 'user', content });
		const answer = new Answer(
			model,
			small.tokenizer,
			request({ messages, maxTokens: 12, seed: turn, ...options }),
			reuse ? before : undefined
		);
		const held = model.position;
		const unread = answer.unread;
		const spent = model.operations;
		while (answer.unread) answer.read(5);
		const operations = model.operations - spent;
		const tokens = [];
		while (!answer.over) tokens.push(answer.next());
		messages.push({ role: 'assistant', content: tokens.map(({ text }) => text).join('') });
		before = answer;
		const { promptTokens, cachedTokens, forgotten, over } = answer;
		return { tokens, promptTokens, cachedTokens, forgotten, over, held, unread, operations };
	});
}

const questions = ['Who read the clock?', 'The baker?', 'And the boat?', 'Who met the moon?'];

test('a chat takes up what was read, and writes the same tokens to the last bit', () => {
	const fresh = chat(questions, false);
	const kept = chat(questions, true);
	expect(kept.map(({ tokens }) => tokens)).toEqual(fresh.map(({ tokens }) => tokens));
	expect(fresh.map(({ cachedTokens }) => cachedTokens)).toEqual([0, 0, 0, 0]);

	for (const [turn, now] of kept.entries()) {
		expect(now.promptTokens).toBe(fresh[turn].promptTokens);
		expect(now.cachedTokens + now.unread).toBe(now.promptTokens);
		expect(now.held).toBe(now.cachedTokens);
		if (turn === 0) expect(now.cachedTokens).toBe(0);
		else {
			// all of the last prompt at least, and of no more than was drawn
			const last = kept[turn - 1];
			expect(now.cachedTokens).toBeGreaterThanOrEqual(last.promptTokens);
			expect(now.cachedTokens).toBeLessThan(last.promptTokens + last.tokens.length);
			expect(now.operations).toBeLessThan(fresh[turn].operations);
		}
	}
});

test('an answer is taken up to the token before its last, which was drawn and never read', () => {
	const small = smallModel({ context: 256 });
	const seen = new Set<string>();
	for (let seed = 0; seed < 200; seed++) {
		const [first, second] = chat(questions.slice(0, 2), true, { seed, maxTokens: 3 }, small);
		// of texts that are cut into the same tokens again
		const text = first.tokens.map(({ text }) => text).join('');
		const drawn = first.tokens.filter(({ special }) => !special).map(({ id }) => id!);
		if (small.tokenizer.encode(text).join() !== drawn.join()) continue;
		expect(second.cachedTokens).toBe(first.promptTokens + first.tokens.length - 1);
		seen.add(first.over!);
	}
	expect([...seen].sort()).toEqual(['finished', 'length']);
});

test('the same prompt again is not read again, but for its last token', () => {
	const model = generatorOf(bytes);
	const first = new Answer(model, tokenizer, request());
	first.read();
	const tokens = Array.from({ length: 5 }, () => first.next());
	const again = new Answer(model, tokenizer, request(), first);
	expect(again.unread).toBe(1);
	expect(again.cachedTokens).toBe(again.promptTokens - 1);
	again.read();
	expect(Array.from({ length: 5 }, () => again.next())).toEqual(tokens);
});

test('what had only begun to be read is taken up as far as it was', () => {
	const model = generatorOf(bytes);
	const first = new Answer(model, tokenizer, request());
	first.read(4);
	const again = new Answer(model, tokenizer, request(), first);
	expect(again.cachedTokens).toBe(4);
	again.read();
	expect(again.next()).toEqual(answer().tokens[0]);
});

test('when the window has slid, the conversation begins otherwise and nothing of it is kept', () => {
	const long = [...questions, ...questions];
	const slid = chat(long, true, {}, smallModel());
	const forgetful = slid.filter(({ forgotten }) => forgotten);
	expect(forgetful.length).toBeGreaterThan(2);
	// a marker may stand first in both by chance, and a sign after it
	for (const { cachedTokens } of forgetful) expect(cachedTokens).toBeLessThan(3);
	expect(slid.map(({ tokens }) => tokens)).toEqual(
		chat(long, false, {}, smallModel()).map(({ tokens }) => tokens)
	);
});

test('this file and its golden tokens are about the model that the worker runs', () => {
	const worker = readFileSync(new URL('./testing/worker.ts', import.meta.url), 'utf8');
	expect(worker).toContain("from './small-model.ts'");
});
