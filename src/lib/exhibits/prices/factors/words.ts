/** @file What the walk of the three factors says, in words. */
import { count, rounded } from '../../words.ts';
import { billOf, evenTasks, type Factors } from './walk.ts';

/** "1 part in 280", "15 times", "the same". */
export function factorWords(key: keyof Factors, factor: number): string {
	if (factor === 1) return 'the same';
	if (key !== 'price') return `${rounded(factor, 2)} times`;
	return factor < 10 ? `divided by ${rounded(factor, 2)}` : `1 part in ${count(factor)}`;
}

/** "1.1 times what it was", "a fifth of what it was". */
export function billWords(bill: number): string {
	if (bill > 0.95 && bill < 1.05) return 'what it was';
	if (bill >= 1) return `${rounded(bill, 2)} times what it was`;
	return bill >= 0.1
		? `${rounded(bill * 100, 2)} percent of what it was`
		: `1 part in ${count(Math.round(1 / bill))} of what it was`;
}

/** The finding in bold, and what it means. */
export function caption(factors: Factors, together: boolean): { finding: string; rest: string } {
	const bill = billOf(factors);
	const { price, tokens, tasks } = factors;
	const fell =
		price === 1
			? 'The price of a token stayed as it was'
			: price < 10
				? `The price of a token was divided by ${rounded(price, 2)}`
				: `The price of a token fell to 1 part in ${count(price)}`;
	const finding = `${fell}, and the bill is ${billWords(bill)}.`;
	const sum = together
		? `${rounded(tokens, 3)} ÷ ${rounded(price, 3)}`
		: `${rounded(tokens, 3)} × ${rounded(tasks, 3)} ÷ ${rounded(price, 3)}`;
	const even = evenTasks(factors);
	const rest = together
		? 'Even if every single token had become that much cheaper, so many more of them would have outweighed it.'
		: even >= 1
			? `At so many tokens in a task, ${rounded(even, 2)} times as many tasks bring the bill back to where it was.`
			: 'The tokens alone outweigh the fall: the bill is higher with not one task more.';
	return { finding, rest: `${sum} = ${rounded(bill, 2)}. ${rest}` };
}
