import { Generator } from '#lib/tiny/generate.ts';
import type { PocketScores } from '#lib/engine/pocket/manifest.ts';
import { draw } from '#lib/tiny/sample.ts';
import { seededRandom } from '#lib/tiny/random.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { Document } from '../corpus/corpus.ts';
import { wordsOf } from './dataset.ts';

export type ScoringPrompt = {
	prompt: string;
	topic: string[];
	name?: string;
	object?: string;
	offTopic?: boolean;
};

/** One reply, drawn as the site draws it. */
export function reply(
	generator: Generator,
	tokenizer: Tokenizer,
	prompt: string,
	{ seed, temperature, limit }: { seed: number; temperature: number; limit: number }
): { text: string; ended: boolean; tokens: number } {
	const end = tokenizer.special('<end>');
	const random = seededRandom(seed);
	generator.reset();
	let logits = generator.read([
		tokenizer.special('<you>'),
		...tokenizer.encode(prompt),
		tokenizer.special('<reply>')
	]);
	const ids: number[] = [];
	while (ids.length < limit) {
		const id = draw(logits, { temperature, topK: 0 }, random);
		if (id === end) return { text: tokenizer.decode(ids), ended: true, tokens: ids.length + 1 };
		ids.push(id);
		logits = generator.step(id);
	}
	return { text: tokenizer.decode(ids), ended: false, tokens: ids.length };
}

/** Every run of `size` words of the text, as 52-bit hashes: two million of them fit a Set. */
export function wordRuns(texts: Iterable<string>, size: number): Set<number> {
	const runs = new Set<number>();
	for (const text of texts) for (const run of runsOf(text, size)) runs.add(run);
	return runs;
}

function runsOf(text: string, size: number): number[] {
	const words = wordsOf(text);
	const found: number[] = [];
	for (let i = 0; i + size <= words.length; i++) {
		const run = words.slice(i, i + size).join(' ');
		let high = 0x811c9dc5;
		let low = 0x01000193;
		for (let j = 0; j < run.length; j++) {
			high = Math.imul(high ^ run.charCodeAt(j), 0x01000193);
			low = Math.imul(low ^ run.charCodeAt(j), 0x85ebca6b);
			low ^= low >>> 13;
		}
		found.push((high >>> 12) * 4294967296 + (low >>> 0));
	}
	return found;
}

/**
 * Asks a fixed set of prompts and counts what can be counted about the answers. Nothing here judges
 * sense: a fluent falsehood scores full marks, and the model card says so.
 */
export function score(
	prompts: ScoringPrompt[],
	ask: (prompt: string, seed: number) => { text: string; ended: boolean },
	known: Set<string>,
	training: Document[],
	temperature: number
): PocketScores {
	const runs = wordRuns(
		(function* () {
			for (const document of training) yield* document.turns;
		})(),
		8
	);
	const sum = {
		words: 0,
		valid: 0,
		ended: 0,
		sentence: 0,
		grams: 0,
		repeated: 0,
		runs: 0,
		known: 0
	};
	const share = { topic: [0, 0], object: [0, 0], name: [0, 0] };
	const replies: PocketScores['replies'] = [];

	prompts.forEach((item, index) => {
		const { text, ended } = ask(item.prompt, index + 1);
		const words = wordsOf(text);
		sum.words += words.length;
		sum.valid += words.filter((word) => known.has(word)).length;
		if (ended) sum.ended++;
		if (ended && /[.!?]["']?$/.test(text.trim())) sum.sentence++;

		const seen = new Set<string>();
		for (let i = 0; i + 4 <= words.length; i++) {
			const gram = words.slice(i, i + 4).join(' ');
			sum.grams++;
			if (seen.has(gram)) sum.repeated++;
			seen.add(gram);
		}
		for (const run of runsOf(text, 8)) {
			sum.runs++;
			if (runs.has(run)) sum.known++;
		}
		const has = (words: string) => text.toLowerCase().includes(words.toLowerCase());
		const topic = item.topic.some(has);
		const count = (pair: number[], hit: boolean) => {
			pair[1]++;
			if (hit) pair[0]++;
		};
		if (!item.offTopic && item.topic.length) count(share.topic, topic);
		if (item.object) count(share.object, has(item.object));
		if (item.name) count(share.name, has(item.name));
		replies.push({ prompt: item.prompt, reply: text, topic, offTopic: item.offTopic ?? false });
	});

	const ratio = ([hits, all]: number[]) => (all ? hits / all : 0);
	return {
		prompts: prompts.length,
		temperature,
		validWords: sum.valid / sum.words,
		ended: sum.ended / prompts.length,
		sentenceEnds: sum.sentence / prompts.length,
		repeatedFourGrams: sum.grams ? sum.repeated / sum.grams : 0,
		topic: ratio(share.topic),
		objectCopied: ratio(share.object),
		nameCopied: ratio(share.name),
		eightWordRuns: sum.runs ? sum.known / sum.runs : 0,
		replies
	};
}
