/**
 * @file Trains the pocket model and writes what the site ships: `npm run train [-- options]`.
 *
 *   --steps N       optimiser steps of 1,024 tokens each (default 14,000)
 *   --characters N  length of the training text (default 40 million)
 *   --folder PATH   where the run lies (default .training)
 *   --restart       forget the run in .training/ and begin anew
 *   --finish        stop learning where the run is and write the files
 *
 * Shows loss, speed and time left. Ctrl-C saves and stops; the same command goes on from there, to the
 * same bits. Everything unfinished lies in .training/, which is not committed.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createBackend } from '#lib/tiny/backend.ts';
import { parameterCount, type Config } from '#lib/tiny/gpt.ts';
import { seededRandom } from '#lib/tiny/random.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import { Trainer } from '#lib/tiny/train.ts';
import { heldOutDocuments, trainingDocuments } from './corpus/corpus.ts';
import {
	collect,
	encodeDocument,
	learnTokenizer,
	mixed,
	rows,
	shuffled,
	Tokens
} from './pocket/dataset.ts';
import { publish } from './pocket/publish.ts';
import { learningRate, type Schedule } from './pocket/schedule.ts';

const option = (name: string, otherwise: number) => {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const text = (name: string, otherwise: string) => {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? otherwise : process.argv[at + 1];
};
const flag = (name: string) => process.argv.includes(`--${name}`);

const folder = text('folder', '.training');
const seed = 7;
const config: Config = { vocabulary: 1024, context: 256, width: 128, heads: 4, layers: 4 };
const sequencesPerStep = 4;
const batch = sequencesPerStep * config.context;
const schedule: Schedule = {
	steps: option('steps', 14_000),
	warmUp: 100,
	decay: 0.9,
	peak: 3e-3,
	floor: 3e-5,
	weightDecay: 0.05,
	clip: 1
};

/**
 * Which documents a row is filled with: at first mostly echoes. A model that has once learnt to look
 * back finds use for it in stories too; from stories alone it did not learn it in ten million tokens.
 */
const kinds = [['echo'], ['exercise'], ['story', 'question', 'chat', 'note']];
function shares(draws: number): number[] {
	const echo = Math.max(0.05, 0.6 - (0.55 * draws) / 60_000);
	return [echo, 0.35 * (1 - echo), 0.65 * (1 - echo)];
}

/** What must survive an interruption beside the weights. */
type Progress = {
	/** Fingerprint of the text that the run began with: it cannot go on with another. */
	text: string;
	step: number;
	seconds: number;
	wallSeconds: number;
	/** Counted while learning; looking at the held-out text is left out. */
	operations: number;
	lookingOperations: number;
	curve: { step: number; tokens: number; loss: number; heldOut?: number; seconds: number }[];
};

if (flag('restart')) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const paths = {
	tokenizer: `${folder}/tokenizer.json`,
	checkpoint: `${folder}/checkpoint.bin`,
	progress: `${folder}/progress.json`
};

console.log('Writing the training text …');
const corpus = collect(trainingDocuments(seed, option('characters', 40_000_000)));
const heldOutCorpus = collect(heldOutDocuments(seed + 1, 250_000));
const tokenizer = existsSync(paths.tokenizer)
	? Tokenizer.fromJSON(JSON.parse(readFileSync(paths.tokenizer, 'utf8')))
	: learnTokenizer(corpus, config.vocabulary);
writeFileSync(paths.tokenizer, JSON.stringify(tokenizer));

const tokens = new Tokens(corpus.documents.map((document) => encodeDocument(document, tokenizer)));
const heldOut = heldOutCorpus.documents.map((document) =>
	Uint16Array.from(encodeDocument(document, tokenizer).slice(0, config.context + 1))
);
console.log(
	`${corpus.documents.length.toLocaleString('en')} documents, ${(corpus.characters / 1e6).toFixed(1)} million characters, ` +
		`${(tokens.ids.length / 1e6).toFixed(2)} million tokens, ${corpus.words.size.toLocaleString('en')} distinct words; ` +
		`${parameterCount(config).toLocaleString('en')} parameters`
);

const backend = createBackend('wasm', Trainer.bytesNeeded(config));
const resumed = existsSync(paths.checkpoint) && existsSync(paths.progress);
const trainer = resumed
	? Trainer.restore(readFileSync(paths.checkpoint), backend)
	: new Trainer({ config, seed, backend, weightDecay: schedule.weightDecay, clip: schedule.clip });
