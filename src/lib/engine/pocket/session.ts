import { fastestBackend } from '#lib/tiny/fastest.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { configOf, dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { textsOf } from '../texts-of.ts';
import { Answer } from './answer.ts';
import type { Looker } from './looker.ts';
import { fingerprint } from '../training/fingerprint.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { Told } from '../told.ts';
import { sentenceFor, sentences } from './sentences.ts';
import { fetchWeights } from './weights.ts';
import { Writing } from './writing.ts';

export type ModelFiles = {
	weights: { bytes: number; sha256: string };
	tokenizer: TokenizerJson;
	/** What looks without writing: fetched when somebody looks, as most never do. */
	looker(): Promise<typeof Looker>;
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
	let looker: Promise<Looker> | undefined;
	let looked: Looker | undefined;
	let latest: Answer | undefined; // over or not: what the generator has read is what it has read
	const writing = new Writing((message) => scope.postMessage(message), guarded);

	async function begin({ run, request, reuse }: ToWorker & { type: 'run' }) {
		writing.begin(run);
		const generator = await loaded;
		if (!writing.wants(run)) return; // stopped while the weights were on their way

		const answer = new Answer(generator, tokenizer, request, reuse ? latest : undefined);
		latest = answer;
		const { promptTokens, cachedTokens, forgotten, over } = answer;
		scope.postMessage({
			type: 'started',
			run,
			promptTokens,
			cachedTokens,
			forgotten,
			cuts: textsOf(answer.prompt, tokenizer),
			...(over ? { over } : {})
		});
		writing.write(answer);
	}

	async function load(url: string): Promise<Generator> {
		const bytes = await fetchWeights(url, files.weights, (bytes) =>
			scope.postMessage({ type: 'arriving', bytes })
		);
		// one generator writes, the other looks, so that neither loses its place
		const backend = fastestBackend(Generator.bytesNeeded(configOf(bytes), 2));
		const generator = new Generator(dequantise(bytes, backend));
		if (generator.config.vocabulary !== tokenizer.size) {
			throw new Error('weights and tokenizer do not belong together');
		}
		scope.postMessage({ type: 'ready', backend: backend.kind });
		return generator;
	}

	async function lookerOf(generator: Generator): Promise<Looker> {
		const Looker = await files.looker().catch(() => {
			looker = undefined; // the next look asks for it again
			throw new Told(sentences.noProgram());
		});
		return (looked = new Looker(new Generator(generator.weights), tokenizer));
	}

	async function look({ look, request, written, insides }: ToWorker & { type: 'look' }) {
		const generator = await loaded;
		let found;
		try {
			found = (await (looker ??= lookerOf(generator))).look(request, written, insides);
		} catch (error) {
			found = { sentence: sentenceFor(error) };
		}
		scope.postMessage({ type: 'looked', look, found });
	}

	async function retrace({ look, request, written }: ToWorker & { type: 'retrace' }) {
		const generator = await loaded;
		let found;
		try {
			found = (await (looker ??= lookerOf(generator))).retrace(request, written);
		} catch (error) {
			found = { sentence: sentenceFor(error) };
		}
		scope.postMessage({ type: 'retraced', look, found });
	}

	async function hash() {
		const { weights } = await loaded;
		const sha256 = await fingerprint(weights.values as Float32Array<ArrayBuffer>);
		scope.postMessage({ type: 'fingerprint', sha256 });
	}

	function hear(message: ToWorker) {
		switch (message.type) {
			case 'load':
				loaded = load(message.weights);
				loaded.catch(fail);
				break;
			case 'run':
				begin(message).catch((error) =>
					loaded.then(
						() => fail(error),
						() => {} // a failed load has been told already
					)
				);
				break;
			case 'pull':
				writing.pull(message.burst);
				break;
			case 'stop':
				writing.stop();
				break;
			case 'look':
				look(message).catch(() => {}); // a failed load has been told already
				break;
			case 'retrace':
				retrace(message).catch(() => {}); // a failed load has been told already
				break;
			case 'count':
				scope.postMessage({ type: 'counted', steps: writing.steps + (looked?.steps ?? 0) });
				break;
			case 'fingerprint':
				hash().catch((error) =>
					loaded.then(
						() => fail(error),
						() => {} // a failed load has been told already
					)
				);
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
		writing.stop();
		scope.postMessage({ type: 'failed', sentence: sentenceFor(error) });
	}

	scope.addEventListener('message', ({ data }) => guarded(() => hear(data)));
	scope.postMessage({ type: 'hello' });
}
