import type { Request } from '#lib/events.ts';
import { Pace } from '../run/pace.ts';
import { Run, type Doors as RunDoors } from '../run/run.svelte.ts';
import type { Recording } from '../run/shown.ts';
import { surprise } from './candidates.ts';
import { watching, type Watching } from './parameters.ts';
import type { Settings } from './settings.svelte.ts';

export type Doors = Omit<RunDoors, 'recording'> & {
	/** How the model of these doors reads a prompt; nothing where that is not known. */
	cuts?: (request: Request) => Promise<readonly string[]>;
};

/** One run of the lab: what it is asked, how it goes, and the token that is looked at. */
export class Side {
	readonly settings: Settings;
	readonly run: Run;
	readonly #pace: Pace;
	readonly #doors: Doors;
	#chosen = $state<number>();
	/** The token looked at where none has been chosen, while nothing runs. */
	readonly #worth = $derived.by(() =>
		this.run.phase === 'rest' ? surprise(this.run.shown.tokens) : undefined
	);

	constructor(settings: Settings, first: Recording, doors: Doors) {
		this.settings = settings;
		this.#doors = doors;
		this.#pace = new Pace(watching[settings.pace].rate);
		this.run = new Run(first, this.#pace, doors);
	}

	get busy(): boolean {
		return this.run.phase !== 'rest';
	}

	/** Going on, and held between two tokens. */
	get held(): boolean {
		return this.busy && this.run.gate.closed;
	}

	/** Nothing has come yet, not even a recording. */
	get empty(): boolean {
		return !this.busy && this.run.shown.counts.sent === 0;
	}

	/** The token whose candidates are shown: the chosen one, else the last while it runs. */
	get at(): number | undefined {
		const { came } = this.run.shown.counts;
		if (!came) return undefined;
		return Math.min(this.#chosen ?? this.#worth ?? came - 1, came - 1);
	}

	/** The chosen token alone: what is marked in the text. */
	get chosen(): number | undefined {
		return this.#chosen ?? this.#worth;
	}

	set chosen(index: number | undefined) {
		this.#chosen = index;
	}

	get pace(): Watching {
		return this.settings.pace;
	}

	/** Another pace, also in the middle of a run. */
	set pace(pace: Watching) {
		this.settings.pace = pace;
		this.#pace.rate = watching[pace].rate;
		if (!this.busy) return;
		if (pace === 'step') this.run.gate.close();
		else this.run.gate.open();
	}

	/**
	 * Runs what the settings ask.
	 * @param held to be let through one token a press, whatever the pace
	 * @returns when it is over, whether it is still to be seen
	 */
	async start({ held = this.pace === 'step' } = {}): Promise<boolean> {
		const { request, pace } = this.settings;
		this.#chosen = undefined;
		this.#pace.rate = watching[pace].rate;
		if (held) this.run.gate.step();
		else this.run.gate.open();
		this.cut(request);
		const seen = await this.run.start(request);
		this.run.gate.open();
		return seen;
	}

	/** Holds the run before its next token; nothing is computed meanwhile. */
	pause(): void {
		if (this.held) this.run.gate.open();
		else if (this.busy) this.run.gate.close();
	}

	/** Another run is in the place of what was there: what it asked can be asked again. */
	opened({ request, model }: Recording, ours: string): void {
		this.#chosen = undefined;
		this.settings.take(request);
		if (model.sha256 === ours) this.cut(this.run.shown.request);
	}

	cut(request: Request): void {
		this.#doors
			.cuts?.(request)
			.then((cuts) => this.run.cut(request, cuts))
			.catch(() => {}); // the prompt is then shown in one piece
	}
}

/** What stands in the place of a run that has not been made. */
export function unmade(record: Recording): Recording {
	const usage = { promptTokens: 0, cachedTokens: 0, outputTokens: 0, prefillMs: 0, decodeMs: 0 };
	return { ...record, tokens: [], usage, cuts: [] };
}
