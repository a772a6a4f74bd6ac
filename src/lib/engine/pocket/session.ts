import type { Request } from '#lib/events.ts';
import { type Backend, createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { configOf, dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { Answer } from './answer.ts';
import { textsOf } from './chat.ts';
import { Looker } from './looker.ts';
import type { Drawn, Spent } from '../pulled-run.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { sentenceFor } from './sentences.ts';
import { fetchWeights } from './weights.ts';

/** The prompt is read in parts of about so long, between which the worker hears Stop and pings. */
const PART = 20; // ms
const LARGEST_PART = 32; // tokens

export type ModelFiles = {
	weights: { bytes: number; sha256: string };
	tokenizer: TokenizerJson;
};

/** A run of this worker: the answer exists once the weights are here. */
type Run = {
	number: number;
	request: Request;
	reuse: boolean;
	answer?: Answer;
	/** The bursts of the pulls that have not been answered. */
	pulls: number[];
	spent: Spent;
	/** Drawn for the first of them, to be sent together, each with the time at which it was. */
	drawn: (Omit<Drawn, 'ago'> & { at: number })[];
	/** When that one's burst is over. */
	until: number;
};

/** The worker's side of the protocol. It computes one token for one pull, and otherwise rests. */
export function serve(
	scope: {
		postMessage(message: FromWorker): void;
		addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
	},
	files: ModelFiles
): void {
	const tokenizer = Tokenizer.fromJSON(files.tokenizer);
	let loaded: Promise<Generator>;
	let looker: Looker | undefined;
	let current: Run | undefined;
	let latest: Answer | undefined; // over or not: what the generator has read is what it has read
	let steps = 0;
	let part = 1; // tokens of the prompt to read at a time, until the speed is known

	// A task of its own: messages that came in the meantime are heard first. A timer would wait 4 ms.
	const { port1, port2 } = new MessageChannel();
	let scheduled = false;
	port2.onmessage = () => {
		scheduled = false;
		guarded(work);
	};

	function workSoon() {
		if (scheduled || !current?.answer || !current.pulls.length) return;
		scheduled = true;
		port1.postMessage(null);
	}

	function work() {
		const run = current;
		if (!run?.answer || !run.pulls.length) return;
		const { answer, number } = run;
		const before = performance.now();

		if (answer.unread) {
			const tokens = Math.min(part, answer.unread);
			answer.read(tokens);
			const ms = performance.now() - before;
			run.spent.prefillMs += ms;
			steps += tokens;
			part = Math.max(1, Math.min(LARGEST_PART, Math.floor((tokens * PART) / Math.max(ms, 0.1))));
			scope.postMessage({ type: 'reading', run: number, spent: run.spent });
		} else {
			if (!run.drawn.length) run.until = before + run.pulls[0];
			const token = answer.next();
			const now = performance.now();
			run.spent.decodeMs += now - before;
			if (token.index > 0) steps++; // the first is drawn from what reading the prompt gave
			run.drawn.push({ token, at: now, spent: { ...run.spent } });
			if (answer.over || token.index === 0 || now >= run.until) send(run, answer, now);
		}
		workSoon();
	}

	/** Answers a pull with all that was drawn for it. */
	function send(run: Run, { over }: Answer, now: number) {
		run.pulls.shift();
		if (over) current = undefined;
		scope.postMessage({
			type: 'tokens',
			run: run.number,
			tokens: run.drawn.splice(0).map(({ token, at, spent }) => ({ token, ago: now - at, spent })),
			...(over ? { over } : {})
		});
	}

	async function begin(run: Run) {
		current = run;
		const generator = await loaded;
		if (current !== run) return; // stopped while the weights were on their way

		const answer = new Answer(generator, tokenizer, run.request, run.reuse ? latest : undefined);
		latest = answer;
		const { promptTokens, cachedTokens, forgotten, over } = answer;
		if (over) current = undefined;
		else run.answer = answer;
		scope.postMessage({
			type: 'started',
			run: run.number,
			promptTokens,
			cachedTokens,
			forgotten,
			cuts: textsOf(answer.prompt, tokenizer),
			...(over ? { over } : {})
		});
		workSoon();
	}

	async function load(url: string): Promise<Generator> {
		const bytes = await fetchWeights(url, files.weights, (bytes) =>
			scope.postMessage({ type: 'arriving', bytes })
		);
		// one generator writes, the other looks, so that neither loses its place
		const backend = fastest(Generator.bytesNeeded(configOf(bytes), 2));
		const generator = new Generator(dequantise(bytes, backend));
		if (generator.config.vocabulary !== tokenizer.size) {
			throw new Error('weights and tokenizer do not belong together');
		}
		looker = new Looker(new Generator(generator.weights), tokenizer);
		scope.postMessage({ type: 'ready', backend: backend.kind });
		return generator;
	}

	async function look({ look, request, written, insides }: ToWorker & { type: 'look' }) {
		await loaded;
		let found;
		try {
			found = looker!.look(request, written, insides);
		} catch (error) {
			found = { sentence: sentenceFor(error) };
		}
		scope.postMessage({ type: 'looked', look, found });
	}

	function hear(message: ToWorker) {
		switch (message.type) {
			case 'load':
				loaded = load(message.weights);
				loaded.catch(fail);
				break;
			case 'run': {
				const { run, request, reuse } = message;
				begin({
					number: run,
					request,
					reuse,
					pulls: [],
					spent: { prefillMs: 0, decodeMs: 0 },
					drawn: [],
					until: 0
				}).catch((error) =>
					loaded.then(
						() => fail(error),
						() => {} // a failed load has been told already
					)
				);
				break;
			}
			case 'pull':
				if (!current) break;
				current.pulls.push(message.burst);
				if (!scheduled) work();
				break;
			case 'stop':
				current = undefined;
				break;
			case 'look':
				look(message).catch(() => {}); // a failed load has been told already
				break;
			case 'count':
				scope.postMessage({ type: 'counted', steps: steps + (looker?.steps ?? 0) });
				break;
			case 'ping':
				scope.postMessage({ type: 'pong' });
		}
	}

	function guarded(action: () => void) {
		try {
			action();
		} catch (error) {
			fail(error);
		}
	}

	function fail(error: unknown) {
		current = undefined;
		scope.postMessage({ type: 'failed', sentence: sentenceFor(error) });
	}

	scope.addEventListener('message', ({ data }) => guarded(() => hear(data)));
	scope.postMessage({ type: 'hello' });
}

/** Plain TypeScript does where WebAssembly is missing or forbidden: the same numbers, only slower. */
function fastest(bytes: number): Backend {
	try {
		return createBackend('wasm', bytes);
	} catch {
		return createBackend('plain', bytes);
	}
}
