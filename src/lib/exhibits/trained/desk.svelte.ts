import { PASSES_TO_LEARN } from '#lib/meter/formulas/operations.ts';
import type { Tab } from '#lib/meter/tab.svelte.ts';
import { Pace } from '../run/pace.ts';
import { Run, type Playable } from '../run/run.svelte.ts';
import type { Recording } from '../run/shown.ts';
import { Crowd } from '../train/after/crowd.svelte.ts';
import type { Ready } from './model.ts';

/** What a model that was trained here is asked: by one reader, or by a class. One of the two at a time. */
export class Asking {
	readonly run: Run;
	readonly crowd: Crowd;
	/** Tokens of use that take as many operations as its training. */
	readonly crossing: number;
	/** What is kept and played of it: runs of this model alone. */
	readonly playable: Playable;

	readonly #model: Ready;
	/** Its worker broke off: it is put into another before the next run. */
	#broken = false;

	/**
	 * @param called its name, as it is when a run begins
	 * @param prompt what a class asks
	 */
	constructor(
		model: Ready,
		tab: Tab,
		pace: Pace,
		{
			called,
			prompt,
			bySentence
		}: { called: () => string; prompt: () => string; bySentence: () => boolean }
	) {
		this.#model = model;
		this.crossing = PASSES_TO_LEARN * model.model.spent.tokens;
		const run = (this.run = new Run(model.first, pace, {
			engine: async () => {
				await this.#mend();
				return model.engine(called());
			},
			watch: (events, about) => tab.watch(events, about),
			bySentence
		}));
		this.crowd = new Crowd({
			client: model.client,
			get name() {
				return called();
			},
			get prompt() {
				return prompt();
			},
			learnt: model.model.spent.tokens,
			watch: (events, about) => tab.watch(events, about)
		});
		this.playable = {
			get phase() {
				return run.phase;
			},
			get shown() {
				return run.shown;
			},
			// its last picture is no run: nobody noted when its tokens came
			get kept() {
				return run.shown.usage?.decodeMs ? run.kept : undefined;
			},
			gate: run.gate,
			stop: () => run.stop(),
			play: (speed) => run.play(speed),
			open: (record: Recording) => {
				if (record.model.sha256 !== model.model.sha256) {
					throw new Error(
						'This run is of another model, whose training is another bar. Let the pocket model write to open it here.'
					);
				}
				return run.open(record);
			}
		};
	}

	get busy(): boolean {
		return this.run.phase !== 'rest' || this.crowd.busy;
	}

	stop(): void {
		this.run.stop();
		this.crowd.stop();
	}

	async ask(request: Parameters<Run['start']>[0]): Promise<void> {
		await this.run.start(request);
		this.#broken ||= this.run.shown.error !== undefined;
	}

	async askTogether(): Promise<void> {
		await this.#mend().catch(() => {}); // the class says what it meets
		await this.crowd.start();
		this.#broken ||= this.crowd.error !== undefined;
	}

	leave(): void {
		this.run.leave();
		this.crowd.leave();
	}

	async #mend(): Promise<void> {
		if (!this.#broken) return;
		await this.#model.again();
		this.#broken = false;
	}
}
