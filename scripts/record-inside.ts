/**
 * @file Records the first picture of the exhibit Look inside: part of `npm run record`. To be made again when
 * the pocket model changes. One short text is read, a few tokens are drawn, and all of it is written again
 * with the cache and without.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Looker } from '#lib/engine/pocket/looker.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import { MOST_WRITTEN, OPENING, requestOf, SEED } from '#lib/exhibits/inside/prompt.ts';
import type { LaterPasses, Recording } from '#lib/exhibits/inside/recording.ts';
import { pack } from '#lib/exhibits/inside/workings.ts';
import { rankAt, rulerOf } from '#lib/exhibits/next/ruler.ts';
import { pack as packScores } from '#lib/exhibits/next/strip-data.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Random } from '#lib/tiny/random.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const pocket = 'src/lib/engine/pocket';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
const weights = dequantise(readFileSync(`static/pocket/${manifest.weights.file}`), backend);
const looker = new Looker(new Generator(weights), tokenizer);

const request = requestOf(OPENING, { temperature: 1, topK: 0, seed: SEED });
const first = looker.look(request, [], 'all');
const random = new Random(SEED);
/** A score less the logarithm of its probability. */
const levelOf = ({ logits, logprobs }: Record<'logits' | 'logprobs', Float32Array>) =>
	rounded(logits[0] - logprobs[0], 3);
const rounded = (x: number, digits: number) => Number(x.toFixed(digits));

const written: Recording['written'] = [];
const later: Omit<LaterPasses, 'workings'> = { logprobs: [], levels: [] };
while (written.length < MOST_WRITTEN && !written.some(({ id }) => tokenizer.isSpecial(id))) {
	const ids = written.map(({ id }) => id);
	const { logits, logprobs } = looker.look(request, ids, 'none');
	const number = random.next();
	const ruler = rulerOf(logprobs, request);
	const id = ruler.ids[rankAt(ruler, number)];
	if (ids.length) {
		later.logprobs.push(packScores(logprobs));
		later.levels.push(levelOf({ logits, logprobs }));
	}
	written.push({ number, id, logprob: rounded(logprobs[id], 4) });
}
const read = written.slice(0, -1).map(({ id }) => id);
const retraced = looker.retrace(request, read);
const timed = (passes: typeof retraced.kept) =>
	passes.map((pass) => ({ ...pass, ms: rounded(pass.ms, 3) }));

const recording: Recording = {
	engine: 'pocket',
	model: { name: manifest.name, parameters: manifest.parameters, sha256: manifest.sha256 },
	device: {
		cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
		runtime: `Node ${process.versions.node}`
	},
	date: new Date().toISOString().slice(0, 10),
	version,
	request,
	ids: first.ids,
	logprobs: packScores(first.logprobs),
	level: levelOf(first),
	written,
	retraced: { ...retraced, kept: timed(retraced.kept), again: timed(retraced.again) },
	workings: pack(first.workings!, first.ids.length - 1)
};
const json = JSON.stringify(recording) + '\n';
writeFileSync('src/lib/exhibits/inside/recorded.json', json);
console.log(`${json.length} bytes: ${OPENING}|${tokenizer.decode(written.map(({ id }) => id))}`);

const { workings } = looker.look(request, read, 'all');
const passes: LaterPasses = { ...later, workings: pack(workings!, first.ids.length) };
const more = JSON.stringify(passes) + '\n';
writeFileSync('src/lib/exhibits/inside/recorded-passes.json', more);
console.log(`${more.length} bytes more for ${read.length} later passes`);
process.exit(0);
