import type { Range } from '#lib/meter/crossing.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import { publishedAnswers, workedAnswers, type Length } from './answers.ts';
import { crowds, type Crowd } from './crowds.ts';
import { assumedWatts, WATTS } from './device.ts';
import { ownTrainings, publishedTrainings, workedTrainings } from './trainings.ts';

export const kinds = ['answer', 'training'] as const;
export type Kind = (typeof kinds)[number];

/** The length of Epoch’s estimate, with a short question. */
export const FIRST: Length = { sent: 100, came: 500 };

/** Tokens that may be typed. */
export const MOST: Length = { sent: 1_000_000, came: 100_000 };

/** Answers a day that may be typed, and how many at first. */
export const MOST_A_DAY = 10_000;
export const FIRST_A_DAY = 10;

/** What is pictured until the reader picks another row. */
const first: Record<Kind, string> = {
	answer: 'energy-gemini-median',
	training: 'gpt3-training-energy'
};

/** Keys of all rows there are. */
const keys: Record<Kind, readonly string[]> = {
	answer: [...publishedAnswers, ...workedAnswers(FIRST), { key: 'device' }].map(({ key }) => key),
	training: [...publishedTrainings, ...workedTrainings, ...ownTrainings(assumedWatts)].map(
		({ key }) => key
	)
};

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	kind: Kind = $state('answer');
	sent = $state(FIRST.sent);
	came = $state(FIRST.came);
	/** Watts that this device is supposed to draw. */
	watts: Range = $state.raw(assumedWatts);
	/** Key of the row that is pictured, for each kind. */
	row: Record<Kind, string> = $state.raw(first);
	/** Answers the reader asks for in a day. */
	aDay = $state(FIRST_A_DAY);
	/** Only where the reader asked for more than one. */
	crowd: Crowd | undefined = $state.raw();

	readonly #id: string;

	constructor(id: string) {
		this.#id = id;
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		if (!values.size) return;
		const whole = (name: string, least: number, most: number) =>
			plain(/^\d{1,8}$/, values.get(name), { low: least, high: most });
		const decimal = (name: string) => plain(/^\d{1,4}(\.\d{1,3})?$/, values.get(name), WATTS);

		this.kind = kinds.find((kind) => kind === values.get('of')) ?? 'answer';
		this.sent = whole('in', 0, MOST.sent) ?? FIRST.sent;
		this.came = whole('out', 1, MOST.came) ?? FIRST.came;
		this.aDay = whole('day', 1, MOST_A_DAY) ?? FIRST_A_DAY;
		const row = keys[this.kind].find((key) => key === values.get('row'));
		this.row = { ...first, ...(row && { [this.kind]: row }) };
		this.crowd = crowds.find(({ key }) => key === values.get('times'));
		const low = decimal('least') ?? assumedWatts.low;
		const high = decimal('most') ?? assumedWatts.high;
		this.watts = low <= high ? { low, high } : assumedWatts;
	}

	/** The fragment that says all this, other exhibits' parts kept. */
	write(hash: string): string {
		const changed = (now: string | number, before: string | number) =>
			now === before ? undefined : String(now);
		return writeFragment(hash, this.#id, [
			['of', changed(this.kind, 'answer')],
			['in', changed(this.sent, FIRST.sent)],
			['out', changed(this.came, FIRST.came)],
			['least', changed(this.watts.low, assumedWatts.low)],
			['most', changed(this.watts.high, assumedWatts.high)],
			['row', changed(this.row[this.kind], first[this.kind])],
			['times', this.crowd?.key],
			['day', changed(this.aDay, FIRST_A_DAY)]
		]);
	}
}

/** A number written as `pattern` has it, within bounds; nothing where it is not. */
function plain(pattern: RegExp, text = '', { low, high }: Range): number | undefined {
	const value = pattern.test(text) ? Number(text) : NaN;
	return value >= low && value <= high ? value : undefined;
}
