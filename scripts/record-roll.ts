/**
 * @file Records the chat of the exhibit Till roll: part of `npm run record`. To be made again when the
 * model changes. A name is told in the first turn and asked for twice: once while it stands on the roll,
 * and once when it has fallen off.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Answer } from '#lib/engine/pocket/answer.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { blocksOf } from '#lib/exhibits/roll/blocks.ts';
import { FIRST_SEED, fallen, requestAfter, type Turn } from '#lib/exhibits/roll/turns.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const questions = [
	'Hello, my name is Mina.',
	'What is my name?',
	'What does the clock do at night?',
	'Tell me what a token is.',
	'Are you learning from me?',
	'What is my name?'
];

const pocket = 'src/lib/engine/pocket';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const generator = new Generator(
	dequantise(
		readFileSync(`static/pocket/${manifest.weights.file}`),
		createBackend('wasm', Generator.bytesNeeded(manifest.config))
	)
);
const rounded = (value: number) => Number(value.toFixed(2));

const turns: Turn[] = [];
let before: Answer | undefined;
for (const asked of questions) {
	const request = requestAfter(turns, asked, FIRST_SEED);
	const answer: Answer = new Answer(generator, tokenizer, request, before);
	before = answer;
	const started = performance.now();
	answer.read();
	const read = performance.now();
	const texts: string[] = [];
	while (!answer.over) texts.push(answer.next().text);
	turns.push({
		asked,
		answered: texts.join(''),
		blocks: blocksOf(request),
		usage: {
			promptTokens: answer.promptTokens,
			cachedTokens: answer.cachedTokens,
			outputTokens: texts.length,
			prefillMs: rounded(read - started),
			decodeMs: rounded(performance.now() - read)
		},
		recorded: true
	});
}
const record = {
	date: new Date().toISOString().slice(0, 10),
	device: { cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim() },
	sha256: manifest.sha256,
	turns
};
writeFileSync(
	'src/lib/exhibits/roll/recorded.json',
	JSON.stringify(record, undefined, '\t') + '\n'
);
for (const turn of turns) {
	const { promptTokens, cachedTokens, outputTokens } = turn.usage;
	console.log(
		`${turn.asked} [${promptTokens} in, ${cachedTokens} of them known, ${fallen(turn)} fallen, ${outputTokens} out] ${turn.answered}`
	);
}
process.exit(0);
