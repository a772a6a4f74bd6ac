import { messageOf } from '#lib/engine/told.ts';
import { TrainingClient, type News, type Ready } from '#lib/engine/training/client.ts';
import type { Paces, Spent, Where } from '#lib/engine/training/protocol.ts';
import type { Recipe } from '#lib/engine/training/recipe.ts';
import { onBeat } from '#lib/ui/beat.ts';
import type { Frozen } from './frozen.ts';
import { Keeper } from './keeper.ts';
import type { Held } from './losses.ts';
import type { Client, Phase, Wish } from './phase.ts';
import { again, placeOf, unspent, whereOf } from './where.ts';
import { upTo, withNews } from './news.ts';
import { says } from './says.ts';
import type { Store, Unfinished } from './store.ts';
import { freshView, nothing, type BabyPicture, type View } from './view.ts';

/** So long is not begun before the reader has seen how long. */
const LONG = 120; // s

/** One training run after another, as a page shows it. Nothing begins by itself. */
export class Training {
	/** What happens when it is done; the model can be run from then on. */
	onfrozen: ((frozen: Frozen) => void) | undefined;

	readonly #make: (hear: (news: News) => void) => Client;
	readonly #where: () => Where;
	readonly #keeper: Keeper;
	#client: Client | undefined;
	#phase = $state<Phase>('idle');
	#view: View = $state.raw(null!);
	/** What is shown where it is folded away: it stands still while a model learns, or its garbage halts the page. */
	folded: View = $state.raw(null!);
	#ready: Ready | undefined = $state.raw();
	#msPerStep: number | undefined = $state();
	#paces: Paces | undefined = $state.raw();
	#sentence: string | undefined = $state();
	/** Something to know that stops nothing, to be said beside the picture. */
	note: string | undefined = $state();
	/** Of what was prepared last, and where that was to be. */
	#recipe: Recipe | undefined = $state.raw();
	#on: Where | undefined;
	/** Up to where the present pace does not count: it began elsewhere. */
	#before: Spent = $state.raw(nothing);
	#unfinished: Unfinished | undefined = $state.raw();
	#rest = $state(0);
	/** A kept state is being taken up. */
	#resuming = $state(false);

	/** What is shown next. */
	#next: View;
	#wish: Wish = 'measure';
	#number = 0;
	#follow = 0;
	#unschedule = () => {};
	#gone = false;

