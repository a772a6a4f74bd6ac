/**
 * @file Records runs of the pocket model for the exhibits: `npm run record`. To be made again when the
 * model changes. The tokens are the ones a reader gets for the same prompt and seed; the times are this
 * machine's, computing without a pause.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Request, RunRecord, Token } from '#lib/events.ts';
import { Answer } from '#lib/engine/pocket/answer.ts';
import { promptOf } from '#lib/engine/pocket/chat.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { prompts } from '#lib/exhibits/run/prompts.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const pocket = 'src/lib/engine/pocket';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
const weights = dequantise(readFileSync(`static/pocket/${manifest.weights.file}`), backend);
const generator = new Generator(weights);

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** One run as it settles, with the texts of the prompt's tokens (`cuts`), which no event carries. */
function record(request: Request): RunRecord & { cuts: string[] } {
	const answer = new Answer(generator, tokenizer, request);
	const { ids } = promptOf(request, tokenizer, manifest.config.context);
	const started = performance.now();
	answer.read();
	const prefillMs = performance.now() - started;
	const tokens: Token[] = [];
	let decodeMs = 0;
	while (!answer.over) {
		const before = performance.now();
		const token = answer.next();
		const after = performance.now();
		decodeMs += after - before;
		tokens.push({
			...token,
			at: round(after - started, 2),
			logprob: round(token.logprob!, 4),
			alternatives: token.alternatives!.map((other) => ({
				...other,
				logprob: round(other.logprob, 4)
			}))
		});
	}
	return {
		schema: 1,
		engine: 'pocket',
		model: { name: manifest.name, parameters: manifest.parameters, sha256: manifest.sha256 },
		request,
		tokens,
		usage: {
			promptTokens: answer.promptTokens,
			cachedTokens: answer.cachedTokens,
			outputTokens: tokens.length,
			prefillMs: round(prefillMs, 2),
			decodeMs: round(decodeMs, 2)
		},
		reason: answer.over,
		device: {
			cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
			runtime: `Node ${process.versions.node}`
		},
		date: new Date().toISOString().slice(0, 10),
		version,
		cuts: ids.map((id) => tokenizer.text(id))
	};
}

const request: Request = {
	messages: [{ role: 'user', content: 'Tell me a story about the boat.' }],
	temperature: 0.7,
	topK: 0,
	seed: 6,
	maxTokens: 200
};

if (process.argv.includes('--seeds')) {
	// To choose by hand which run greets the reader.
	const [prompt, from, to] = process.argv.slice(process.argv.indexOf('--seeds') + 1);
	for (let seed = Number(from); seed <= Number(to); seed++) {
		const run = record({ ...request, messages: [{ role: 'user', content: prompt }], seed });
		console.log(
			`${seed}: [${run.usage.promptTokens} in, ${run.usage.outputTokens} out, ${run.reason}] ${run.tokens.map(({ text }) => text).join('')}\n`
		);
	}
} else {
	const run = record(request);
	// Only Spike and stream plays this one, and it shows no candidates: they stay out of its page.
	for (const token of run.tokens) delete token.alternatives;
	writeFileSync('src/lib/exhibits/spike/recorded.json', JSON.stringify(run) + '\n');
	print(run);
	writeFileSync('src/lib/exhibits/bill/recorded.json', JSON.stringify(chat()) + '\n');
	library();
}

/** The second turn of a chat: the first is sent again with it. The bill begins with this one. */
function chat(): RunRecord {
	const user = (content: string) => ({ role: 'user' as const, content });
	const first = [user('Tell me what a token is.')];
	const { tokens } = record({ ...request, messages: first, seed: 1 });
	const reply = { role: 'assistant' as const, content: text(tokens).trim() };
	const messages = [...first, reply, user('What is on the bill?')];
	const run = record({ ...request, messages, seed: 1 });
	for (const token of run.tokens) delete token.alternatives;
	print(run);
	return run;
}

/** One run for each prompt that the site offers, for where nothing can run. */
function library(): void {
	rmSync('static/runs/library', { recursive: true, force: true });
	mkdirSync('static/runs/library', { recursive: true });
	const index = prompts.map((prompt) => {
		const run = record({
			...request,
			messages: [{ role: 'user', content: prompt }]
		});
		const file = `library/${nameOf(run)}.json`;
		const json = JSON.stringify(run) + '\n';
		writeFileSync(`static/runs/${file}`, json);
		// the one that the lab begins with, candidates and all
		if (prompt === prompts[0]) writeFileSync('src/lib/exhibits/lab/recorded.json', json);
		print(run);
		return { file, prompt, tokens: run.tokens.length };
	});
	writeFileSync('src/lib/exhibits/run/library.json', JSON.stringify(index, undefined, '\t') + '\n');
}

/** `what-a-token-is-6`: the last words of the prompt, and the seed. */
function nameOf({ request: { messages, seed } }: RunRecord): string {
	const words = messages[0].content.toLowerCase().match(/[a-z]+/g) ?? [];
	return [...words.slice(-4), seed].join('-');
}

function print({ usage, tokens }: RunRecord): void {
	console.log(`${usage.promptTokens} in, ${usage.outputTokens} out: ${text(tokens)}`);
}

function text(tokens: readonly Token[]): string {
	return tokens.map(({ text }) => text).join('');
}
process.exit(0);
