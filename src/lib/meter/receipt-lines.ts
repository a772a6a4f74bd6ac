/**
 * @file The receipt as lines of till paper. The page, the text, the picture and the printer all show
 * these, so that they cannot say different things.
 */
import { amount, grouped, plainDate } from '#lib/ledger/words.ts';
import { squaresOf } from '#lib/ui/mosaic.ts';
import { dollars, money } from './money.ts';
import { plausible, type Receipt } from './receipt.ts';

export type Line =
	| { kind: 'title' | 'head' | 'text' | 'strong' | 'small'; text: string }
	| { kind: 'pair' | 'total'; left: string; right: string; side?: 'in' | 'out' }
	| { kind: 'rule' }
	| { kind: 'mosaic'; sha256: string };

/** How dates are written where the receipt is read. */
export type Dates = { day: (date: Date) => string; time: (date: Date) => string };

/** Characters a line of 58 mm paper holds. */
export const COLUMNS = 32;

/** Runs listed one by one; earlier ones are summed up in a line. */
const LISTED = 10;

/** Dates as the reader's browser writes them. */
export function localDates(locale?: string): Dates {
	const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
	const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
	return { day: (date) => day.format(date), time: (date) => time.format(date) };
}

export function linesOf(receipt: Receipt, dates: Dates, heading = 'receipt of this visit'): Line[] {
	const { counts, card, bill, model, last } = receipt;
	const date = plausible(Date.parse(receipt.date ?? ''));
	const price = (decimal: string) => dollars(money(decimal));
	const all = [bill.sent, bill.came, bill.sum].map(money);
	const digits = Math.max(2, ...all.map(({ scale }) => scale));
	const sum = (decimal: string) => dollars(money(decimal), { digits });

	return [
		{ kind: 'title', text: 'Running Tab' },
		{ kind: 'head', text: heading },
		{ kind: 'head', text: date ? dates.day(date) : 'no date: the clock here is not set' },
		{ kind: 'rule' },
		...runsOf(receipt, dates),
		...(last && counts.runs
			? [{ kind: 'pair' as const, left: 'last seed', right: String(last.seed) }]
			: []),
		{ kind: 'rule' },
		{ kind: 'pair', left: 'in', right: grouped(counts.sent), side: 'in' },
		{ kind: 'pair', left: 'in, from a cache', right: 'none assumed' },
		{ kind: 'pair', left: 'out', right: grouped(counts.came), side: 'out' },
		{ kind: 'pair', left: 'runs', right: grouped(counts.runs) },
		{ kind: 'rule' },
		{ kind: 'strong', text: `at ${card.label}` },
		{ kind: 'small', text: `listed by ${card.vendor} from ${plainDate(card.from)}, per million` },
		{
			kind: 'pair',
			left: `${grouped(counts.sent)} × ${price(card.input)}`,
			right: sum(bill.sent),
			side: 'in'
		},
		{
			kind: 'pair',
			left: `${grouped(counts.came)} × ${price(card.output)}`,
			right: sum(bill.came),
			side: 'out'
		},
		{ kind: 'total', left: 'would cost', right: sum(bill.sum) },
		{ kind: 'small', text: 'It ran in this tab, and nobody charged for it.' },
		{ kind: 'rule' },
		{ kind: 'mosaic', sha256: model.sha256 },
		{ kind: 'small', text: `${model.name}: 64 squares made from its weights` },
		{ kind: 'rule' },
		...endOf(receipt)
	];
}

/** The last lines, computed. */
function endOf({ work }: Receipt): Line[] {
	const { used, training, crossed } = work;
	const share = !used
		? 'none yet.'
		: crossed
			? `${amount(used / training, 3)} trainings.`
			: `1 part in ${inFull(training / used)}.`;
	return [
		...(crossed
			? [
					{
						kind: 'strong' as const,
						text: 'Crossed: using it took as much work as making it.'
					}
				]
			: []),
		{ kind: 'text', text: 'Training was settled before you came in.' },
		{ kind: 'text', text: `Your share of it: ${share}` },
		{ kind: 'text', text: 'This tab does not close.' }
	];
}

function runsOf({ runs, counts, model }: Receipt, dates: Dates): Line[] {
	if (!counts.runs) return [{ kind: 'text', text: 'Nothing sent, nothing came back.' }];
	const listed = runs.slice(-LISTED);
	const rest = {
		runs: counts.runs - listed.length,
		sent: counts.sent - listed.reduce((sum, { sent }) => sum + sent, 0),
		came: counts.came - listed.reduce((sum, { came }) => sum + came, 0)
	};
	const counted = (sent: number, came: number) => `${grouped(sent)} in ${grouped(came)} out`;
	const name = (run: Receipt['runs'][number]) => {
		const at = plausible(Date.parse(run.date ?? ''));
		if (!at) return run.model;
		return [dates.time(at), run.model !== model.name && run.model].filter(Boolean).join(' ');
	};
	return [
		...(rest.runs > 0
			? [
					{
						kind: 'pair' as const,
						left: listed.length
							? `${grouped(rest.runs)} before these`
							: `${grouped(rest.runs)} runs`,
						right: counted(rest.sent, rest.came)
					}
				]
			: []),
		...listed.map((run) => ({
			kind: 'pair' as const,
			left: name(run),
			right: counted(run.sent, run.came)
		}))
	];
}

/** "368,098"; from ten million on "1.2 billion". */
export function inFull(ratio: number): string {
	return ratio < 1e7 ? grouped(Math.round(ratio)) : amount(ratio, 2);
}

/** The lines as plain text, `COLUMNS` characters wide. */
export function textOf(lines: readonly Line[]): string {
	return (
		lines
			.flatMap((line) => {
				switch (line.kind) {
					case 'rule':
						return ['-'.repeat(COLUMNS)];
					case 'mosaic':
						return mosaicRows(line.sha256);
					case 'title':
						return wrapped(line.text.toUpperCase()).map(centred);
					case 'head':
						return wrapped(line.text).map(centred);
					case 'pair':
					case 'total':
						return [
							...(line.kind === 'total' ? ['='.repeat(COLUMNS)] : []),
							...paired(line.left, line.right)
						];
					default:
						return wrapped(line.text);
				}
			})
			.join('\n') + '\n'
	);
}

function mosaicRows(sha256: string): string[] {
	const squares = squaresOf(sha256).map((dark) => (dark ? '██' : '░░'));
	return Array.from({ length: 8 }, (_, row) =>
		centred(squares.slice(row * 8, row * 8 + 8).join(''))
	);
}

function centred(text: string): string {
	return ' '.repeat(Math.max(0, Math.floor((COLUMNS - text.length) / 2))) + text;
}

/** Name left, amount right; on two lines where one is too short. */
export function paired(left: string, right: string): string[] {
	const gap = COLUMNS - left.length - right.length;
	if (gap > 0) return [left + ' '.repeat(gap) + right];
	return [...wrapped(left), ...wrapped(right).map((part) => part.padStart(COLUMNS))];
}

/** Broken between words; a word that is longer than a line is broken in itself. */
export function wrapped(text: string): string[] {
	const rows: string[] = [];
	let row = '';
	for (let word of text.split(/\s+/).filter(Boolean)) {
		if (row && row.length + 1 + word.length > COLUMNS) {
			rows.push(row);
			row = '';
		}
		while (word.length > COLUMNS) {
			rows.push(word.slice(0, COLUMNS));
			word = word.slice(COLUMNS);
		}
		row = row ? `${row} ${word}` : word;
	}
	return row ? [...rows, row] : rows;
}
