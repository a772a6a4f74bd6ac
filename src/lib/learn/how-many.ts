/** @file How often one amount of money goes into another: arithmetic on two ledger entries. */
import { highest, lowest, type Figure } from '#lib/ledger/figure.ts';
import { amount, inWords } from '#lib/ledger/words.ts';

type Range = { low: number; high: number };

/** The amount of an entry, its currency unit, and what that unit is in dollars. Throws for what is no money. */
function money(figure: Figure) {
	const unit = figure.unit.startsWith('US cents')
		? { name: 'cents', dollars: 0.01 }
		: figure.unit.startsWith('USD')
			? { name: 'dollars', dollars: 1 }
			: undefined;
	if (!unit) throw new Error(`${figure.id}: ${figure.unit} is no amount of money`);
	return { ...unit, low: lowest(figure) * unit.dollars, high: highest(figure) * unit.dollars };
}

/** How often `by` goes into `of`, from the most careful to the boldest reading of both. */
export function howMany(of: Figure, by: Figure): Range {
	const whole = money(of);
	const part = money(by);
	return { low: whole.low / part.high, high: whole.high / part.low };
}

/** Which part of `of` one `by` is, at most; 0 to 1 when it is the smaller. */
export function shareOf(by: Figure, of: Figure): number {
	return 1 / howMany(of, by).low;
}

/** `37 to 82 million dollars ÷ 4.5 cents`. */
export function division(of: Figure, by: Figure): string {
	const say = (figure: Figure) =>
		`${inWords(figure, { as: 'range', unit: false })} ${money(figure).name}`;
	return `${say(of)} ÷ ${say(by)}`;
}

/** `830 million to 1.8 billion`: two digits, as more would be false precision. */
export function countInWords({ low, high }: Range): string {
	const [from, to] = [amount(low, 2), amount(high, 2)];
	return from === to ? from : `${from} to ${to}`;
}
