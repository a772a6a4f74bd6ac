import type { Request } from '#lib/events.ts';
import { operationsOfTraining } from '#lib/tiny/count.ts';
import { log } from '#lib/tiny/exact.ts';
import { type Config, parameterCount } from '#lib/tiny/gpt.ts';
import { Answer } from '../pocket/answer.ts';
import { textsOf } from '../pocket/chat.ts';
import { Writing } from '../pocket/writing.ts';
import { beginningOf } from './beginning.ts';
import { type Asking, Classroom } from './classroom.ts';
import { Course, nothing } from './course.ts';
import { fingerprint } from './fingerprint.ts';
import { type Learner, ProcessorLearner } from './learner.ts';
import { measure } from './measure.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { Reading } from './reading.ts';
import { type Recipe, sizes } from './recipe.ts';
import { sentenceFor, sentences } from './sentences.ts';
import { Viewer } from './viewer.ts';

/** Makes a learner on the GPU; rejects where there is none. */
export type OnGpu = (
	config: Config,
	seed: number,
	checkpoint: Uint8Array | undefined
) => Promise<Learner>;

type Scope = {
	postMessage(message: FromWorker, options?: { transfer: Transferable[] }): void;
	addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
};

type Prepared = {
	recipe: Recipe;
	config: Config;
	reading: Reading;
	course: Course;
	/** Writes for the reader, apart from what looks on. */
	writer: Viewer;
	/** The step whose weights the writer has. */
	written: number;
};

