import type { Request } from '#lib/events.ts';
import { operationsOfTraining } from '#lib/tiny/count.ts';
import { log } from '#lib/tiny/exact.ts';
import { type Config, parameterCount } from '#lib/tiny/gpt.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Answer } from '../pocket/answer.ts';
import { promptOf } from '../pocket/chat.ts';
import { Writing } from '../pocket/writing.ts';
import { textsOf } from '../texts-of.ts';
import { Told } from '../told.ts';
import { beginningOf } from './beginning.ts';
import type { Asking, Classroom } from './classroom.ts';
import { Course, type Kept, nothing } from './course.ts';
import { fingerprint } from './fingerprint.ts';
import { type Learner, ProcessorLearner } from './learner.ts';
import { measure } from './measure.ts';
import type { Material, Plan } from './material.ts';
import type { Model, Training } from './model.ts';
import type { FromWorker, Paces, Prepared, Spent, ToWorker } from './protocol.ts';
import { Reading } from './reading.ts';
import type { Elsewhere, Making, Taken } from './place.ts';
import { planOf, sizes } from './recipe.ts';
import * as sentences from './sentences.ts';
import { backTo } from './spent.ts';
import { planOfTuning } from './tuning.ts';
import { Viewer } from './viewer.ts';

type Scope = {
	postMessage(message: FromWorker): void;
	addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
};

type Begun = Making & { material: Material; plan: Plan; learner: Learner; kept?: Kept | undefined };
type Facts = Omit<
	Prepared,
	'config' | 'parameters' | 'tokenizer' | 'guessing' | 'sha256' | 'steps'
> & {
	number: number;
	note?: string;
	paces?: Paces;
};

/**
 * The worker's side of the protocol: one training run, and the model that comes of it.
 *
 * @param elsewhere for runs that are not to be on the processor
 * @param classes what a class needs: brought when one asks
 * @returns the model as it is now, for whoever looks into it
 */
