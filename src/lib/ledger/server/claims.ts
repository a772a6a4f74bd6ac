/**
 * @file Reads `content/ledger/claims.yaml`: what the five articles claim, in our words. Its numbers are
 * named and not typed, so that a correction of the ledger is a correction here.
 */
import { verdicts, type Claim, type Said } from '../claim.ts';
import type { Figure } from '../figure.ts';
import { inWords, type Part } from '../words.ts';
import { bareNumbers } from './bare-numbers.ts';
import * as schema from './schema.ts';
import { YamlFile } from './yaml.ts';

export type Claims = {
	/** What a claim may be about, in the order of the page. */
	topics: { id: string; name: string }[];
	/** Addresses of all lessons of the course in its order, those yet to be written too. */
	lessons: string[];
	/** By article, in the order of their ids. */
	claims: Claim[];
};

type Report = (line: number, message: string) => void;

const { need, may, slug, text, oneOf } = schema;

const claimId: schema.Rule = (value) =>
	typeof value === 'string' && /^S[0-4]-\d\d$/.test(value) ? undefined : 'must be like S0-01';

const topic: schema.Shape = { id: need(slug), name: need(text(40)) };

const claim: schema.Shape = {
	id: need(claimId),
	claim: need(text(200)),
	verdict: need(oneOf(Object.keys(verdicts))),
	topics: { ...need(slug), many: true },
	evidence: need(text(500)),
	say: need(text(300)),
	figures: { ...may(slug), many: true },
	lessons: { ...need(slug), many: true }
};

/** A claim as it stands in the file. */
type Written = Pick<Claim, 'id' | 'claim' | 'verdict' | 'topics' | 'lessons'> & {
	evidence: string;
	say: string;
	figures?: string[];
};

/** First words of model names that a number follows. */
const families = ['Llama', 'Gemini', 'Grok', 'Claude'];

/**
 * The claims of a file, checked. What is wrong is told to `fault`, with its line.
 * @param figures the ledger's entries by their ids
 */
export function readClaims(text: string, fault: Report, figures: Map<string, Figure>): Claims {
	const file = new YamlFile(text, fault);
	file.only(file.root, ['lessons', 'topics', 'claims']);

	const topics: Claims['topics'] = [];
	for (const node of file.list(file.get(file.root, 'topics'), 'topics')) {
		const found = file.check(node, topic, 'this topic');
		if (found) topics.push({ ...(found.values as Claims['topics'][number]) });
	}
	const course = file.get(file.root, 'lessons');
	const lessons = file.items(course, slug, 'lessons') as string[];
	const known = { topics: topics.map(({ id }) => id), lessons };

	const claims: Claim[] = [];
	for (const node of file.list(file.get(file.root, 'claims'), 'claims')) {
		const found = file.check(node, claim, 'this claim');
		if (!found) continue;
		const written = found.values as Written;
		const at = (field: string) => found.lines.get(field) ?? found.line;
		const { id, verdict } = written;
		const last = claims.at(-1);
		if (last && last.id >= id) fault(at('id'), `"${id}" must not stand after "${last.id}"`);

		for (const field of ['topics', 'lessons'] as const) {
			for (const name of written[field]) {
				if (!known[field].includes(name))
					fault(at(field), `there is no "${name}" among the ${field}`);
			}
		}
		const cited = new Set<string>();
		const read = (field: 'evidence' | 'say') => {
			const said = readSaid(written[field], figures, (message) => fault(at(field), message));
			for (const part of said) if (typeof part === 'object') cited.add(part.id);
			return said;
		};
		const evidence = read('evidence');
		const say = read('say');
		for (const name of written.figures ?? []) {
			if (!figures.has(name)) fault(at('figures'), `figures.yaml has no entry "${name}"`);
			if (cited.has(name)) fault(at('figures'), `"${name}" stands in the text already`);
			cited.add(name);
		}
		if ((verdict === 'wrong' || verdict === 'outdated') && !cited.size) {
			fault(at('verdict'), `"${id}" is called ${verdict}, so it must name an entry of the ledger`);
		}
		claims.push({
			id,
			claim: written.claim,
			verdict,
			topics: written.topics,
			evidence,
			say,
			figures: [...cited],
			lessons: written.lessons
		});
	}
	return { topics, lessons, claims };
}

/** `{id}`, `{id low}`, `{id low alone}`, `{id|words of our own}`. */
const named = /\{([a-z0-9-]+)(?: (low|high|value|range))?( alone)?(?:\|([^{}|]+))?\}/g;

/** A text with its numbers looked up. What it names and the ledger lacks is told to `wrong`. */
export function readSaid(
	text: string,
	figures: Map<string, Figure>,
	wrong: (message: string) => void
): Said {
	const said: Said = [];
	let from = 0;
	for (const match of text.matchAll(named)) {
		const [whole, id, part, alone, own] = match;
		const figure = figures.get(id);
		if (!figure) wrong(`figures.yaml has no entry "${id}"`);
		const words = figure && inWords(figure, { as: part as Part | undefined, unit: !alone });
		said.push(text.slice(from, match.index), { id, words: own ?? words ?? '?' });
		from = match.index + whole.length;
	}
	said.push(text.slice(from));

	const prose = said.map((part) => (typeof part === 'string' ? part : '')).join('');
	if (/[{}]/.test(prose)) wrong('a brace that names no entry: {id}, {id low alone} or {id|words}');
	for (const { text: number } of bareNumbers(prose, families)) {
		wrong(`bare number ${number}: name an entry of the ledger, {id}, or write it in letters`);
	}
	return said.filter((part) => part !== '');
}
