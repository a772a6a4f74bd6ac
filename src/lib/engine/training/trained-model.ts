/**
 * @file A model that was trained here, as a file that can be kept and handed on: its weights to the last bit, so that it
 * says exactly the same there, and its card, which is what the training took and what came of it.
 */
import { decodeCheckpoint } from '#lib/tiny/checkpoint.ts';
import { type Config, parameterCount } from '#lib/tiny/gpt.ts';
import { Tokenizer, type TokenizerJson } from '#lib/tiny/tokenizer.ts';
import { checkConfig } from '#lib/tiny/weights.ts';
import { base64Of, bytesOf } from './base64.ts';
import { fingerprint } from './fingerprint.ts';
import type { Spent } from './protocol.ts';
import { END } from './reading.ts';
import type { Cut } from './recipe.ts';
import { isTextKey, type TextKey } from './texts/texts.ts';
import { Fields } from '../fields.ts';

/** What is said of a training run that is over. */
export type Card = {
	/** Given by whoever trained it. */
	name: string;
	date: string;
	version: string;
	device: object;
	/** What it learnt from: a text of ours, or somebody's own, which is not in the file. */
	text: TextKey | 'own';
	cut: Cut;
	seed: number;
	/** The highest learning rate. */
	rate: number;
	/** Where its training ended; how much of it the GPU did stands in `spent`. */
	on: 'wasm' | 'plain' | 'gpu';
	spent: Spent;
	/** Watt-hours, by the assumptions of the day on which it was made. */
	wattHours: { low: number; high: number };
	/** Nats a token of whoever knows nothing. */
	guessing: number;
	/** Steps and losses: some of the training's, and all that were measured on held-out text. */
	losses: [step: number, loss: number][];
	held: [step: number, loss: number][];
	/** What the pictures were finished from, and how. */
	prompt: string;
	pictures: { step: number; text: string }[];
};

export type TrainedModel = Card & {
	config: Config;
	tokenizer: TokenizerJson;
	/** Of the weights. */
	sha256: string;
	/** In the order of `shapes`. */
	values: Float32Array<ArrayBuffer>;
};

/** Longer files are not read at all: the largest model that is trained here stays below. */
export const LARGEST_FILE = 8_000_000; // bytes
const MOST_PARAMETERS = 1_200_000;
const DAY = 86_400_000; // ms

/** The text of the file. */
export function fileOf({ values, ...model }: TrainedModel): string {
	const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
	return (
		JSON.stringify({ schema: 1, kind: 'trained model', ...model, weights: base64Of(bytes) }) + '\n'
	);
}

/** The weights in a state that was kept. */
export function weightsOf(checkpoint: Uint8Array): Float32Array<ArrayBuffer> {
	return decodeCheckpoint(checkpoint, 3, parameterCount).arrays[0].slice();
}

const fields = new Fields('This is not a model that can be opened');

/**
 * @param text of a file that may be anything
 * @throws an error whose message is a sentence for readers and names the first wrong field
 */
export async function readTrainedModel(text: string): Promise<TrainedModel> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw fields.wrong('the file is not JSON');
	}
	const file = fields.object(value, 'the file');
	if (file.schema !== 1) throw fields.wrong('schema must be 1');
	if (file.kind !== 'trained model') throw fields.wrong('kind must be “trained model”');

	const config = configFrom(file.config);
	const tokenizer = tokenizerFrom(file.tokenizer, config);
	const card = cardFrom(file);
	const sha256 = fields.text(file.sha256, 'sha256', 64);
	const values = weightsFrom(file.weights, config);
	if ((await fingerprint(values)) !== sha256) {
		throw fields.wrong('its weights are not those that it was saved with (their SHA-256 differs)');
	}
	return { ...card, config, tokenizer, sha256, values };
}

function configFrom(value: unknown): Config {
	const given = fields.object(value, 'config');
	const one = (name: keyof Config) => fields.whole(given[name], `config.${name}`, 65535);
	const config: Config = {
		vocabulary: one('vocabulary'),
		context: one('context'),
		width: one('width'),
		heads: one('heads'),
		layers: one('layers')
	};
	try {
		checkConfig(config);
	} catch (error) {
		throw fields.wrong(`config: ${(error as Error).message}`);
	}
	if (parameterCount(config) > MOST_PARAMETERS || config.context > 1024) {
		throw fields.wrong('it is larger than what is trained here');
	}
	return config;
}

