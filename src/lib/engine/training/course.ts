import { log } from '#lib/tiny/exact.ts';
import { shapes } from '#lib/tiny/weights.ts';
import { learningRateAt } from '#lib/tiny/schedule.ts';
import { fingerprint } from './fingerprint.ts';
import type { Learner } from './learner.ts';
import type { FromWorker, Look, Moment, OneWeight, Place, Spent, Standing } from './protocol.ts';
import type { Material, Plan } from './material.ts';
import { END } from './reading.ts';
import type { Guess, Viewer } from './viewer.ts';

/** The page is told of losses so often, … */
const TELL = 100; // ms
/** … and shown one place of a step, one weight and the SHA-256: what a person can follow. */
const LOOK = 260; // ms; fewer than four changes a second (WCAG 2.3.1)
/** A state to go on from. */
const KEEP = 4000; // ms
/** Tokens of a picture at most. */
export const PICTURE = 60;
/** Characters of a place's context that are shown. */
const CONTEXT = 28;
/** So many steps' loss above that of guessing, and it is not learning. */
const ABOVE = 20;

export const nothing: Spent = {
	steps: 0,
	tokens: 0,
	learning: 0,
	looking: 0,
	learningMs: 0,
	lookingMs: 0
};

/** A state to go on from, and what it has taken up to there. */
export type Kept = { checkpoint: Uint8Array; spent: Spent };

export type CourseOptions = {
	plan: Plan;
	reading: Material;
	learner: Learner;
	viewer: Viewer;
	/** What an earlier part of the same run came to. */
	kept?: Kept | undefined;
	tell: (message: FromWorker) => void;
	/** Milliseconds. */
	now?: () => number;
	/** Lets messages be heard, and rests for so many milliseconds. */
	breathe: (rest: number) => Promise<void>;
};

/** What is known of a place, and of a weight, before a step. */
type Before = {
	context: ArrayLike<number>;
	target: number;
	text: string;
	guess: Guess;
	/** Which one is followed: it may be another one by the time the step is done. */
	follow: number;
	weight: Moment;
};

/** One training run, step by step. It knows no worker. */
export class Course {
	/** Rest after each step, as a share of the time it took. */
	rest = 0;
	/** The number that is followed. */
	follow = 0;

	readonly #options: Required<Omit<CourseOptions, 'kept'>>;
	readonly #pictures: Set<number>;
	#spent: Spent;
	#learner: Learner;
	#learning: Promise<Standing> | undefined;
	#pausing = false;

	#losses: number[] = [];
	#gradientNorm = 0;
	#rate = 0;
	#above = 0;
	#told = -Infinity;
	#looked = -Infinity;
	/** When the last state was kept; before the first one, half of the time earlier than learning began. */
	#keptAt: number | undefined;
	#kept: Kept | undefined;

	constructor({ kept, now = () => performance.now(), ...options }: CourseOptions) {
		this.#options = { ...options, now };
		this.#learner = options.learner;
		this.#kept = kept;
		this.#spent = { ...(kept?.spent ?? nothing) };
		this.#pictures = new Set(options.plan.pictures);
	}

	get learner(): Learner {
		return this.#learner;
	}