	constructor(
		first: View,
		store: Store,
		make: (hear: (news: News) => void) => Client = (hear) => new TrainingClient(hear),
		where: () => Where = () => 'processor'
	) {
		this.#where = where;
		this.#next = this.#view = this.folded = first;
		this.#keeper = new Keeper(store, () => {
			if (!this.#gone) this.note = says.notKept;
		});
		this.#make = make;
	}

	get phase(): Phase {
		return this.#phase;
	}

	get view(): View {
		return this.#view;
	}

	/** What was read and made last, while there is no run of it on screen or while there is. */
	get ready(): Ready | undefined {
		return this.#ready;
	}

	/** Measured here, for the recipe that was prepared last. */
	get msPerStep(): number | undefined {
		return this.#msPerStep;
	}

	/** Milliseconds a step, in the places where that was measured for the recipe that was prepared last. */
	get paces(): Paces | undefined {
		return this.#paces;
	}

	/** Why it stands, and what helps: for readers. */
	get sentence(): string | undefined {
		return this.#sentence;
	}

	/** A run of an earlier visit that can be gone on with. */
	get unfinished(): Unfinished | undefined {
		return this.#unfinished;
	}

	/** Whether a run is on screen that is not over: what it is made of cannot change now. */
	get begun(): boolean {
		return this.#resuming || !['idle', 'preparing', 'ready'].includes(this.#phase);
	}

	/** Seconds that the steps left will take, at the measured pace and with the rests between them. */
	get secondsLeft(): number | undefined {
		const ms = this.#measuredNow ?? this.#msPerStep;
		if (ms === undefined) return undefined;
		const { spent, recipe } = this.begun
			? this.#view
			: { spent: { steps: 0 }, recipe: this.#recipe };
		return (((recipe?.steps ?? 0) - spent.steps) * ms * (1 + this.#rest)) / 1000;
	}

	/** After so many steps there is a state to go on from. */
	get keptStep(): number | undefined {
		return this.#client?.kept?.spent.steps;
	}

	/** Rest after each step, as a share of the time it took. */
	set rest(share: number) {
		if (this.#rest === share) return;
		this.#rest = share;
		if (this.#ready) this.#client?.rest(share);
	}

	/** The number of the weights that is followed. */
	set follow(index: number) {
		this.#follow = index;
		if (this.#ready) this.#client?.follow(index);
	}

	/**
	 * Looks for a run that an earlier visit left unfinished.
	 *
	 * @param gpu whether it may be one that a GPU has a part in
	 */
	async recall(gpu = true): Promise<void> {
		const found = await this.#keeper.find();
		if (found && (gpu || !found.kept.spent.onGpu) && this.#phase === 'idle' && !this.#gone)
			this.#unfinished = found;
	}

	async forget(): Promise<void> {
		this.#unfinished = undefined;
		await this.#keeper.forget();
	}

	/** Measures how long it takes here, unless that is known or a run is on screen. */
	measure(recipe: Recipe): void {
		if (this.begun || (this.#phase !== 'idle' && this.#isPrepared(recipe))) return;
		void this.#prepare(recipe, 'measure');
	}

	/** Learns from the first step. The time it takes is measured before, where it is not known. */
	train(recipe: Recipe): void {
		this.#begin(recipe, 'learn');
	}

	/** One step, from wherever it stands. */
	step(recipe: Recipe): void {
		if (this.#phase === 'paused') return this.#learn(this.#view.spent.steps + 1);
		if (!this.begun) this.#begin(recipe, 'step');
	}

	pause(): void {
		if (this.#phase === 'learning') this.#client?.pause();
	}

	/** Goes on from where it stands, or from what was kept. */
	async goOn(): Promise<void> {
		if (this.#phase === 'paused') return this.#learn(Infinity);
		const kept = this.#client?.kept;
		if (this.#phase !== 'lost' || !kept) return;
		await this.#take({ ...this.#next, kept: again(kept, this.#next.spent) });
	}

	/** Goes on with what an earlier visit left. @returns whether it could */
	async takeUp(): Promise<boolean> {
		const found = this.#unfinished;
		if (!found || this.begun) return false;
		this.#unfinished = undefined;
		const { losses, ...rest } = found;
		const ready = await this.#take({ ...rest, all: losses });
		if (!ready && !this.#gone && this.#phase === 'lost') {
			await this.forget();
			this.#phase = 'idle';
			this.#sentence = says.unreadable;
		}
		return ready;
	}

	/** Puts the run on screen away. The next one is prepared, and not begun. */
	startOver(recipe: Recipe, wish: Wish = 'measure'): void {
		void this.forget();
		this.note = undefined;
		void this.#prepare(recipe, wish, true);
	}

	/** Ends whatever learns, and frees its memory. */
	leave(): void {
		this.#gone = true;
		this.#number++;
		this.#unschedule();
		this.#client?.dispose();
	}

	#begin(recipe: Recipe, wish: Wish): void {
		if (this.begun) return;
		this.#unfinished = undefined;
		const same = this.#isPrepared(recipe);
		if (this.#phase === 'ready' && same) return this.#start(wish);
		if (this.#phase === 'preparing' && same) this.#wish = wish;
		else void this.#prepare(recipe, wish);
	}

	/** Whether this was prepared last, or is being prepared, in the place where it shall be. */
	#isPrepared(recipe: Recipe): boolean {
		return this.#on === this.#where() && JSON.stringify(recipe) === JSON.stringify(this.#recipe);
	}

	async #prepare(recipe: Recipe, wish: Wish, clear = false): Promise<void> {
		const mine = ++this.#number;
		this.#recipe = recipe;
		const on = (this.#on = this.#where());
		this.#wish = wish;
		this.#phase = 'preparing';
		this.#msPerStep = undefined;
		this.#sentence = undefined;
		this.#keeper.begin();
		const client = (this.#client ??= this.#make((news) => this.#hear(news)));
		try {
			const ready = await client.prepare(recipe, on);
			if (mine !== this.#number) return;
			this.#ready = ready;
			this.note = ready.note;
			client.rest(this.#rest);
			client.follow(this.#follow);
			if (clear) this.#publish(freshView(recipe, ready.prepared, unspent(ready)));
			const paces = ready.paces ?? { [placeOf(ready)]: await client.measure() };
			if (mine !== this.#number) return;
			this.#paces = paces;
			// a GPU that was lost while it was measured has left it to the processor
			this.#msPerStep = paces[placeOf(this.#ready!)] ?? Object.values(paces)[0];
		} catch (error) {
			if (mine !== this.#number) return;
			this.#ready = undefined;
			this.#phase = 'idle';
			this.#sentence = messageOf(error);
			return;
		}
		this.#phase = 'ready';
		const asked = this.#wish;
		if (asked === 'measure') return;
		if (asked === 'learn' && this.secondsLeft! > LONG) this.#sentence = says.long;
		else this.#start(asked);
	}

	#start(wish: Wish): void {
		this.#sentence = undefined;
		this.#publish(freshView(this.#recipe!, this.#ready!.prepared, unspent(this.#ready!)));
		this.#before = nothing;
		this.#learn(wish === 'step' ? 1 : Infinity);
	}

	#learn(until: number): void {
		this.#phase = 'learning';
		this.#sentence = undefined;
		this.#client!.learn(until === Infinity ? this.#view.recipe.steps : until);
	}

	/** Prepares a kept state and goes on with it. @returns whether it could */
	async #take(from: {
		recipe: Recipe;
		kept: Unfinished['kept'];
		/** Losses of all its steps, where they are not drawn yet. */
		all?: Float32Array<ArrayBuffer>;
		held: readonly Held[];
		pictures: readonly BabyPicture[];
	}): Promise<boolean> {
		const mine = ++this.#number;
		const { recipe, kept, all } = from;
		this.#recipe = recipe;
		this.#resuming = true;
		this.#phase = 'preparing';
		this.#sentence = undefined;
		const client = (this.#client ??= this.#make((news) => this.#hear(news)));
		try {
			const ready = await client.prepare(recipe, whereOf(kept.spent), kept);
			if (mine !== this.#number) return false;
			this.#ready = ready;
			this.note = ready.note;
			this.#before = kept.spent;
			const view = freshView(recipe, ready.prepared, kept.spent);
			const before = (all ?? this.#next.losses.all).slice(0, kept.spent.steps);
			view.losses.add(before);
			this.#publish({
				...view,
				count: kept.spent.steps,
				held: upTo(from.held, kept.spent),
				pictures: upTo(from.pictures, kept.spent)
			});
			client.rest(this.#rest);
			client.follow(this.#follow);
		} catch (error) {
			if (mine !== this.#number) return false;
			this.#phase = 'lost';
			this.#sentence = messageOf(error);
			return false;
		} finally {
			if (mine === this.#number) this.#resuming = false;
		}
		this.#learn(Infinity);
		return true;
	}

	#hear(news: News): void {
		if (news.type === 'kept') return this.#keeper.keep(this.#next, this.#client?.kept);
		if (news.type === 'lost') {
			this.#phase = 'lost';
			this.#flush();
			this.#sentence = says.lost(news.sentence, this.keptStep);
			return;
		}
		if (news.type === 'moved') {
			this.note = news.sentence;
			this.#ready = { ...this.#ready!, on: news.on };
			if (!this.begun) return;
			this.#msPerStep = undefined;
			this.#before = news.spent;
		}
		this.#next = withNews(this.#next, news, this.#client?.kept?.sha256);
		if (news.type !== 'stands') {
			this.#unschedule = onBeat(this.#flush);
			return;
		}
		this.#phase = news.why;
		this.#flush();
		if (news.why === 'diverged') this.#sentence = says.diverged(this.#next);
		if (news.why === 'done') this.#freeze();
	}

	#freeze(): void {
		void this.#keeper.forget();
		const { prepared, on } = this.#ready!;
		const { recipe, spent, sha256, hashes, losses, held, pictures } = this.#view;
		const name = 'a model trained in this tab';
		const client = this.#client!;
		this.onfrozen?.({
			version: 1,
			at: Date.now(),
			name: '',
			engine: client.engine({ name, parameters: prepared.parameters, sha256 }),
			client,
			checkpoint: client.kept?.checkpoint,
			recipe,
			prepared,
			spent,
			on,
			sha256,
			hashes,
			losses: losses.all,
			held,
			pictures
		});
	}

	#publish(view: View): void {
		this.#next = view;
		this.#flush();
	}

	readonly #flush = (): void => {
		this.#unschedule();
		if (this.#gone) return;
		this.#view = this.#next;
		if (this.#phase !== 'learning' || document.querySelector('.train details[open]'))
			this.folded = this.#next;
	};

	/** Milliseconds a step has taken so far, looking on included. */
	get #measuredNow(): number | undefined {
		const { steps, learningMs, lookingMs } = this.#view.spent;
		const { steps: from, learningMs: learning, lookingMs: looking } = this.#before;
		return this.begun && steps - from >= ENOUGH
			? (learningMs + lookingMs - learning - looking) / (steps - from)
			: undefined;
	}
}

/** Steps after which the time they took says more than what was measured before. */
const ENOUGH = 50;
