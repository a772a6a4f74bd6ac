/**
 * @file Times the two runs of the exhibit Two phases on this machine: part of `npm run record`. To be made
 * again when the model changes. Computed as the worker computes, a part of the prompt at a time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Answer } from '#lib/engine/pocket/answer.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { kinds, requests, type Kind } from '#lib/exhibits/phases/requests.ts';
import { trialOf, type Trial } from '#lib/exhibits/phases/trials.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const ROUNDS = 9;
const PART = 32; // tokens of the prompt at a time

const pocket = 'src/lib/engine/pocket';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
const generator = new Generator(
	dequantise(readFileSync(`static/pocket/${manifest.weights.file}`), backend)
);
const rounded = (value: number) => Number(value.toFixed(2));

function time(kind: Kind): { trial: Trial; text: string } {
	const answer = new Answer(generator, tokenizer, requests[kind]);
	const started = performance.now();
	while (answer.unread) answer.read(Math.min(PART, answer.unread));
	const read = performance.now();
	const texts: string[] = [];
	while (!answer.over) texts.push(answer.next().text);
	const trial = trialOf(kind, {
		promptTokens: answer.promptTokens,
		cachedTokens: 0,
		outputTokens: texts.length,
		prefillMs: rounded(read - started),
		decodeMs: rounded(performance.now() - read)
	});
	return { trial, text: texts.join('') };
}

for (const kind of kinds) time(kind); // so that the compiler is done
const trials: Trial[] = [];
const texts: Partial<Record<Kind, string>> = {};
for (let round = 0; round < ROUNDS; round++) {
	for (const kind of kinds) {
		const { trial, text } = time(kind);
		trials.push(trial);
		texts[kind] = text;
	}
}
const record = {
	date: new Date().toISOString().slice(0, 10),
	device: {
		cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
		runtime: `Node ${process.versions.node}`
	},
	sha256: manifest.sha256,
	texts,
	trials
};
writeFileSync(
	'src/lib/exhibits/phases/recorded.json',
	JSON.stringify(record, undefined, '\t') + '\n'
);
for (const { kind, sent, came, prefillMs, decodeMs } of trials) {
	console.log(`${kind}: ${sent} read in ${prefillMs} ms, ${came} written in ${decodeMs} ms`);
}
console.log(texts.reading);
process.exit(0);
