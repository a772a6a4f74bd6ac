import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { brotliCompressSync, constants } from 'node:zlib';
import type { PocketManifest, PocketRecord } from '#lib/engine/pocket/manifest.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { operationsOfTraining } from '#lib/tiny/count.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { parameterCount, type Config } from '#lib/tiny/gpt.ts';
import { dequantise, quantise } from '#lib/tiny/quantise.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { Weights } from '#lib/tiny/weights.ts';
import { scoringPrompts } from '../corpus/corpus.ts';
import { assumptions } from './assumptions.ts';
import { encodeDocument, type Corpus } from './dataset.ts';
import { compare, speed } from './measure.ts';
import { samples } from './samples.ts';
import type { Schedule } from './schedule.ts';
import { reply, score } from './score.ts';
import { trials } from './trials.ts';

export type Finished = {
	seed: number;
	corpus: Corpus;
	corpusTokens: number;
	heldOut: Corpus;
	tokenizer: Tokenizer;
	weights: Weights;
	config: Config;
	schedule: Schedule;
	batch: number;
	step: number;
	seconds: number;
	wallSeconds: number;
	operations: number;
	curve: PocketRecord['curve'];
};

const pocketFolder = 'src/lib/engine/pocket';
const staticFolder = 'static/pocket';
const temperature = 0.7;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const json = (value: unknown) => JSON.stringify(value, null, '\t') + '\n';

/** Quantises, measures and writes what the site ships: weights, tokenizer, manifest and record. */
export async function publish(run: Finished): Promise<void> {
	const { config, tokenizer } = run;
	const bytes = quantise(run.weights);
	const weightsHash = sha256(bytes);
	const file = `weights-${weightsHash.slice(0, 8)}.bin`;
	const brotliBytes = brotliCompressSync(bytes, {
		params: { [constants.BROTLI_PARAM_QUALITY]: 11 }
	}).length;

	const tokenizerText = JSON.stringify(tokenizer) + '\n';
	const tokenizerHash = sha256(tokenizerText);
	const lines = [`${tokenizerHash}  tokenizer.json`, `${weightsHash}  ${file}`].sort();

	const load = (data: Uint8Array) => {
		const backend = createBackend('wasm', Generator.bytesNeeded(config));
		return new Generator(dequantise(data, backend));
	};
	const shipped = load(bytes);
	const full = load(quantise(run.weights, 'float32'));

	console.log('Measuring loss before and after quantising …');
	const heldOut = run.heldOut.documents
		.slice(0, 400)
		.map((document) => encodeDocument(document, tokenizer).slice(0, config.context));
	const compared = compare(full, shipped, heldOut, tokenizer);

	console.log(`Asking ${scoringPrompts.length} prompts …`);
	const ask = (prompt: string, seed: number) =>
		reply(shipped, tokenizer, prompt, { seed, temperature, limit: 200 });
	const scores = score(scoringPrompts, ask, run.corpus.words, run.corpus.documents, temperature);

	const sequences = run.step * (run.batch / config.context);
	const parts = operationsOfTraining(config, [config.context + 1]);
	const operationsByPart = {
		layers: parts.layers * sequences,
		scoring: parts.scoring * sequences,
		attention: parts.attention * sequences
	};
	const counted = operationsByPart.layers + operationsByPart.scoring + operationsByPart.attention;
	if (counted !== run.operations) {
		throw new Error(`Counted ${run.operations} operations; the formula says ${counted}`);
	}

	const record: PocketRecord = {
		date: new Date().toISOString().slice(0, 10),
		machine: {
			cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
			system: `${os.type()} ${os.arch()}`,
			runtime: `Node ${process.versions.node}`,
			cores: 1
		},
		seed: run.seed,
		corpus: {
			documents: run.corpus.documents.length,
			characters: run.corpus.characters,
			tokens: run.corpusTokens,
			distinctWords: run.corpus.words.size,
			sha256: run.corpus.sha256,
			epochs: (run.step * run.batch) / run.corpusTokens,
			kinds: run.corpus.kinds,
			samples: oneOfEachKind(run.corpus)
		},
		config,
		parameters: parameterCount(config),
		tokens: run.step * run.batch,
		steps: run.step,
		batch: run.batch,
		schedule: {
			peak: run.schedule.peak,
			floor: run.schedule.floor,
			warmUp: run.schedule.warmUp,
			decay: run.schedule.decay,
			weightDecay: run.schedule.weightDecay,
			clip: run.schedule.clip
		},
		operations: run.operations,
		operationsByPart,
		seconds: Math.round(run.seconds),
		wallSeconds: Math.round(run.wallSeconds),
		trials,
		...assumptions(run.seconds),
		guessing: Math.log(config.vocabulary),
		curve: run.curve,
		heldOut: { documents: heldOut.length, ...compared },
		generation: speed(shipped),
		scores,
		samples: samples.map((sample) => ({ ...sample, reply: ask(sample.prompt, sample.seed).text }))
	};

	const manifest: PocketManifest = {
		name: 'Pocket model',
		version: `1.${record.date.replaceAll('-', '')}`,
		config,
		parameters: record.parameters,
		specials: [...tokenizer.specials],
		weights: {
			file,
			bytes: bytes.length,
			sha256: weightsHash,
			format: 'int8, a scale a row',
			brotliBytes
		},
		tokenizer: {
			file: 'tokenizer.json',
			bytes: Buffer.byteLength(tokenizerText),
			sha256: tokenizerHash
		},
		sha256: sha256(lines.join('\n') + '\n')
	};

	mkdirSync(staticFolder, { recursive: true });
	for (const name of readdirSync(staticFolder)) {
		if (/^weights-.*\.bin$/.test(name)) rmSync(`${staticFolder}/${name}`);
	}
	writeFileSync(`${staticFolder}/${file}`, bytes);
	writeFileSync(`${pocketFolder}/tokenizer.json`, tokenizerText);
	writeFileSync(`${pocketFolder}/manifest.json`, json(manifest));
	writeFileSync(`${pocketFolder}/record.json`, json(record));

	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	console.log(`
${file}: ${bytes.length.toLocaleString('en')} bytes, ${brotliBytes.toLocaleString('en')} as brotli
${record.tokens.toLocaleString('en')} tokens, ${record.steps.toLocaleString('en')} steps, ${record.operations.toExponential(3)} operations, ${Math.round(record.seconds / 60)} min on one core
held out: ${compared.float.nats.toFixed(4)} nats, int8 ${compared.int8.nats.toFixed(4)}; ${compared.float.bitsPerByte.toFixed(4)} bits a byte, int8 ${compared.int8.bitsPerByte.toFixed(4)}; same first choice ${percent(compared.sameFirstChoice)}
valid words ${percent(scores.validWords)} · ended ${percent(scores.ended)} · sentence ends ${percent(scores.sentenceEnds)} · repeated 4-grams ${percent(scores.repeatedFourGrams)}
topic ${percent(scores.topic)} · object copied ${percent(scores.objectCopied)} · name copied ${percent(scores.nameCopied)} · eight-word runs ${percent(scores.eightWordRuns)}
${Math.round(record.generation.tokensPerSecond).toLocaleString('en')} tokens/s`);
}

function oneOfEachKind(corpus: Corpus) {
	return Object.keys(corpus.kinds).map((kind) =>
		corpus.documents.find((document) => document.kind === kind)!
	);
}
