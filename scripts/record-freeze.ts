/**
 * @file Records the first picture of the exhibit Freeze proof: part of `npm run record`. To be made again
 * when the pocket model or the training changes. A hundred prompts are asked, and the weights hashed after
 * each; beside it a small model learns a hundred steps; and a name is told and asked for.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Request } from '#lib/events.ts';
import { Answer } from '#lib/engine/pocket/answer.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { Reading } from '#lib/engine/training/reading.ts';
import { scheduleOf, sizes } from '#lib/engine/training/recipe.ts';
import { requestOf } from '#lib/exhibits/freeze/request.ts';
import { recipe } from '#lib/exhibits/freeze/learning.ts';
import { questions } from '#lib/exhibits/freeze/questions.ts';
import { FIRST_SEED } from '#lib/exhibits/freeze/seed.ts';
import { kinds, type Said } from '#lib/exhibits/freeze/teaching.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { learningRateAt } from '#lib/tiny/schedule.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const pocket = 'src/lib/engine/pocket';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const generator = new Generator(
	dequantise(
		readFileSync(`static/pocket/${manifest.weights.file}`),
		createBackend('wasm', Generator.bytesNeeded(manifest.config))
	)
);
const hash = () => fingerprint(generator.weights.values as Float32Array<ArrayBuffer>);

function answer(request: Request): { answered: string; sent: number } {
	const answer = new Answer(generator, tokenizer, request);
	answer.read();
	let answered = '';
	while (!answer.over) answered += answer.next().text;
	return { answered, sent: answer.promptTokens };
}

const user = (content: string) => ({ role: 'user' as const, content });
const sha256 = await hash();
let last = { asked: '', answered: '' };
for (const [i, asked] of questions.entries()) {
	last = { asked, answered: answer(requestOf([user(asked)], FIRST_SEED + i)).answered };
	if ((await hash()) !== sha256) throw new Error(`The weights have changed after “${asked}”.`);
}

const kind = 'name';
const { word, tell, ask } = kinds[kind];
const said: Said[] = [];
for (const [asked, before] of [
	[tell(word), []],
	[ask, said],
	[ask, []]
] as [string, Said[]][]) {
	const messages = before.flatMap(({ asked, answered }) => [
		user(asked),
		{ role: 'assistant' as const, content: answered }
	]);
	const one = answer(requestOf([...messages, user(asked)], FIRST_SEED));
	said.push({ asked, ...one, sha256: await hash() });
}

const reading = new Reading(recipe);
const { batch: _, rate: __, ...shape } = sizes[recipe.size];
const config = { ...shape, vocabulary: reading.tokenizer.size };
const learner = ProcessorLearner.new(config, recipe.seed);
const learnt = [await fingerprint(await learner.weights())];
for (let step = 0; step < questions.length; step++) {
	await learner.step(reading.batch(step), learningRateAt(step, scheduleOf(recipe)));
	learnt.push(await fingerprint(await learner.weights()));
}

const record = {
	date: new Date().toISOString().slice(0, 10),
	device: { cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim() },
	sha256: manifest.sha256,
	asked: { weights: manifest.parameters, sha256, prompts: questions.length },
	learnt: { weights: parameterCount(config), sha256: learnt },
	last,
	taught: { kind, word, said }
};
writeFileSync(
	'src/lib/exhibits/freeze/recorded.json',
	JSON.stringify(record, undefined, '\t') + '\n'
);
console.log(new Set(learnt).size, 'fingerprints in training;', sha256.slice(0, 16), 'in use');
for (const { asked, answered } of [last, ...said]) console.log(`${asked} → ${answered}`);
process.exit(0);
