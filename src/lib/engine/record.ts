import type { ChatRecord, Request, RunRecord, Token, Usage } from '#lib/events.ts';
import { Fields } from './fields.ts';

const fields = new Fields('This is not a run that can be played');

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
	const record = fields.object(value, 'The record');
	if (record.schema !== 1) throw fields.wrong('schema must be 1');

	const model = fields.object(record.model, 'model');
	const tokens = tokensFrom(record.tokens);
	const usage = usageFrom(record.usage, 'usage');
	if (usage.outputTokens !== tokens.length) {
		throw fields.wrong('usage.outputTokens must be the number of tokens');
	}
	const date = fields.date(record.date, 'date');

	return {
		schema: 1,
		engine: fields.text(record.engine, 'engine', 100),
		model: {
			name: fields.text(model.name, 'model.name', 200),
			parameters: fields.whole(model.parameters, 'model.parameters', 1e15),
			...(model.sha256 === undefined
				? {}
				: { sha256: fields.text(model.sha256, 'model.sha256', 64) })
		},
		request: requestFrom(record.request, 'request', fields),
		tokens,
		usage,
		reason: fields.text(record.reason, 'reason', 20),
		device: fields.device(record.device, 'device'),
		date,
		version: fields.text(record.version, 'version', 100),
		...(record.chat === undefined ? {} : { chat: chatFrom(record.chat) })
	};
}

/**
 * @param name of the field in the file
 * @param fields whose sentences are thrown
 */
export function requestFrom(value: unknown, name: string, fields: Fields): Request {
	const request = fields.object(value, name);
	const roles = ['system', 'user', 'assistant'] as const;
	return {
		messages: fields.list(request.messages, `${name}.messages`, 10_000).map((item, i) => {
			const place = `${name}.messages[${i}]`;
			const message = fields.object(item, place);
			const role = roles.find((role) => role === message.role);
			if (!role) throw fields.wrong(`${place}.role must be one of ${roles.join(', ')}`);
			return { role, content: fields.text(message.content, `${place}.content`, LONGEST_TEXT) };
		}),
		temperature: fields.number(request.temperature, `${name}.temperature`, 0, 100),
		topK: fields.whole(request.topK, `${name}.topK`, 1e9),
		seed: fields.whole(request.seed, `${name}.seed`, 0xffffffff),
		maxTokens: fields.whole(request.maxTokens, `${name}.maxTokens`, 1e9)
	};
}

function tokensFrom(value: unknown): Token[] {
	let before = 0;
	return fields.list(value, 'tokens', MOST_TOKENS).map((item, index) => {
		const name = `tokens[${index}]`;
		const token = fields.object(item, name);
		if (token.index !== index) throw fields.wrong(`${name}.index must be ${index}`);
		const at = fields.number(token.at, `${name}.at`, 0, DAY);
		if (at < before) throw fields.wrong(`${name}.at must not lie before the token before it`);
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
						alternatives: fields
							.list(token.alternatives, `${name}.alternatives`, 20)
							.map((item, i) => {
								const name = `tokens[${index}].alternatives[${i}]`;
								const alternative = fields.object(item, name);
								return {
									...likely(alternative, name),
									logprob: logprob(alternative.logprob, name)
								};
							})
					})
		};
	});
}

function likely(token: Record<string, unknown>, name: string): { text: string; id?: number } {
	return {
		text: fields.text(token.text, `${name}.text`, 10_000),
		...(token.id === undefined ? {} : { id: fields.whole(token.id, `${name}.id`, 1e9) })
	};
}

function logprob(value: unknown, name: string): number {
	return fields.number(value, `${name}.logprob`, -1e6, 1e-4); // rounding may lift a certain token above 0
}

function usageFrom(value: unknown, name: string): Usage {
	const usage = fields.object(value, name);
	const promptTokens = fields.whole(usage.promptTokens, `${name}.promptTokens`, 1e9);
	return {
		promptTokens,
		cachedTokens: fields.whole(usage.cachedTokens, `${name}.cachedTokens`, promptTokens),
		outputTokens: fields.whole(usage.outputTokens, `${name}.outputTokens`, MOST_TOKENS),
		prefillMs: fields.number(usage.prefillMs, `${name}.prefillMs`, 0, DAY),
		decodeMs: fields.number(usage.decodeMs, `${name}.decodeMs`, 0, DAY)
	};
}

function chatFrom(value: unknown): ChatRecord {
	const chat = fields.object(value, 'chat');
	return {
		context: fields.whole(chat.context, 'chat.context', 1e9),
		head: fields.text(chat.head, 'chat.head', LONGEST_TEXT),
		turns: fields.list(chat.turns, 'chat.turns', 5000).map((item, i) => {
			const name = `chat.turns[${i}]`;
			const turn = fields.object(item, name);
			return {
				head: fields.whole(turn.head, `${name}.head`, 1e9),
				messages: fields
					.list(turn.messages, `${name}.messages`, 10_000)
					.map((tokens, k) => fields.whole(tokens, `${name}.messages[${k}]`, 1e9)),
				usage: usageFrom(turn.usage, `${name}.usage`)
			};
		})
	};
}
