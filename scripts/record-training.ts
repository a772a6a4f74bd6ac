/**
 * @file Trains by the recipe that the exhibit opens with and keeps what it shows: run by hand when the recipe,
 * its text or the trainer changes, and committed. It is the same course that runs in the reader's worker.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { operationsOfTraining } from '#lib/tiny/count.ts';
import { log } from '#lib/tiny/exact.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { Course } from '#lib/engine/training/course.ts';
import { fingerprint } from '#lib/engine/training/fingerprint.ts';
import { ProcessorLearner } from '#lib/engine/training/learner.ts';
import { measure } from '#lib/engine/training/measure.ts';
import type { FromWorker, Look } from '#lib/engine/training/protocol.ts';
import { Reading } from '#lib/engine/training/reading.ts';
import { first as recipe, picturesAt, planOf, sizes } from '#lib/engine/training/recipe.ts';
import { Viewer } from '#lib/engine/training/viewer.ts';
import { Losses } from '#lib/exhibits/train/losses.ts';
import { topOf, type RecordedTraining } from '#lib/exhibits/train/view.ts';

/** The place that is shown is the one at which a single step changed most, so early and with so much before it to read. */
const EARLY = 300; // steps
const READABLE = 10; // characters

const reading = new Reading(recipe);
const { batch, layers, width, heads, context } = sizes[recipe.size];
const config = { layers, width, heads, context, vocabulary: reading.tokenizer.size };
const guessing = log(config.vocabulary);
const losses = new Losses(recipe.steps, topOf(guessing));
const held: RecordedTraining['held'] = [];
const pictures: RecordedTraining['pictures'] = [];
let shown: Look | undefined;

function tell(message: FromWorker): void {
	if (message.type === 'held') held.push({ step: message.step, loss: digits(message.loss) });
	if (message.type === 'picture') pictures.push({ step: message.step, text: message.text });
	if (message.type !== 'progress') return;
	losses.add(message.losses);
	const { look } = message;
	if (!look?.place || look.step > EARLY || look.place.context.length < READABLE) return;
	if (!shown || gain(look) > gain(shown)) shown = look;
}

const gain = ({ place }: Look) => place!.after.target - place!.before.target;
const digits = (value: number, count = 4) => Number(value.toPrecision(count));

/** Milliseconds of the processor: what else the machine does is not in them. */
function now(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

const make = () => Promise.resolve(ProcessorLearner.new(config, recipe.seed));
const measured = await measure(make, reading, now);
const learner = await make();
const course = new Course({
	plan: planOf(recipe),
	reading,
	learner,
	viewer: new Viewer(config, reading.tokenizer),
	tell,
	now,
	breathe: async () => {}
});
console.log(`${measured.toFixed(1)} ms a step`);
await course.learn(Infinity);

const record: RecordedTraining = {
	date: new Date().toISOString().slice(0, 10),
	device: {
		cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
		runtime: `Node ${process.versions.node}`
	},
	recipe,
	facts: {
		config,
		parameters: parameterCount(config),
		documents: reading.documents,
		learnt: reading.learnt.length,
		held: reading.held.length,
		left: 0,
		prompt: reading.prompt,
		perStep: batch * context,
		operationsPerStep: operationsOfTraining(config, new Array(batch).fill(context + 1)).total,
		guessing
	},
	spent: {
		...course.spent,
		learningMs: Math.round(course.spent.learningMs),
		lookingMs: Math.round(course.spent.lookingMs)
	},
	measured: digits(measured),
	losses: losses.points
		.filter((_, i) => i % 2 === 0)
		.map(({ step, raw, smooth }) => [step, digits(raw, 3), digits(smooth, 3)]),
	held,
	pictures: pictures.filter(({ step }) => picturesAt(recipe.steps).includes(step)),
	look: shown!,
	sha256: await fingerprint(learner.weights())
};
// one line a value would be a thousand lines of three numbers
const text = JSON.stringify(record, undefined, '\t').replace(
	/\[\s+([\d.]+),\s+([\d.]+),\s+([\d.]+)\s+\]/g,
	'[$1, $2, $3]'
);
writeFileSync('src/lib/exhibits/train/recorded.json', `${text}\n`);
for (const { step, text } of pictures) console.log(step, reading.prompt + text);
process.exit(0);