	get spent(): Spent {
		return { ...this.#spent };
	}

	get over(): boolean {
		return this.#spent.steps >= this.#options.plan.steps;
	}

	/** Goes on with the same run elsewhere: the GPU was lost, or is not needed any more. */
	move(learner: Learner, spent: Spent): void {
		this.#learner = learner;
		this.#spent = { ...spent };
		this.#losses = [];
	}

	/** The last state that was kept, if any: what there is to go on from when a learner is lost. */
	get kept(): Kept | undefined {
		return this.#kept;
	}

	/** Lets the step that is being computed finish. */
	pause(): void {
		this.#pausing = true;
	}

	/**
	 * Learns until so many steps are done, all of them at most, or until it is paused. Once at a time: who
	 * asks in the meantime waits for the same end.
	 *
	 * @throws what the learner throws: it is lost then
	 */
	async learn(until: number): Promise<Standing> {
		if (this.#learning) return this.#learning;
		this.#pausing = false;
		this.#learning = this.#learn(until);
		try {
			return await this.#learning;
		} finally {
			this.#learning = undefined;
		}
	}

	/** Pauses, and waits until it stands. */
	async end(): Promise<void> {
		this.pause();
		await this.#learning?.catch(() => {});
	}

	async #learn(until: number): Promise<Standing> {
		const last = Math.min(until, this.#options.plan.steps);
		if (this.#spent.steps === 0) await this.#observe();
		while (this.#spent.steps < last && !this.#pausing) {
			if (!(await this.#step(last))) return this.#stand('diverged');
		}
		return this.#stand(this.over ? 'done' : 'paused');
	}

	/**
	 * A state to go on from, told to the page as well.
	 *
	 * @returns the SHA-256 of its weights
	 */
	async keep(): Promise<string> {
		// the losses of all its steps come before it: whoever keeps both has no gap between them
		if (this.#losses.length) this.#tell();
		const checkpoint = await this.#learner.checkpoint();
		this.#keptAt = this.#options.now();
		this.#kept = { checkpoint, spent: this.spent };
		const sha256 = await fingerprint(await this.#learner.weights());
		// the page gets a handle: it neither copies these bytes nor clones them into its storage
		const handle = new Blob([checkpoint]);
		this.#options.tell({ type: 'kept', checkpoint: handle, spent: this.spent, sha256 });
		return sha256;
	}

	/** @returns whether it still learns */
	async #step(last: number): Promise<boolean> {
		const { now, reading, plan, breathe } = this.#options;
		const { steps } = this.#spent;
		const batch = reading.batch(steps);
		const looking = now() - this.#looked >= LOOK || steps + 1 === last;
		const before = looking ? await this.#aside(() => this.#before(batch, steps)) : undefined;

		const start = now();
		const operations = this.#learner.operations;
		this.#rate = learningRateAt(steps, plan.schedule);
		const { loss, gradientNorm } = await this.#learner.step(batch, this.#rate);
		const ms = now() - start;
		this.#onGpu(1, ms);
		this.#spent.learningMs += ms;
		this.#spent.learning += this.#learner.operations - operations;
		this.#spent.steps = this.#learner.steps;
		this.#spent.tokens = this.#learner.tokens;
		this.#losses.push(loss);
		this.#gradientNorm = gradientNorm;

		if (!this.#sound(loss, gradientNorm)) return false;
		const look = before && (await this.#aside(() => this.#after(before)));
		if (look) this.#looked = now();
		if (look || now() - this.#told >= TELL) this.#tell(look);
		if (this.#spent.steps % plan.heldEvery === 0 || this.#pictures.has(this.#spent.steps)) {
			await this.#observe();
		}
		this.#keptAt ??= start - KEEP / 2;
		if (now() - this.#keptAt >= KEEP && this.#spent.steps < plan.steps) {
			await this.#aside(() => this.keep());
		}
		await breathe(this.rest * ms);
		return true;
	}

	/** Whether the numbers are still numbers, and the loss not far above that of guessing. */
	#sound(loss: number, gradientNorm: number): boolean {
		if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return false;
		this.#above = loss > 2 * log(this.#learner.config.vocabulary) ? this.#above + 1 : 0;
		return this.#above < ABOVE;
	}

	/** Held-out loss and pictures, where they are due. */
	async #observe(): Promise<void> {
		const { reading, viewer, tell, now } = this.#options;
		const { steps } = this.#spent;
		await this.#aside(async () => {
			const start = now();
			const loss = await this.#learner.evaluate(reading.heldOut);
			this.#onGpu(0, now() - start);
			tell({ type: 'held', step: steps, loss });
			if (!this.#pictures.has(steps)) return;
			viewer.show(await this.#learner.weights());
			tell({ type: 'picture', step: steps, text: viewer.finish(reading.beginning, PICTURE) });
		});
	}

	/** What is about to change: one place of the first sequence, and the weight that is followed. */
	async #before(batch: Uint16Array[], step: number): Promise<Before> {
		const { viewer, reading } = this.#options;
		viewer.show(await this.#learner.weights());
		const { follow } = this;
		const [sequence] = batch;
		// another place every time, with enough before it to go by
		const at = Math.floor(sequence.length / 2) + ((step * 7) % Math.floor(sequence.length / 2));
		const context = sequence.subarray(0, at);
		const target = sequence[at];
		const end = reading.tokenizer.special(END);
		const from = context.lastIndexOf(end) + 1;
		return {
			context,
			target,
			text: tail(reading.tokenizer.decode(context.subarray(from)), CONTEXT),
			guess: viewer.guess(context, target),
			follow,
			weight: await this.#learner.at(follow)
		};
	}

	async #after(before: Before): Promise<Look> {
		const { viewer, reading } = this.#options;
		const weights = await this.#learner.weights();
		const sha256 = await fingerprint(weights);
		viewer.show(weights);
		const place: Place = {
			context: before.text,
			target: reading.tokenizer.text(before.target),
			before: before.guess,
			after: viewer.guess(before.context, before.target)
		};
		const weight: OneWeight = {
			...placeOf(before.follow, this.#learner.config),
			before: before.weight,
			after: await this.#learner.at(before.follow),
			rate: this.#rate,
			step: this.#spent.steps
		};
		return { step: this.#spent.steps, sha256, place, weight };
	}

	/** What the GPU did is counted once more for itself: its watts are not those of a core. */
	#onGpu(steps: number, ms: number): void {
		if (this.#learner.on !== 'gpu') return;
		const before = this.#spent.onGpu ?? { steps: 0, ms: 0 };
		this.#spent.onGpu = { steps: before.steps + steps, ms: before.ms + ms };
	}

	/** Looking on is counted, and apart from learning. */
	async #aside<T>(look: () => T | Promise<T>): Promise<T> {
		const { now, viewer } = this.#options;
		const start = now();
		const operations = this.#learner.operations + viewer.operations;
		const found = await look();
		this.#spent.looking += this.#learner.operations + viewer.operations - operations;
		this.#spent.lookingMs += now() - start;
		return found;
	}

	#tell(look?: Look): void {
		this.#told = this.#options.now();
		this.#options.tell({
			type: 'progress',
			spent: this.spent,
			losses: Float32Array.from(this.#losses.splice(0)),
			gradientNorm: this.#gradientNorm,
			rate: this.#rate,
			...(look ? { look } : {})
		});
	}

	async #stand(why: Standing): Promise<Standing> {
		if (this.#losses.length) this.#tell();
		const sha256 =
			why === 'diverged'
				? await fingerprint(await this.#learner.weights())
				: await this.#aside(() => this.keep());
		this.#options.tell({ type: 'stands', why, spent: this.spent, sha256 });
		return why;
	}
}

/** Which number of which matrix it is. */
function placeOf(index: number, config: Learner['config']) {
	let left = index;
	for (const { name, rows, columns } of shapes(config)) {
		if (left < rows * columns) {
			return { name, row: Math.floor(left / columns), column: left % columns };
		}
		left -= rows * columns;
	}
	throw new RangeError(`There is no weight ${index}`);
}

/** The last characters of a text, whole ones. */
function tail(text: string, most: number): string {
	return [...text].slice(-most).join('');
}
