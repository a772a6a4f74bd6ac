/** @file What the picture shows, worked out from counts, basis and scale. Pure: components only draw it. */
import { use, type Basis, type Counts } from '#lib/meter/basis.ts';
import { crossing, share, type Range } from '#lib/meter/crossing.ts';
import { carry, ladder, SQUARES, whole, type Fill } from './slip.ts';
import { stops, type Stop, type StopKey } from './stops.ts';

/** Height of the plot at ordinary size of type, in pixels. */
export const PLOT_HEIGHT = 310;

/** A column lower than this is not faked: it is put under the lens. */
const SEEN = 4; // px

export type Setting = {
	basis: Basis;
	counts: Counts;
	/** Counts of the last complete run: order and number of the stops rest on it while another runs. */
	reference: Counts;
	at: StopKey;
	/** How many ask on a day of everyone. */
	everyone: number;
	/** As which model the tokens are billed: its name, and its name with the day. */
	billed?: { model: string; label: string };
	running: boolean;
	/** How long the training of the streaming model kept its machine. */
	trainingSeconds?: number;
	plotHeight?: number; // px
	/** The axis goes up to here at least, in the basis' unit. */
	room?: number;
	/** What is said in the picture of use that goes on and on, as nothing else is known of it beforehand. */
	told?: Told | undefined;
};

export type Told = {
	/** At the line; see `crossingWords`. */
	crossing: { name: string; after: string; short: string };
	/** Use has come to the line. */
	crossed: boolean;
	/** Under the column. */
	column: string;
	/** In the column. */
	who: string;
};

export type Frame = {
	/** The axis ends here: training or use, whichever is larger. In the basis' unit. */
	top: number;
	askings: number;
};

export type Lens =
	| {
			over: 'column';
			/** How many of the finest squares one square stands for. */
			unit: number;
			/** Slips already full; only where one answer is on the slip. */
			full: number;
			fill: Fill;
			/** How many of these slips the bar holds. */
			inBar: Range;
	  }
	| { over: 'bar'; /** How many slips, a training a square, the column holds. */ inColumn: number };

export type Scene = Setting & {
	stops: Stop[];
	stop: Stop;
	/** How many askings like the last complete one reach the bar. */
	crossing: Range;
	frame: Frame;
	/** Of all askings, in the basis' unit. */
	use: { sent: number; came: number; total: number };
	share: Range;
	/** True heights at the scale of the axis, whether or not they can be drawn. */
	columnPixels: number;
	barPixels: number;
	lens: Lens | undefined;
};

export function scene(setting: Setting): Scene {
	const { basis, counts, reference, at, everyone, running, room = 0 } = setting;
	const { plotHeight = PLOT_HEIGHT } = setting;
	const { bar } = basis;
	const before = use(basis, reference).total;
	const one = use(basis, counts);
	const level = crossing(bar, before);
	const all = stops(level, everyone);
	const stop = all.find(({ key }) => key === at)!;
	const total = one.total * stop.askings;
	const frame = {
		// A run that has just begun must not shrink the frame, only to let it grow again.
		top: Math.max(bar.high, total, running ? before * stop.askings : 0, room),
		askings: stop.askings
	};
	const pixels = (amount: number) => (amount / frame.top) * plotHeight;
	const [columnPixels, barPixels] = [pixels(total), pixels(bar.high)];

	return {
		...setting,
		stops: all,
		stop,
		crossing: level,
		frame,
		use: {
			sent: one.sent * stop.askings,
			came: one.came * stop.askings,
			total
		},
		share: share(total, bar),
		columnPixels,
		barPixels,
		lens: lensFor()
	};

	function lensFor(): Lens | undefined {
		if (barPixels < SEEN) return { over: 'bar', inColumn: total / bar.high / SQUARES };
		if (columnPixels >= SEEN) return undefined;

		const squares = (amount: number) => (amount * stop.askings) / basis.square;
		const single = stop.key === 'you';
		const unit = single ? 1 : ladder(squares(one.total));
		const { full, rest } = carry(whole(squares(one.sent) / unit, squares(one.came) / unit));
		const worth = basis.square * unit * SQUARES;
		return {
			over: 'column',
			unit,
			full,
			fill: rest,
			inBar: { low: bar.low / worth, high: bar.high / worth }
		};
	}
}

/** Parts of the axis, 0 to 1, that bar and column take in a frame. */
export function drawn({ basis, counts }: Setting, { top, askings }: Frame) {
	const one = use(basis, counts);
	return {
		bar: { low: basis.bar.low / top, high: basis.bar.high / top },
		sent: (one.sent * askings) / top,
		came: (one.came * askings) / top
	};
}
