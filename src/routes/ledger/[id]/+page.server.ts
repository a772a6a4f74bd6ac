import { error } from '@sveltejs/kit';
import ledger from 'virtual:ledger/all';
import book from 'virtual:ledger/claims';
import { keepsInWords } from '#lib/ledger/age.ts';
import { topics, type Entry } from '#lib/ledger/entry.ts';
import { checks, kinds } from '#lib/ledger/figure.ts';
import { inWords, plainDate } from '#lib/ledger/words.ts';
import { claimsOf } from '../export.server.ts';
import { lessonsWith } from '../lessons.server.ts';
import { isRange, rowOf } from '../row.ts';
import { compared } from './compared.ts';

/** The page of the claims, once there is one. */
const claimsPage = !!Object.keys(import.meta.glob('/src/routes/claims/+page.svelte')).length;

const byId = new Map(ledger.entries.map((entry) => [entry.figure.id, entry]));

export const entries = () => ledger.entries.map(({ figure }) => ({ id: figure.id }));

export function load({ params }) {
	const entry = byId.get(params.id);
	if (!entry) error(404, 'The ledger has no such number.');
	const { figure, topic, covers, leavesOut, disagrees, others, derived } = entry;
	const terms = ledger.terms.find(({ key }) => key === entry.terms);
	const own = ledger.entries.filter((other) => other.topic === topic);
	const at = own.indexOf(entry);
	const opponents = disagrees.flatMap((id) => byId.get(id) ?? []);

	return {
		row: rowOf(entry),
		topicName: topics[topic],
		prices: figure.kind === 'list-price' && figure.low !== undefined && figure.high !== undefined,
		range: isRange(figure) ? inWords(figure, { as: 'range' }) : undefined,
		source: {
			...figure.source,
			published: figure.source.published && plainDate(figure.source.published)
		},
		licence: terms && { name: terms.licence, url: terms.url, read: terms.read, note: terms.note },
		kind: kinds[figure.kind],
		check: checks[figure.check],
		keeps: figure.old && keepsInWords(figure.kind),
		covers,
		leavesOut,
		note: figure.note,
		against: opponents.map(linkTo),
		others,
		comparison: compared(entry, opponents),
		derived: derived && {
			formulas: derived.formulas,
			inputs: derived.inputs
		},
		used: ledger.entries
			.filter((other) => other.derived?.inputs.some((input) => input.entry === figure.id))
			.map(linkTo),
		claims: book.claims
			.filter(({ id }) => claimsOf(figure.id).includes(id))
			.map(({ id, claim, verdict }) => ({ id, claim, verdict })),
		claimsPage,
		lessons: lessonsWith(figure.id),
		before: at > 0 ? linkTo(own[at - 1]) : undefined,
		after: at + 1 < own.length ? linkTo(own[at + 1]) : undefined
	};
}

function linkTo(entry: Entry) {
	const { id, statement, amount, publisher, date } = rowOf(entry);
	return { id, statement, amount, publisher, date };
}
