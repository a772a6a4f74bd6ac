/**
 * @file Fine-tunes a copy of the pocket model as the exhibit does and keeps what is shown before anybody touches it. Run by
 * hand with `node scripts/run.mjs scripts/record-tuning.ts`, again when the model or the exhibit's lines change; the result
 * is committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Answer } from '#lib/engine/pocket/answer.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { Course } from '#lib/engine/training/course.ts';
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { pocketTuning } from '#lib/engine/training/pocket-tuning.ts';
import { planOfTuning, type Tuning } from '#lib/engine/training/tuning.ts';
import { Viewer } from '#lib/engine/training/viewer.ts';
import { first, OTHER, RATE, SEED, type Shown, STEPS } from '#lib/exhibits/tune/shown.ts';

const manifest: PocketManifest = JSON.parse(
	readFileSync('src/lib/engine/pocket/manifest.json', 'utf8')
);
const file = readFileSync(`static/pocket/${manifest.weights.file}`);
const tuning: Tuning = { lines: first, steps: STEPS, seed: SEED, rate: RATE };
const { material, config, values } = await pocketTuning(
	tuning,
	`data:application/octet-stream;base64,${file.toString('base64')}`
);
const learner = ProcessorLearner.on(config, values, SEED);
const writer = new Viewer(config, material.tokenizer);

async function answer(question: string): Promise<string> {
	writer.show(await learner.weights());
	const answer = new Answer(writer.generator, material.tokenizer, {
		messages: [{ role: 'user', content: question }],
		temperature: 0.7,
		topK: 0,
		seed: SEED,
		maxTokens: 60
	});
	answer.read();
	let text = '';
	while (!answer.over) text += answer.next().text;
	return text;
}

const said: string[] = [];
const old: number[] = [];
const before = await fingerprint(learner.weights());
const otherBefore = await answer(OTHER);
const course = new Course({
	plan: planOfTuning(tuning),
	reading: material,
	learner,
	viewer: new Viewer(config, material.tokenizer),
	tell(message) {
		if (message.type === 'picture') said.push(message.text);
		if (message.type === 'held') old.push(Number(message.loss.toFixed(4)));
	},
	breathe: async () => {}
});
await course.learn(Infinity);
const { steps, tokens, learning, learningMs } = course.spent;

const shown: Shown = {
	lines: first,
	steps: STEPS,
	sha256: { before, now: await fingerprint(learner.weights()) },
	said,
	old,
	other: { ask: OTHER, before: otherBefore, after: await answer(OTHER) },
	spent: { steps, tokens, operations: learning, ms: Math.round(learningMs) },
	recorded: {
		date: new Date().toISOString().slice(0, 10),
		device: `Node ${process.versions.node} on one core, ${os.cpus()[0].model.replace(/\s+/g, ' ').trim()}`
	}
};
writeFileSync('src/lib/exhibits/tune/recorded.json', JSON.stringify(shown, null, '\t') + '\n');
console.log(shown);