const progress: Progress = resumed
	? JSON.parse(readFileSync(paths.progress, 'utf8'))
	: {
			text: corpus.sha256,
			step: 0,
			seconds: 0,
			wallSeconds: 0,
			operations: 0,
			lookingOperations: 0,
			curve: []
		};
if (progress.text !== corpus.sha256) {
	throw new Error(`The run in ${folder} was begun with another text. Begin anew with --restart.`);
}
if (resumed) console.log(`Going on from step ${progress.step.toLocaleString('en')}.`);

const random = seededRandom(seed);
const next = () => random.next();
const orders = kinds.map((wanted) => {
	const found = corpus.documents.flatMap(({ kind }, i) => (wanted.includes(kind) ? i : []));
	return shuffled(found, next);
});
const source = rows(tokens, mixed(orders, shares, next), config.context + 1);
for (let i = 0; i < progress.step * sequencesPerStep; i++) source.next();

let stopping = false;
process.on('SIGINT', () => (stopping = true));
process.on('SIGTERM', () => (stopping = true));

const begin = { cpu: process.cpuUsage(), wall: process.hrtime.bigint(), ...progress };
const cpuSeconds = () => {
	const used = process.cpuUsage(begin.cpu);
	return begin.seconds + (used.user + used.system) / 1e6;
};
const wallSeconds = () => begin.wallSeconds + Number(process.hrtime.bigint() - begin.wall) / 1e9;
/** Seconds spent looking, not learning: the held-out text is not part of the bill. */
let lookingSeconds = 0;

function save() {
	progress.seconds = cpuSeconds() - lookingSeconds;
	progress.wallSeconds = wallSeconds();
	progress.operations = trainer.operations - progress.lookingOperations;
	writeFileSync(`${paths.checkpoint}.new`, trainer.checkpoint());
	writeFileSync(`${paths.progress}.new`, JSON.stringify(progress));
	renameSync(`${paths.checkpoint}.new`, paths.checkpoint);
	renameSync(`${paths.progress}.new`, paths.progress);
}

let recent = 0;
let recentSteps = 0;
const from = { step: progress.step, wall: wallSeconds() };
while (progress.step < schedule.steps && !stopping && !flag('finish')) {
	const sequences = Array.from(
		{ length: sequencesPerStep },
		() => source.next().value as Uint16Array
	);
	const { loss } = trainer.step(sequences, learningRate(progress.step, schedule));
	progress.step++;
	recent += loss;
	recentSteps++;

	const every = progress.step < 200 ? 20 : 100;
	if (progress.step % every === 0 || progress.step === schedule.steps) {
		const point: Progress['curve'][number] = {
			step: progress.step,
			tokens: progress.step * batch,
			loss: round(recent / recentSteps),
			seconds: Math.round(cpuSeconds() - lookingSeconds)
		};
		if (progress.step % 500 === 0) {
			const before = process.cpuUsage();
			const operations = trainer.operations;
			point.heldOut = round(trainer.evaluate(heldOut.slice(0, 150)));
			const used = process.cpuUsage(before);
			progress.lookingOperations += trainer.operations - operations;
			lookingSeconds += (used.user + used.system) / 1e6;
		}
		progress.curve.push(point);
		const speed = (progress.step - from.step) / (wallSeconds() - from.wall);
		const left = (schedule.steps - progress.step) / speed;
		console.log(
			`step ${progress.step.toLocaleString('en').padStart(6)}  loss ${point.loss.toFixed(3)}` +
				(point.heldOut === undefined
					? '                '
					: `  held out ${point.heldOut.toFixed(3)}`) +
				`  ${Math.round(speed * batch).toLocaleString('en')} tokens/s  ${duration(left)} left`
		);
		recent = 0;
		recentSteps = 0;
	}
	if (progress.step % 250 === 0) save();
}
save();

if (stopping) {
	console.log(`Saved at step ${progress.step}. The same command goes on from here.`);
} else {
	await publish({
		seed,
		corpus,
		corpusTokens: tokens.ids.length,
		heldOut: heldOutCorpus,
		tokenizer,
		weights: trainer.weights,
		config,
		schedule: { ...schedule, steps: progress.step },
		batch,
		...progress
	});
}
process.exit(0);

function round(value: number) {
	return Math.round(value * 1e4) / 1e4;
}

function duration(seconds: number) {
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
