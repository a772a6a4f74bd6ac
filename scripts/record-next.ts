/**
 * @file Records what the exhibit Next token and its lesson show before anything runs: the strips of one
 * short answer, and one sentence that is fluent and wrong. `npm run record` calls it. To be made again
 * when the model changes; it fails where the model no longer says what the lesson tells of it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Answer } from '#lib/engine/pocket/answer.ts';
import { promptOf } from '#lib/engine/pocket/chat.ts';
import type { PocketManifest } from '#lib/engine/pocket/manifest.ts';
import type { Request, Token } from '#lib/events.ts';
import { OPENING, requestOf, SEED } from '#lib/exhibits/next/request.ts';
import { glanceAt } from '#lib/exhibits/next/glance.ts';
import type { RecordedStep } from '#lib/exhibits/next/recording.ts';
import { NAMED, ofDice, partAt, rankAt, rulerOf } from '#lib/exhibits/next/ruler.ts';
import { pack, unpack } from '#lib/exhibits/next/strip-data.ts';
import { createBackend } from '#lib/tiny/backend.ts';
import { Generator } from '#lib/tiny/generate.ts';
import { dequantise } from '#lib/tiny/quantise.ts';
import { Random } from '#lib/tiny/random.ts';
import { logProbabilities } from '#lib/tiny/sample.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';

const pocket = 'src/lib/engine/pocket';
const next = 'src/lib/exhibits/next';
const manifest: PocketManifest = JSON.parse(readFileSync(`${pocket}/manifest.json`, 'utf8'));
const tokenizer = Tokenizer.fromJSON(JSON.parse(readFileSync(`${pocket}/tokenizer.json`, 'utf8')));
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const backend = createBackend('wasm', Generator.bytesNeeded(manifest.config));
const weights = dequantise(readFileSync(`static/pocket/${manifest.weights.file}`), backend);
const generator = new Generator(weights);

const origin = {
	engine: 'pocket',
	model: { name: manifest.name, parameters: manifest.parameters, sha256: manifest.sha256 },
	device: {
		cpu: os.cpus()[0].model.replace(/\s+/g, ' ').trim(),
		runtime: `Node ${process.versions.node}`
	},
	date: new Date().toISOString().slice(0, 10),
	version
};

/** Every pass of one answer, drawn as the exhibit draws. */
function strips() {
	const request = requestOf(OPENING, { temperature: 1, topK: 0, seed: SEED });
	const { ids } = promptOf(request, tokenizer, manifest.config.context);
	const random = new Random(SEED);
	const steps: RecordedStep[] = [];
	generator.reset();
	generator.read(ids.slice(0, -1));
	let token = ids.at(-1)!;
	for (;;) {
		const { logits, insides } = generator.inspect(token);
		const natural = logProbabilities(logits);
		const logprobs = pack(natural);
		const number = random.next();
		const exact = rulerOf(natural, request);
		const kept = rulerOf(unpack(logprobs), request);
		const id = exact.ids[rankAt(exact, number)];
		if (id !== kept.ids[rankAt(kept, number)]) throw new Error('Rounding changed what is drawn');
		steps.push({ number, id, logprobs, glance: glanceAt(insides, logits[0] - natural[0]) });
		if (tokenizer.isSpecial(id) || steps.length === request.maxTokens) break;
		token = id;
	}
	return { ...origin, request, ids, steps };
}

const run = strips();
const { steps, ...about } = run;
writeFileSync(
	`${next}/recorded.json`,
	JSON.stringify({ ...about, steps: steps.slice(0, 1) }) + '\n'
);
mkdirSync('static/runs', { recursive: true });
writeFileSync('static/runs/next-token.json', JSON.stringify(run) + '\n');

const ruler = rulerOf(unpack(steps[0].logprobs), run.request);
const share = (part: { share: number }) => Math.round(part.share * 100);
const named = Array.from({ length: NAMED }, (_, rank) => partAt(ruler, rank));
const rank = rankAt(ruler, steps[0].number);

/** What two dice write: a token, from this throw up to the next in the list. */
const dice: [from: number, text: string][] = [];
for (let n = 0; n < 100; n++) {
	const text = tokenizer.text(ruler.ids[rankAt(ruler, ofDice(n))]).trim();
	if (dice.at(-1)?.[1] !== text) dice.push([n, text]);
}
writeFileSync(
	`${next}/first.json`,
	JSON.stringify(
		{
			opening: OPENING,
			candidates: named.map((part) => ({
				text: tokenizer.text(part.id!).trim(),
				percent: share(part)
			})),
			vocabulary: manifest.config.vocabulary,
			drawn: rank,
			dice
		},
		undefined,
		'\t'
	) + '\n'
);
console.log(`${OPENING}|${tokenizer.decode(steps.map(({ id }) => id))}`, steps.length);

/** What the model answers, as any reader gets it for the same words and seed. */
function answer(prompt: string, seed: number) {
	const request: Request = {
		messages: [{ role: 'user', content: prompt }],
		temperature: 0.7,
		topK: 0,
		seed,
		maxTokens: 200
	};
	const said = new Answer(generator, tokenizer, request);
	said.read();
	const tokens: Omit<Token, 'at'>[] = [];
	while (!said.over) tokens.push(said.next());
	return { seed, text: tokens.map(({ text }) => text).join(''), first: tokens[0] };
}

const prompt = 'Who built the boat?';
const [wrong, right] = [answer(prompt, 50), answer(prompt, 7)];
if (!wrong.text.startsWith('Mr Amos is the boat builder.')) throw new Error(wrong.text);
if (!right.text.startsWith('Ivo the boat builder')) throw new Error(right.text);
/** How likely the model found a first token, in percent: the same whatever the seed. */
const likely = (letter: string) => {
	const { logprob } = wrong.first.alternatives!.find(({ text }) => text === letter)!;
	return Math.round(100 * Math.exp(logprob));
};
const said = {
	prompt,
	temperature: 0.7,
	wrong: { seed: wrong.seed, text: wrong.text },
	right: { seed: right.seed, text: right.text },
	first: { M: likely('M'), I: likely('I') },
	/** Both of them, as the lab takes them from its address. */
	lab: `lab.q=${encodeURIComponent(prompt)}&lab.seed=${wrong.seed}&lab.t=0.7&lab.b.seed=${right.seed}&lab.two=1`
};
writeFileSync(`${next}/said.json`, JSON.stringify(said, undefined, '\t') + '\n');
console.log(said);
process.exit(0);
