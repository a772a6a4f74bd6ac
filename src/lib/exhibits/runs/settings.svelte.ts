import type { TrainingRun } from '#lib/ledger/card.ts';
import { keyOf } from '#lib/ledger/run.ts';
import { readFragment, writeFragment } from '../fragment.ts';
import { axes, type Axis } from './axes.ts';
import { everything, wantedIn, type Wanted } from './filter.ts';
import { columns, type Column } from './sorting.ts';

/** What is read and compared before anybody chooses. */
export const FIRST = 'deepseek-v3';
export const FIRST_PICKED: readonly string[] = ['gpt-3-175b', 'deepseek-v3'];
export const MOST_PICKED = 4;

/** What the reader has chosen. All of it stands in the fragment, but for what is as it was at first. */
export class Settings {
	axis: Axis = $state.raw(axes[0]);
	wanted: Wanted = $state.raw(everything);
	/** Key of the run that is read. */
	at: string = $state('');
	/** Keys of the runs that are compared, in the order they were picked. */
	picked: readonly string[] = $state.raw([]);
	/** By which column the table is sorted, and whether from the largest down. */
	by: Column = $state('date');
	down = $state(false);

	readonly #id: string;
	readonly #runs: readonly TrainingRun[];
	readonly #keys: readonly string[];
	readonly #first: string;
	readonly #firstPicked: readonly string[];

	constructor(id: string, runs: readonly TrainingRun[]) {
		this.#id = id;
		this.#runs = runs;
		this.#keys = runs.map(({ model }) => keyOf(model));
		// The table may lose them one day: then the first one is read, and nothing compared.
		this.#first = this.#keys.includes(FIRST) ? FIRST : keyOf(runs[0]?.model ?? '');
		this.#firstPicked = FIRST_PICKED.filter((key) => this.#keys.includes(key));
		this.at = this.#first;
		this.picked = this.#firstPicked;
	}

	pick(key: string): void {
		if (this.picked.includes(key)) this.picked = this.picked.filter((one) => one !== key);
		else if (this.picked.length < MOST_PICKED) this.picked = [...this.picked, key];
	}

	/** Sorts by a column; by the same again the other way round. */
	sort(by: Column): void {
		this.down = this.by === by ? !this.down : columns[by].down;
		this.by = by;
	}

	/** Takes what the fragment says; what it does not say, or says wrongly, is as at first. */
	read(hash: string): void {
		const values = readFragment(hash, this.#id);
		this.axis = axes.find(({ key }) => key === values.get('by')) ?? axes[0];
		this.wanted = wantedIn(values, this.#runs);
		const at = values.get('at') ?? '';
		this.at = this.#keys.includes(at) ? at : this.#first;
		const picked = values.get('pick');
		const known = (picked ?? '')
			.split('.', 99)
			.filter((key, i, all) => this.#keys.includes(key) && all.indexOf(key) === i);
		this.picked =
			picked === 'none' ? [] : known.length ? known.slice(0, MOST_PICKED) : this.#firstPicked;
		const [by, way] = (values.get('sort') ?? '').split('.');
		const column = Object.hasOwn(columns, by) ? (by as Column) : undefined;
		this.by = column ?? 'date';
		this.down = !!column && way === 'down';
	}

	write(hash: string): string {
		const same = this.picked.join() === this.#firstPicked.join();
		return writeFragment(hash, this.#id, [
			['by', this.axis === axes[0] ? undefined : this.axis.key],
			...Object.entries(this.wanted).map(([key, value]) => [key, value || undefined] as const),
			['at', this.at === this.#first ? undefined : this.at],
			['pick', same ? undefined : this.picked.join('.') || 'none'],
			['sort', this.by === 'date' && !this.down ? undefined : this.by + (this.down ? '.down' : '')]
		]);
	}
}
