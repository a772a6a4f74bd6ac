import { monthsBefore } from '#lib/ledger/age.ts';
import { topics, type Entry, type Topic } from '#lib/ledger/entry.ts';

/** Where a number stands in its line, in percent from 2017 to the day of reading, and how sure it is: 3, 2 or 1. */
export type Stroke = { at: number; tall: number };

const first = 2017;
/** Between strokes that stand side by side, in percent of the line. */
const beside = 0.55;

const within = (at: number) => Number(Math.min(100, Math.max(0, at)).toFixed(1));

/** Strokes of the same year or day stand side by side, the tall ones first: each number is seen. */
function side(entries: readonly Entry[], place: (asOf: string) => number): Stroke[] {
	const tall = { high: 3, medium: 2, low: 1 };
	const days = [...new Set(entries.map(({ figure }) => figure.asOf))];
	return days.flatMap((asOf) => {
		const group = entries.filter(({ figure }) => figure.asOf === asOf);
		return group
			.map(({ figure }) => tall[figure.confidence])
			.sort((a, b) => b - a)
			.map((height, i) => ({
				at: within(place(asOf) + (i - (group.length - 1) / 2) * beside),
				tall: height
			}));
	});
}

/** The table of contents as it is drawn. */
export function contentsOf(entries: readonly Entry[], today: string) {
	const span = monthsBefore(`${first}-01`, today);
	// A year without a month is drawn in its middle.
	const place = (asOf: string) =>
		100 - (monthsBefore(asOf.length === 4 ? `${asOf}-07` : asOf, today) / span) * 100;
	const recent = entries.filter(
		({ figure: { asOf } }) => asOf !== 'undated' && monthsBefore(asOf, today) < 24
	).length;

	return {
		topics: (Object.keys(topics) as Topic[]).map((key) => {
			const own = entries.filter(({ topic }) => topic === key);
			return {
				key,
				title: topics[key],
				count: own.length,
				strokes: side(
					own.filter(({ figure }) => figure.asOf !== 'undated'),
					place
				)
			};
		}),
		years: [2018, 2020, 2022, 2024, 2026].map((year) => ({
			year,
			at: within(place(`${year}-01`))
		})),
		finding: `${recent} of ${entries.length} numbers speak of the last two years.`
	};
}