/** The worker's side of the protocol: one training run, and the model that comes of it. */
export function serve(scope: Scope, onGpu?: OnGpu): void {
	let ready: Promise<Prepared> | undefined;
	let classroom: Promise<Classroom> | undefined;
	const writing = new Writing((message) => scope.postMessage(message), guarded);
	const tell = (message: FromWorker) =>
		scope.postMessage(
			message,
			message.type === 'kept' ? { transfer: [message.checkpoint.buffer] } : undefined
		);

	// A task of its own, so that messages are heard between two steps. A timer would wait 4 ms.
	const { port1, port2 } = new MessageChannel();
	let wake: (() => void) | undefined;
	port2.onmessage = () => wake?.();
	const breathe = (rest: number) =>
		new Promise<void>((resolve) => {
			if (rest >= 1) setTimeout(resolve, rest);
			else {
				wake = resolve;
				port1.postMessage(null);
			}
		});

	async function learnerFor(
		{ recipe, on, kept }: ToWorker & { type: 'prepare' },
		config: Config
	): Promise<{ learner: Learner; note?: string }> {
		if (on === 'gpu' && onGpu) {
			try {
				return { learner: await onGpu(config, recipe.seed, kept?.checkpoint) };
			} catch (error) {
				const learner = onProcessor(config, recipe.seed, kept?.checkpoint);
				return { learner, note: sentences.noGpu(told(error)) };
			}
		}
		return { learner: onProcessor(config, recipe.seed, kept?.checkpoint) };
	}

	async function prepare(message: ToWorker & { type: 'prepare' }): Promise<Prepared> {
		const { recipe, kept } = message;
		const reading = new Reading(recipe);
		const { batch, layers, width, heads, context } = sizes[recipe.size];
		const config: Config = { layers, width, heads, context, vocabulary: reading.tokenizer.size };
		const { learner, note } = await learnerFor(message, config);
		const viewer = new Viewer(config, reading.tokenizer);
		const course = new Course({
			recipe,
			reading,
			learner,
			viewer,
			tell,
			breathe,
			...(kept ? { spent: kept.spent } : {})
		});
		scope.postMessage({
			type: 'prepared',
			on: learner.on,
			...(note === undefined ? {} : { note }),
			prepared: {
				config,
				parameters: parameterCount(config),
				tokenizer: reading.tokenizer.toJSON(),
				documents: reading.documents,
				learnt: reading.learnt.length,
				held: reading.held.length,
				left: reading.left,
				prompt: reading.prompt,
				perStep: batch * context,
				operationsPerStep: operationsOfTraining(config, new Array(batch).fill(context + 1)).total,
				guessing: log(config.vocabulary),
				sha256: await fingerprint(await learner.weights()),
				steps: course.spent.steps
			}
		});
		const writer = new Viewer(config, reading.tokenizer);
		return { recipe, config, reading, course, writer, written: -1 };
	}

	async function learn(until: number): Promise<void> {
		const prepared = await ready!;
		const { course, recipe, config } = prepared;
		for (;;) {
			try {
				const standing = await course.learn(until);
				// what it came to is of no use to anybody; what it was before is
				if (standing === 'diverged') {
					const { checkpoint, spent = nothing } = course.kept ?? {};
					course.learner.dispose();
					course.move(onProcessor(config, recipe.seed, checkpoint), spent);
				}
				return;
			} catch (error) {
				if (course.learner.on !== 'gpu') throw error;
				// the GPU was lost: on from the last kept state, which is no step that was not taken
				course.learner.dispose();
				const { checkpoint, spent = nothing } = course.kept ?? {};
				course.move(onProcessor(config, recipe.seed, checkpoint), spent);
				scope.postMessage({ type: 'moved', step: course.spent.steps, sentence: sentences.moved() });
			}
		}
	}

	async function begin({ run, request }: { run: number; request: Request }): Promise<void> {
		writing.begin(run);
		const prepared = await ready!;
		const { writer, reading, course } = prepared;
		if (prepared.written !== course.spent.steps) {
			writer.show(await course.learner.weights());
			prepared.written = course.spent.steps;
		}
		if (!writing.wants(run)) return;
		const answer = new Answer(writer.generator, reading.tokenizer, request, undefined, beginningOf);
		scope.postMessage({
			type: 'started',
			run,
			promptTokens: answer.promptTokens,
			cachedTokens: answer.cachedTokens,
			forgotten: answer.forgotten,
			cuts: textsOf(answer.prompt, reading.tokenizer),
			...(answer.over ? { over: answer.over } : {})
		});
		writing.write(answer);
	}

	async function gather(asking: Asking): Promise<Classroom> {
		const { config, course, reading } = await ready!;
		return new Classroom(config, await course.learner.weights(), reading.tokenizer, asking);
	}

	async function take(message: ToWorker): Promise<void> {
		switch (message.type) {
			case 'prepare': {
				const before = ready;
				writing.stop();
				classroom = undefined;
				// what is learning stands first: it and the new one must not tell at the same time
				ready = end(before).then(() => prepare(message));
				await ready;
				break;
			}
			case 'measure': {
				const { recipe, config, reading, course } = await ready!;
				const make = (on: 'processor' | 'gpu') =>
					on === 'gpu' && onGpu
						? onGpu(config, recipe.seed, undefined)
						: Promise.resolve(onProcessor(config, recipe.seed, undefined));
				const on = course.learner.on === 'gpu' ? 'gpu' : 'processor';
				scope.postMessage({ type: 'measured', step: await measure(() => make(on), reading) });
				break;
			}
			case 'learn':
				await learn(message.until);
				break;
			case 'pause':
				(await ready)?.course.pause();
				break;
			case 'rest':
				(await ready!).course.rest = message.share;
				break;
			case 'follow':
				(await ready!).course.follow = message.index;
				break;
			case 'run':
				await begin(message);
				break;
			case 'pull':
				writing.pull(message.burst);
				break;
			case 'stop':
				writing.stop();
				break;
			case 'gather':
				classroom = gather(message.asking);
				await classroom;
				break;
			case 'pull together': {
				const came = (await classroom)?.compute(message.burst);
				if (came) scope.postMessage({ type: 'came', number: message.number, came });
				break;
			}
			case 'dismiss':
				classroom = undefined;
				break;
			case 'ping':
				scope.postMessage({ type: 'pong' });
		}
	}

	function guarded(work: () => void): void {
		try {
			work();
		} catch (error) {
			fail(error);
		}
	}

	function fail(error: unknown): void {
		writing.stop();
		scope.postMessage({ type: 'failed', sentence: sentenceFor(error) });
	}

	scope.addEventListener('message', ({ data }) => {
		take(data).catch(fail);
	});
	scope.postMessage({ type: 'hello' });
}

async function end(before: Promise<Prepared> | undefined): Promise<void> {
	const prepared = await before?.catch(() => undefined);
	if (!prepared) return;
	await prepared.course.end();
	prepared.course.learner.dispose();
}

function onProcessor(config: Config, seed: number, checkpoint: Uint8Array | undefined): Learner {
	return checkpoint
		? ProcessorLearner.from(checkpoint, config)
		: ProcessorLearner.new(config, seed);
}

const told = (error: unknown) => (error instanceof Error ? error.message : String(error));
