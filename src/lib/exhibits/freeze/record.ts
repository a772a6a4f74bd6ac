/** @file What was asked of a model whose weights stand still, and their fingerprint after each answer, as a file. */
import { Fields } from '#lib/engine/fields.ts';
import { requestFrom } from '#lib/engine/record.ts';
import type { Request } from '#lib/events.ts';
import { MOST_PROMPTS } from './limits.ts';
import { kindKeys, LONGEST, type KindKey, type Said } from './teaching.ts';

/** One thing that was asked, and the weights after it. */
export type Prompt = {
	request: Request;
	answered: string;
	/** Tokens. */
	sent: number;
	came: number;
	/** Before it came to its end. */
	stopped?: true;
	/** Of all weights, after the answer. */
	sha256: string;
};

/** What of a freeze proof can be kept. */
export type Proof = {
	model: { name: string; parameters: number; sha256?: string };
	/** SHA-256 of all weights before the first prompt. */
	before: string;
	prompts: readonly Prompt[];
	/** Of another model, before its first step of training and after each. */
	learnt?: { weights: number; sha256: readonly string[] };
	/** A sentence, the question for it in the same chat, and in a new one. */
	taught?: { kind: KindKey; word: string; said: readonly Said[] };
};

export type FreezeRecord = Proof & {
	schema: 1;
	kind: 'freeze record';
	/** When it was saved, ISO 8601. */
	date: string;
	version: string;
	device: object;
};

const MOST_STEPS = 10_000;
const LONGEST_ANSWER = 10_000; // characters

const fields = new Fields('This is not a freeze proof that can be opened');

/**
 * A record, read from what may be anything: a file that a stranger made. What comes back is a copy of the
 * known fields alone, each of its kind and within sane bounds.
 *
 * @throws an error whose message is a sentence for readers and names the first wrong field
 */
export function readFreezeRecord(value: unknown): FreezeRecord {
	const record = fields.object(value, 'The record');
	if (record.schema !== 1) throw fields.wrong('schema must be 1');
	if (record.kind !== 'freeze record') throw fields.wrong('kind must be freeze record');
	const model = fields.object(record.model, 'model');
	const prompts = fields.list(record.prompts, 'prompts', MOST_PROMPTS).map(promptFrom);
	if (!prompts.length) throw fields.wrong('prompts must not be empty');
	return {
		schema: 1,
		kind: 'freeze record',
		date: fields.date(record.date, 'date'),
		version: fields.text(record.version, 'version', 100),
		device: fields.device(record.device, 'device'),
		model: {
			name: fields.text(model.name, 'model.name', 200),
			parameters: fields.whole(model.parameters, 'model.parameters', 1e15),
			...(model.sha256 === undefined ? {} : { sha256: hash(model.sha256, 'model.sha256') })
		},
		before: hash(record.before, 'before'),
		prompts,
		...(record.learnt === undefined ? {} : { learnt: learntFrom(record.learnt) }),
		...(record.taught === undefined ? {} : { taught: taughtFrom(record.taught) })
	};
}

function promptFrom(value: unknown, at: number): Prompt {
	const name = `prompts[${at}]`;
	const prompt = fields.object(value, name);
	return {
		request: requestFrom(prompt.request, `${name}.request`, fields),
		answered: fields.text(prompt.answered, `${name}.answered`, LONGEST_ANSWER),
		sent: fields.whole(prompt.sent, `${name}.sent`, 1e9),
		came: fields.whole(prompt.came, `${name}.came`, 1e9),
		...(prompt.stopped === true ? { stopped: true as const } : {}),
		sha256: hash(prompt.sha256, `${name}.sha256`)
	};
}

function learntFrom(value: unknown): NonNullable<Proof['learnt']> {
	const learnt = fields.object(value, 'learnt');
	const sha256 = fields.list(learnt.sha256, 'learnt.sha256', MOST_STEPS);
	if (!sha256.length) throw fields.wrong('learnt.sha256 must not be empty');
	return {
		weights: fields.whole(learnt.weights, 'learnt.weights', 1e15),
		sha256: sha256.map((one, i) => hash(one, `learnt.sha256[${i}]`))
	};
}

function taughtFrom(value: unknown): NonNullable<Proof['taught']> {
	const taught = fields.object(value, 'taught');
	const kind = kindKeys.find((key) => key === taught.kind);
	if (!kind) throw fields.wrong(`taught.kind must be one of ${kindKeys.join(', ')}`);
	const word = fields.text(taught.word, 'taught.word', 2 * LONGEST);
	if (!word.trim()) throw fields.wrong('taught.word must not be empty');
	const said = fields.list(taught.said, 'taught.said', 3).map((item, i) => {
		const name = `taught.said[${i}]`;
		const one = fields.object(item, name);
		return {
			asked: fields.text(one.asked, `${name}.asked`, LONGEST_ANSWER),
			answered: fields.text(one.answered, `${name}.answered`, LONGEST_ANSWER),
			sent: fields.whole(one.sent, `${name}.sent`, 1e9),
			sha256: hash(one.sha256, `${name}.sha256`)
		};
	});
	if (said.length !== 3) throw fields.wrong('taught.said must be a list of three');
	return { kind, word, said };
}

function hash(value: unknown, name: string): string {
	const text = fields.text(value, name, 64);
	if (!/^[0-9a-f]{64}$/.test(text)) throw fields.wrong(`${name} must be 64 hexadecimal digits`);
	return text;
}
