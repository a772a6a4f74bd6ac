import type { Request, RunRecord, Token, Usage } from '#lib/events.ts';

const DAY = 86_400_000; // ms
const LONGEST_TEXT = 1_000_000; // characters
const MOST_TOKENS = 100_000;

/**
 * A run record, read from what may be anything: a file that a stranger made. What comes back is a
 * copy of the known fields alone, each of its kind and within sane bounds.
 *
 * @throws an error whose message is a sentence for readers and names the first wrong field
 */
export function readRecord(value: unknown): RunRecord {
	const record = object(value, 'The record');
	if (record.schema !== 1) refuse('schema must be 1');

	const model = object(record.model, 'model');
	const tokens = tokensFrom(record.tokens);
	const usage = usageFrom(record.usage);
	if (usage.outputTokens !== tokens.length) {
		refuse('usage.outputTokens must be the number of tokens');
	}
	const date = text(record.date, 'date', 40);
	if (Number.isNaN(Date.parse(date))) refuse('date must be a date');

	return {
		schema: 1,
		engine: text(record.engine, 'engine', 100),
		model: {
			name: text(model.name, 'model.name', 200),
			parameters: whole(model.parameters, 'model.parameters', 1e15),
			...(model.sha256 === undefined ? {} : { sha256: text(model.sha256, 'model.sha256', 64) })
		},
		request: requestFrom(record.request),
		tokens,
		usage,
		reason: text(record.reason, 'reason', 20),
		device: deviceFrom(record.device),
		date,
		version: text(record.version, 'version', 100)
	};
}

function requestFrom(value: unknown): Request {
	const request = object(value, 'request');
	const roles = ['system', 'user', 'assistant'] as const;
	return {
		messages: list(request.messages, 'request.messages', 10_000).map((item, i) => {
			const name = `request.messages[${i}]`;
			const message = object(item, name);
			const role = roles.find((role) => role === message.role);
			if (!role) refuse(`${name}.role must be one of ${roles.join(', ')}`);
			return { role, content: text(message.content, `${name}.content`, LONGEST_TEXT) };
		}),
		temperature: number(request.temperature, 'request.temperature', 0, 100),
		topK: whole(request.topK, 'request.topK', 1e9),
		seed: whole(request.seed, 'request.seed', 0xffffffff),
		maxTokens: whole(request.maxTokens, 'request.maxTokens', 1e9)
	};
}

function tokensFrom(value: unknown): Token[] {
	let before = 0;
	return list(value, 'tokens', MOST_TOKENS).map((item, index) => {
		const name = `tokens[${index}]`;
		const token = object(item, name);
		if (token.index !== index) refuse(`${name}.index must be ${index}`);
		const at = number(token.at, `${name}.at`, 0, DAY);
		if (at < before) refuse(`${name}.at must not lie before the token before it`);
		before = at;

		return {
			index,
			at,
			...likely(token, name),
			...(token.special === true ? { special: true as const } : {}),
			...(token.logprob === undefined ? {} : { logprob: logprob(token.logprob, name) }),
			...(token.alternatives === undefined
				? {}
				: {
						alternatives: list(token.alternatives, `${name}.alternatives`, 20).map((item, i) => {
							const name = `tokens[${index}].alternatives[${i}]`;
							const alternative = object(item, name);
							return { ...likely(alternative, name), logprob: logprob(alternative.logprob, name) };
						})
					})
		};
	});
}

function likely(token: Record<string, unknown>, name: string): { text: string; id?: number } {
	return {
		text: text(token.text, `${name}.text`, 10_000),
		...(token.id === undefined ? {} : { id: whole(token.id, `${name}.id`, 1e9) })
	};
}

function logprob(value: unknown, name: string): number {
	return number(value, `${name}.logprob`, -1e6, 1e-4); // rounding may lift a certain token above 0
}

function usageFrom(value: unknown): Usage {
	const usage = object(value, 'usage');
	const promptTokens = whole(usage.promptTokens, 'usage.promptTokens', 1e9);
	return {
		promptTokens,
		cachedTokens: whole(usage.cachedTokens, 'usage.cachedTokens', promptTokens),
		outputTokens: whole(usage.outputTokens, 'usage.outputTokens', MOST_TOKENS),
		prefillMs: number(usage.prefillMs, 'usage.prefillMs', 0, DAY),
		decodeMs: number(usage.decodeMs, 'usage.decodeMs', 0, DAY)
	};
}

/** What describes the device is only shown: short plain values stay, all else is left out. */
function deviceFrom(value: unknown): object {
	const entries = Object.entries(object(value, 'device')).slice(0, 50);
	return Object.fromEntries(
		entries.filter(
			([key, value]) =>
				key !== '__proto__' &&
				key.length <= 100 &&
				(typeof value === 'string'
					? value.length <= 500
					: typeof value === 'boolean' || Number.isFinite(value))
		)
	);
}

function refuse(what: string): never {
	throw new Error(`This is not a run that can be played: ${what}.`);
}

function object(value: unknown, name: string): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		refuse(`${name} must be an object`);
	}
	return value as Record<string, unknown>;
}

function list(value: unknown, name: string, most: number): unknown[] {
	if (!Array.isArray(value) || value.length > most) {
		refuse(`${name} must be a list of at most ${most.toLocaleString('en')}`);
	}
	return value;
}

function text(value: unknown, name: string, most: number): string {
	if (typeof value !== 'string' || value.length > most) {
		refuse(`${name} must be text of at most ${most.toLocaleString('en')} characters`);
	}
	return value;
}

function number(value: unknown, name: string, least: number, most: number): number {
	if (typeof value !== 'number' || !(value >= least && value <= most)) {
		refuse(`${name} must be a number from ${least} to ${most}`);
	}
	return value;
}

function whole(value: unknown, name: string, most: number): number {
	if (!Number.isInteger(value)) refuse(`${name} must be a whole number`);
	return number(value, name, 0, most);
}
