import type { Request, RunEvent } from '#lib/events.ts';
import type { Config } from '#lib/tiny/gpt.ts';
import { Answer } from '../answer.ts';
import { PocketEngine } from '../client.ts';
import { generatorOf, smallModel } from './small-model.ts';
import type { Trial } from './worker.ts';

/**
 * A pocket engine with the small model in a real worker.
 *
 * @returns also how many workers it `made`, and those of them still `alive`
 */
export function trialEngine(
	trial: Trial = {},
	{ weights, revoked, script }: { weights?: BlobPart; revoked?: boolean; script?: 'missing' } = {}
): PocketEngine & { made: number; alive: Set<Worker> } {
	const { bytes, files } = smallModel(trial.shape);
	const file = weights instanceof Blob ? weights : new Blob([weights ?? bytes]);
	const url = revoked ? revokedUrl() : URL.createObjectURL(file);

	const alive = new Set<Worker>();
	const engine = new PocketEngine({
		weights: url,
		manifest: { name: 'small', parameters: 1, sha256: '0'.repeat(64), weights: files.weights },
		createWorker() {
			const worker = script
				? new Worker(revokedUrl(), { type: 'module' })
				: new Worker(new URL('./worker.ts', import.meta.url), {
						type: 'module',
						name: JSON.stringify(trial)
					});
			const terminate = worker.terminate.bind(worker);
			worker.terminate = () => {
				terminate();
				alive.delete(worker);
			};
			alive.add(worker);
			watched.made++;
			return worker;
		}
	});
	const watched = Object.assign(engine, { made: 0, alive });
	return watched;
}

/** An address at which nothing is any more. */
function revokedUrl(): string {
	const url = URL.createObjectURL(new Blob());
	URL.revokeObjectURL(url);
	return url;
}

export function ask(content: string, options: Partial<Request> = {}): Request {
	return {
		messages: [{ role: 'user', content }],
		temperature: 1,
		topK: 0,
		seed: 1,
		maxTokens: 20,
		...options
	};
}

/** A request under whose seed the small model does not end by itself before `maxTokens`. */
export function askLong(content: string, maxTokens = 20, shape?: Partial<Config>): Request {
	const { bytes, tokenizer } = smallModel(shape);
	const generator = generatorOf(bytes);
	for (let seed = 0; ; seed++) {
		const request = ask(content, { maxTokens, seed });
		const answer = new Answer(generator, tokenizer, request);
		answer.read();
		while (!answer.over) answer.next();
		if (answer.over === 'length') return request;
	}
}

/** As slow as the slowest machines: plain TypeScript, and a model far larger than the pocket model. */
export const slow: Trial = {
	shape: { context: 1024, width: 192, heads: 4, layers: 6 },
	webAssembly: 'missing'
};

/** All events of a run. */
export async function all(run: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of run) events.push(event);
	return events;
}

export const tokensOf = (events: RunEvent[]) => events.filter((event) => event.type === 'token');

/** The one `settled` event, which must be the last. */
export function settledOf(events: RunEvent[]): Extract<RunEvent, { type: 'settled' }> {
	const settled = events.filter((event) => event.type === 'settled');
	if (settled.length !== 1 || events[events.length - 1] !== settled[0]) {
		throw new Error(`A run must end by settling once: ${events.map(({ type }) => type).join(' ')}`);
	}
	return settled[0];
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The shortest of three tries: what is measured is the program, not what else the machine does. */
export async function best(measure: () => Promise<number>): Promise<number> {
	const times = [];
	for (let i = 0; i < 3; i++) times.push(await measure());
	return Math.min(...times);
}

/** Waits a while, after which the worker must compute nothing. @returns what it has read */
export async function standsStill(pocket: PocketEngine, after = 0): Promise<number> {
	await pause(after);
	const count = await pocket.steps();
	await pause(100);
	const later = await pocket.steps();
	if (later !== count)
		throw new Error(`The worker went on computing: ${count}, then ${later} tokens`);
	return count;
}
