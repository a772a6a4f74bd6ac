/** @file Reads cards.yaml: which prices a visitor may choose, and which models stand beside a training bar. */
import type { BilledAs, PriceCard, TrainingRun } from '../card.ts';
import type { Figure } from '../figure.ts';
import type { Price } from '../price.ts';
import type { Report } from './cells.ts';
import { plain } from './plain.ts';
import * as schema from './schema.ts';
import { YamlFile, type Values } from './yaml.ts';

type Known = { figures: ReadonlyMap<string, Figure>; prices: Price[]; runs: TrainingRun[] };

export type Cards = {
	/** The cards a visitor may choose from. */
	cards: PriceCard[];
	/** The key of the card used until another is chosen. */
	standard: string;
	billedAs: BilledAs[];
};

export function readCards(text: string, fault: Report, ledger: Known): Cards {
	const file = new YamlFile(text, fault);
	file.only(file.root, ['standard', 'cards', 'billedAs']);

	/** The card a map describes, its prices taken from the row of prices.csv it names. */
	const dealt = (values: Values, line: number): PriceCard | undefined => {
		const wanted = values.row as { vendor: string; model: string; from: string };
		const same = ledger.prices.filter(
			({ vendor, model }) => vendor === wanted.vendor && model === wanted.model
		);
		const price = same.find(({ from }) => from === wanted.from);
		if (!price) {
			const { vendor, model, from } = wanted;
			fault(line, `prices.csv has no row "${vendor}, ${model}, ${from}"`);
			return;
		}
		const later = same.map(({ from }) => from).filter((from) => from > price.from);
		return plain({
			key: values.key,
			vendor: values.vendor,
			model: values.model,
			label: values.label,
			from: price.from,
			to: later.sort()[0],
			input: price.input,
			cachedInput: price.cachedInput,
			output: price.output,
			source: price.source,
			note: values.note
		}) as PriceCard;
	};

	/** Each map of a list once, by its key. */
	function* each(name: 'cards' | 'billedAs', shape: schema.Shape) {
		const seen = new Map<unknown, number>();
		for (const node of file.list(file.get(file.root, name), name)) {
			const item = file.check(node, shape, 'this card');
			if (!item) continue;
			const at = (field: string) => item.lines.get(field) ?? item.line;
			const { key } = item.values;
			const first = seen.get(key);
			if (first) fault(at('key'), `"${key}" is already used in line ${first}`);
			seen.set(key, at('key'));
			yield { values: item.values, at };
		}
		if (!seen.size) fault(1, `${name} is empty`);
	}

	const cards: PriceCard[] = [];
	for (const { values, at } of each('cards', schema.card)) {
		const card = dealt(values, at('row'));
		if (card) cards.push(card);
	}

	const billedAs: BilledAs[] = [];
	for (const { values, at } of each('billedAs', schema.billedAs)) {
		const card = dealt(values, at('row'));
		const training = ledger.figures.get(values.training as string);
		if (!training) {
			fault(at('training'), `figures.yaml has no entry "${values.training}"`);
		} else if (training.unit !== 'USD') {
			fault(at('training'), `"${training.id}" is in ${training.unit}, not in USD`);
		}
		const run = ledger.runs.find(({ model }) => model === values.run);
		if (values.run !== undefined && !run?.tokens) {
			fault(at('run'), `training-runs.csv has no row "${values.run}" with its tokens`);
		}
		if (!card || !training) continue;
		const { key, label } = values as { key: string; label: string };
		billedAs.push({
			key,
			label,
			card,
			training,
			...(run?.tokens && { trainingTokens: run.tokens })
		});
	}

	const node = file.get(file.root, 'standard');
	const standard = String((node as { value?: unknown } | undefined)?.value ?? '');
	if (!cards.some(({ key }) => key === standard)) {
		fault(file.line(node), 'standard must be the key of one of the cards');
	}
	return { cards, standard, billedAs };
}