function tokenizerFrom(value: unknown, config: Config): TokenizerJson {
	const given = fields.object(value, 'tokenizer');
	const id = (value: unknown, name: string) => fields.whole(value, name, 65535);
	const json: TokenizerJson = {
		specials: fields
			.list(given.specials, 'tokenizer.specials', 20)
			.map((name, i) => fields.text(name, `tokenizer.specials[${i}]`, 40)),
		merges: fields.list(given.merges, 'tokenizer.merges', 65535).map((pair, i) => {
			const name = `tokenizer.merges[${i}]`;
			const ids = fields.list(pair, name, 2);
			return [id(ids[0], name), id(ids[1], name)];
		}),
		...(given.alphabet === undefined
			? {}
			: {
					alphabet: fields
						.list(given.alphabet, 'tokenizer.alphabet', 256)
						.map((byte, i) => fields.whole(byte, `tokenizer.alphabet[${i}]`, 255))
				})
	};
	let made: Tokenizer;
	try {
		made = new Tokenizer(json);
		made.special(END);
	} catch (error) {
		throw fields.wrong(`tokenizer: ${(error as Error).message}`);
	}
	if (made.size !== config.vocabulary) {
		throw fields.wrong(`tokenizer has ${made.size} tokens, and the model ${config.vocabulary}`);
	}
	return json;
}

function weightsFrom(value: unknown, config: Config): Float32Array<ArrayBuffer> {
	const text = fields.text(value, 'weights', LARGEST_FILE);
	const bytes = bytesOf(text);
	if (!bytes) throw fields.wrong('weights must be base64');
	const expected = 4 * parameterCount(config);
	if (bytes.length !== expected) {
		throw fields.wrong(`weights must be ${expected} bytes, and are ${bytes.length}`);
	}
	const values = new Float32Array(bytes.buffer);
	if (!values.every(Number.isFinite)) throw fields.wrong('a weight is no number');
	return values;
}

function cardFrom(file: Record<string, unknown>): Card {
	const { text, cut, on } = file;
	if (!isTextKey(text) && text !== 'own') throw fields.wrong('text is none that is known');
	if (cut !== 'characters' && cut !== 'pairs')
		throw fields.wrong('cut must be characters or pairs');
	if (on !== 'wasm' && on !== 'plain' && on !== 'gpu')
		throw fields.wrong('on is no place to train');
	return {
		name: fields.text(file.name, 'name', 60),
		date: fields.date(file.date, 'date'),
		version: fields.text(file.version, 'version', 100),
		device: fields.device(file.device, 'device'),
		text,
		cut,
		seed: fields.whole(file.seed, 'seed', 0xffffffff),
		rate: fields.number(file.rate, 'rate', 0, 1000),
		on,
		spent: spentFrom(file.spent),
		wattHours: rangeFrom(file.wattHours),
		guessing: fields.number(file.guessing, 'guessing', 0, 12),
		losses: curveFrom(file.losses, 'losses'),
		held: curveFrom(file.held, 'held'),
		prompt: fields.text(file.prompt, 'prompt', 200),
		pictures: fields.list(file.pictures, 'pictures', 20).map((item, i) => {
			const picture = fields.object(item, `pictures[${i}]`);
			return {
				step: fields.whole(picture.step, `pictures[${i}].step`, 1e6),
				text: fields.text(picture.text, `pictures[${i}].text`, 1000)
			};
		})
	};
}

function spentFrom(value: unknown): Spent {
	const spent = fields.object(value, 'spent');
	const steps = fields.whole(spent.steps, 'spent.steps', 1e6);
	return {
		steps,
		tokens: fields.whole(spent.tokens, 'spent.tokens', 1e12),
		learning: fields.number(spent.learning, 'spent.learning', 0, 1e18),
		looking: fields.number(spent.looking, 'spent.looking', 0, 1e18),
		learningMs: fields.number(spent.learningMs, 'spent.learningMs', 0, 30 * DAY),
		lookingMs: fields.number(spent.lookingMs, 'spent.lookingMs', 0, 30 * DAY),
		...(spent.onGpu === undefined ? {} : { onGpu: partFrom(spent.onGpu, steps) })
	};
}

function partFrom(value: unknown, most: number): NonNullable<Spent['onGpu']> {
	const part = fields.object(value, 'spent.onGpu');
	return {
		steps: fields.whole(part.steps, 'spent.onGpu.steps', most),
		ms: fields.number(part.ms, 'spent.onGpu.ms', 0, 60 * DAY)
	};
}

function rangeFrom(value: unknown): { low: number; high: number } {
	const range = fields.object(value, 'wattHours');
	const low = fields.number(range.low, 'wattHours.low', 0, 1e9);
	return { low, high: fields.number(range.high, 'wattHours.high', low, 1e9) };
}

function curveFrom(value: unknown, name: string): [number, number][] {
	let before = -1;
	return fields.list(value, name, 2000).map((item, i) => {
		const point = fields.list(item, `${name}[${i}]`, 2);
		const step = fields.whole(point[0], `${name}[${i}][0]`, 1e6);
		if (step <= before) throw fields.wrong(`${name}[${i}] must come after the step before it`);
		before = step;
		return [step, fields.number(point[1], `${name}[${i}][1]`, 0, 1e6)];
	});
}