export function serve(
	scope: Scope,
	elsewhere?: Elsewhere,
	classes?: () => Promise<typeof Classroom>
): () => Promise<Model> {
	let ready: Promise<Model> | undefined;
	let classroom: Promise<Classroom> | undefined;
	/** Of the model that was asked for last. */
	let present = 0;
	const writing = new Writing((message) => scope.postMessage(message), guarded);
	const tell = (message: FromWorker) => scope.postMessage(message);

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

	async function prepare({
		recipe,
		on,
		kept,
		number
	}: ToWorker & { type: 'prepare' }): Promise<Model> {
		const { seed } = recipe;
		const reading = new Reading(recipe);
		const from = kept && {
			checkpoint: new Uint8Array(await kept.checkpoint.arrayBuffer()),
			spent: kept.spent
		};
		const { batch, layers, width, heads, context } = sizes[recipe.size];
		const config: Config = { layers, width, heads, context, vocabulary: reading.tokenizer.size };
		const again = (checkpoint?: Uint8Array) =>
			checkpoint ? ProcessorLearner.from(checkpoint, config) : ProcessorLearner.new(config, seed);
		const run = { config, seed, checkpoint: from?.checkpoint };
		const taken: Partial<Taken> =
			on === 'processor' || !elsewhere
				? {}
				: // whoever asked for it has the processor where there is no GPU
					await elsewhere(on, reading, run, again).catch(() => ({}));
		const { note, paces, lost, make = async () => again() } = taken;
		const { learner = again(from?.checkpoint) } = taken;
		return begin(
			{ material: reading, plan: planOf(recipe), learner, again, make, lost, kept: from },
			{
				number,
				...(note === undefined ? {} : { note }),
				...(paces ? { paces } : {}),
				documents: reading.documents,
				learnt: reading.learnt.length,
				held: reading.held.length,
				left: reading.left,
				prompt: reading.prompt,
				perStep: batch * context,
				operationsPerStep: operationsOfTraining(config, new Array(batch).fill(context + 1)).total
			}
		);
	}

	async function tune({ tuning, weights, number }: ToWorker & { type: 'tune' }): Promise<Model> {
		// its own chunk, with the pocket model's tokens: most training here begins from nothing
		const { pocketTuning } = await import('./pocket-tuning.ts').catch(() => {
			throw new Told(sentences.noProgram());
		});
		const { material, config, values } = await pocketTuning(tuning, weights);
		const again = (checkpoint?: Uint8Array) =>
			checkpoint
				? ProcessorLearner.from(checkpoint, config)
				: ProcessorLearner.on(config, values, tuning.seed);
		const learner = again();
		const batch = material.batch(0);
		const model = await begin(
			{ material, plan: planOfTuning(tuning), learner, again, make: async () => again() },
			{
				number,
				documents: material.lines,
				learnt: material.learnt,
				held: material.heldOut.length,
				left: 0,
				prompt: tuning.lines[0].ask,
				perStep: batch.reduce((sum, { length }) => sum + length - 1, 0),
				operationsPerStep: operationsOfTraining(
					config,
					batch.map(({ length }) => length)
				).total
			}
		);
		return { ...model, read: promptOf };
	}

	/** Begins a training run, and tells the page what stands still before its first step. */
	async function begin(
		{ material, plan, learner, kept, ...making }: Begun,
		{ number, note, paces, ...facts }: Facts
	): Promise<Model> {
		const { config } = learner;
		const { tokenizer } = material;
		const course = new Course({
			plan,
			reading: material,
			learner,
			viewer: new Viewer(config, tokenizer),
			tell,
			breathe,
			kept
		});
		scope.postMessage({
			type: 'prepared',
			number,
			on: learner.on,
			...(note === undefined ? {} : { note }),
			...(paces ? { paces } : {}),
			prepared: {
				...facts,
				config,
				parameters: parameterCount(config),
				tokenizer: tokenizer.toJSON(),
				guessing: log(config.vocabulary),
				sha256: await fingerprint(await learner.weights()),
				steps: course.spent.steps
			}
		});
		return {
			config,
			tokenizer,
			read: beginningOf,
			values: async () => {
				try {
					return await course.learner.weights();
				} catch (error) {
					fallBack(course, making, error);
					return course.learner.weights();
				}
			},
			writer: new Viewer(config, tokenizer),
			written: -1,
			training: { material, course, ...making }
		};
	}

	function open({ config, tokenizer: json, values, number }: ToWorker & { type: 'open' }): Model {
		const tokenizer = new Tokenizer(json);
		const writer = new Viewer(config, tokenizer);
		writer.show(values);
		scope.postMessage({ type: 'opened', number });
		return { config, tokenizer, read: beginningOf, values: async () => values, writer, written: 0 };
	}

	/** @throws when the model that is here learns no more */
	async function training(): Promise<Training> {
		const { training } = await ready!;
		if (!training) throw new Told(sentences.frozen());
		return training;
	}

	/**
	 * The GPU was lost: on from the last kept state, which is no step that was not taken.
	 *
	 * @throws `error` where it was not the GPU's
	 */
	function fallBack(course: Course, { again, lost }: Making, error: unknown): void {
		if (course.learner.on !== 'gpu') throw error;
		const { on } = rejoin(course, again);
		const { spent } = course;
		scope.postMessage({ type: 'moved', on, spent, sentence: lost?.(spent.steps) ?? '' });
	}

	async function learn(until: number): Promise<void> {
		const { course, ...making } = await training();
		for (;;) {
			try {
				const standing = await course.learn(until);
				// what it came to is of no use to anybody; what it was before is
				if (standing === 'diverged') rejoin(course, making.again);
				// its weights are kept: whatever becomes of the GPU, the model can be asked
				if (standing === 'done' && course.learner.on === 'gpu') {
					rejoin(course, making.again, course.spent);
				}
				return;
			} catch (error) {
				fallBack(course, making, error);
			}
		}
	}

	async function pace(): Promise<number> {
		const { course, material, make, ...making } = await training();
		try {
			return await measure(make, material);
		} catch (error) {
			fallBack(course, { make, ...making }, error);
			return measure(async () => making.again(), material);
		}
	}

	async function write({ run, request }: { run: number; request: Request }): Promise<void> {
		writing.begin(run);
		const model = await ready!;
		const { writer, tokenizer, read } = model;
		const steps = model.training?.course.spent.steps ?? 0;
		if (model.written !== steps) {
			writer.show(await model.values());
			model.written = steps;
		}
		if (!writing.wants(run)) return;
		const answer = new Answer(writer.generator, tokenizer, request, undefined, read);
		scope.postMessage({
			type: 'started',
			run,
			promptTokens: answer.promptTokens,
			cachedTokens: answer.cachedTokens,
			forgotten: answer.forgotten,
			cuts: textsOf(answer.prompt, tokenizer),
			...(answer.over ? { over: answer.over } : {})
		});
		writing.write(answer);
	}

	async function gather(asking: Asking): Promise<Classroom> {
		const { config, tokenizer, values } = await ready!;
		const Room = await classes?.().catch(() => undefined);
		if (!Room) throw new Told(sentences.noClass());
		return new Room(config, await values(), tokenizer, asking);
	}

	/** Each is taken from the numbers themselves, and from the copy that answered too. */
	async function fingerprints(): Promise<string[]> {
		const { values, writer, written } = await ready!;
		const copies = [await values()];
		if (written >= 0) copies.push(writer.generator.weights.values);
		if (classroom) copies.push((await classroom).values);
		return Promise.all(copies.map((copy) => fingerprint(copy as Float32Array<ArrayBuffer>)));
	}

	/** What is learning stands first: it and the new one must not tell at the same time. */
	async function replace(make: () => Promise<Model>): Promise<void> {
		const before = ready;
		writing.stop();
		classroom = undefined;
		ready = end(before).then(make);
		await ready;
	}

	async function take(message: ToWorker, number: number): Promise<void> {
		switch (message.type) {
			case 'prepare':
				await replace(() => prepare(message));
				break;
			case 'tune':
				await replace(() => tune(message));
				break;
			case 'open':
				await replace(async () => open(message));
				break;
			case 'measure': {
				scope.postMessage({ type: 'measured', number, step: await pace() });
				break;
			}
			case 'learn':
				await learn(message.until);
				break;
			case 'pause':
				(await ready)?.training?.course.pause();
				break;
			case 'rest':
				(await training()).course.rest = message.share;
				break;
			case 'follow':
				(await training()).course.follow = message.index;
				break;
			case 'run':
				await write(message);
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
			case 'fingerprint':
				scope.postMessage({ type: 'fingerprint', number, sha256s: await fingerprints() });
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

	function fail(error: unknown, number = present): void {
		writing.stop();
		scope.postMessage({ type: 'failed', number, sentence: sentences.sentenceFor(error) });
	}

	scope.addEventListener('message', ({ data }) => {
		if ('number' in data && data.type !== 'pull together') present = data.number;
		const number = present;
		take(data, number).catch((error) => fail(error, number));
	});
	scope.postMessage({ type: 'hello' });
	return () => ready!;
}

/** Goes on on the processor, from the last kept state. */
function rejoin(course: Course, again: Making['again'], spent?: Spent): ProcessorLearner {
	course.learner.dispose();
	const { kept } = course;
	const learner = again(kept?.checkpoint);
	course.move(learner, spent ?? backTo(kept?.spent ?? nothing, course.spent));
	return learner;
}

async function end(before: Promise<Model> | undefined): Promise<void> {
	const course = (await before?.catch(() => undefined))?.training?.course;
	await course?.end();
	course?.learner.dispose();
}
