import { readFragment, writeFragment } from '../fragment.ts';
import { dayWithin } from './day.ts';
import type { Tokens } from './line.ts';
import { FIRST, LAST, levels, makers, OPENED, RUN, type Level, type Maker } from './record.ts';

/** Tokens that may be typed, of each kind. */
export const MOST = 1_000_000_000;

/** What is billed: the recorded run, what this visit has used, or counts that were typed. */
export type What = 'run' | 'tab' | 'own';

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	day = $state(OPENED);
	what: What = $state('run');
	maker: Maker = $state.raw(makers[0]);
	level: Level = $state.raw(levels[0]);
	#own: Tokens = $state.raw(RUN);

	readonly #id: string;
	readonly #tab: () => Tokens;

	/** @param tab what this visit has used so far */
	constructor(id: string, tab: () => Tokens) {
		this.#id = id;
		this.#tab = tab;
	}

	/** What is on the bill. A tab with nothing on it is no bill: then it is the recorded run. */
	get tokens(): Tokens {
		if (this.what === 'own') return this.#own;
		const tab = this.#tab();
		return this.what === 'tab' && tab.sent + tab.came ? tab : RUN;
	}

	/** Takes counts that were typed. Of nothing sent nothing can come, and no more is cached than sent. */
	type({ sent, cached, came }: Tokens): void {
		const whole = Math.max(sent, 1);
		this.#own = { sent: whole, cached: Math.min(cached, whole), came };
		this.what = 'own';
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		this.day = dayWithin(values.get('day') ?? '', FIRST, LAST) ?? OPENED;
		this.maker = makers.find(({ key }) => key === values.get('top')) ?? makers[0];
		this.level = levels.find(({ key }) => key === values.get('level')) ?? levels[0];
		const counts = /^(\d{1,10}),(\d{1,10}),(\d{1,10})$/.exec(values.get('tokens') ?? '');
		const [sent, cached, came] = (counts ?? []).slice(1).map(Number);
		const sound = counts && sent > 0 && cached <= sent && Math.max(sent, came) <= MOST;
		this.what = values.get('of') === 'tab' ? 'tab' : 'run';
		if (sound) this.type({ sent, cached, came });
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = (now: string, before: string) => (now === before ? undefined : now);
		const { sent, cached, came } = this.tokens;
		return writeFragment(hash, this.#id, [
			['day', changed(this.day, OPENED)],
			['top', changed(this.maker.key, makers[0].key)],
			['level', changed(this.level.key, levels[0].key)],
			['of', this.what === 'tab' ? 'tab' : undefined],
			['tokens', this.what === 'own' ? [sent, cached, came].join() : undefined]
		]);
	}
}
