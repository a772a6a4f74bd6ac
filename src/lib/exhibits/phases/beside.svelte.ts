/** @file A run of any prompt, and of any device, that a reader puts beside the two. */
import type { RunRecord } from '#lib/events.ts';
import { Pace } from '../run/pace.ts';
import { Run, type Doors, type Playable } from '../run/run.svelte.ts';
import { fresh, type Recording } from '../run/shown.ts';
import { requests } from './requests.ts';
import { partOf, trialOf, type Beside } from './trials.ts';

/** Nothing until a run is opened; then that one, and as far as it has come while it is played again. */
export class Besides implements Playable {
	readonly #doors: Doors;
	readonly #timing: () => boolean;
	#run: Run | undefined = $state.raw();

	/** @param timing whether times are being taken, which nothing may disturb */
	constructor(doors: Doors, timing: () => boolean) {
		this.#doors = doors;
		this.#timing = timing;
	}

	get phase(): Playable['phase'] {
		return this.#timing() ? 'running' : (this.#run?.phase ?? 'rest');
	}

	get shown(): Playable['shown'] {
		return this.#run?.shown ?? nothing;
	}

	get kept(): RunRecord | undefined {
		return this.#run?.kept;
	}

	get gate(): Playable['gate'] {
		return this.#run?.gate ?? noGate;
	}

	/** What the opened run spent on reading and on writing. */
	get beside(): Beside | undefined {
		if (!this.#run) return undefined;
		const { record, shown } = this.#run;
		const whole = trialOf('opened', record.usage);
		return { record, whole, now: partOf(whole, shown.counts.came) };
	}

	open(record: Recording): boolean {
		if (this.#timing()) return false;
		if (!this.#run) this.#run = new Run(record, new Pace(Infinity), this.#doors);
		return this.#run.open(record);
	}

	play(speed?: number): Promise<boolean> {
		return this.#run?.play(speed) ?? Promise.resolve(false);
	}

	stop(): void {
		this.#run?.stop();
	}

	leave(): void {
		this.#run?.leave();
	}
}

const nothing = fresh(requests.reading);
const noGate: Playable['gate'] = { closed: false, open() {}, step() {} };
