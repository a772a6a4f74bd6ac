import ledger from 'virtual:ledger/all';
import manifestFile from '#lib/engine/pocket/manifest.json';
import recordFile from '#lib/engine/pocket/record.json';
import type { PocketManifest, PocketRecord, Range } from '#lib/engine/pocket/manifest.ts';
import { day, duration, many, rounded } from '#lib/exhibits/words.ts';
import { drawCurve } from './curve.server.ts';
import { account } from './operations.ts';

const manifest = manifestFile as PocketManifest;
const record = recordFile as PocketRecord;

const count = (n: number) => n.toLocaleString('en');
const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)} %`;
const spread = ({ low, high }: Range) => `${rounded(low, 2)} to ${rounded(high, 2)}`;
const cents = ({ low, high }: Range) => `$${rounded(low, 2)} to $${rounded(high, 2)}`;

/** A row of the scores; shares close to none or all keep a decimal, so that they do not claim it. */
const share = (part: number, what: string) => ({
	share: percent(part, part !== 0 && part !== 1 && (part < 0.1 || part > 0.99) ? 1 : 0),
	width: part,
	what
});

/** How unsure a loss is, as the number of equally likely tokens one would be choosing among. */
const choices = (nats: number) => rounded(Math.exp(nats), 2);

/** Everything as words: the page is read, not computed, and carries no record of its own. */
export function load() {
	const { corpus, heldOut, scores, config, trials = [] } = record;
	const sum = account(record);
	const curve = drawCurve(record);

	return {
		name: manifest.name,
		version: manifest.version,
		date: day(record.date),
		parameters: count(record.parameters),
		parametersInWords: many(record.parameters),
		config: {
			vocabulary: count(config.vocabulary),
			context: count(config.context),
			layers: count(config.layers),
			width: count(config.width),
			heads: count(config.heads)
		},

		read: {
			documents: count(corpus.documents),
			characters: many(corpus.characters),
			tokens: count(corpus.tokens),
			words: count(corpus.distinctWords),
			passes: rounded(corpus.epochs, 2),
			sha256: corpus.sha256,
			seed: record.seed,
			kinds: Object.entries(corpus.kinds)
				.sort(([, a], [, b]) => b - a)
				.map(([kind, share]) => ({ kind, share: percent(share), width: share })),
			samples: corpus.samples
		},

		curve,
		loss: {
			guessing: rounded(record.guessing, 3),
			guessingChoices: count(Math.round(Math.exp(record.guessing))),
			end: rounded(heldOut.float.nats, 3),
			endChoices: choices(heldOut.float.nats),
			early: percent(curve.early),
			gap: rounded(Math.abs(curve.gap), 2),
			byHeart: curve.gap > 0.1
		},
		made: {
			machine: record.machine.cpu,
			system: `${record.machine.system}, ${record.machine.runtime}`,
			steps: count(record.steps),
			batch: count(record.batch),
			peak: String(record.schedule.peak),
			floor: String(record.schedule.floor),
			warmUp: count(record.schedule.warmUp),
			decay: percent(record.schedule.decay),
			weightDecay: String(record.schedule.weightDecay),
			clip: String(record.schedule.clip)
		},

		cost: {
			tokens: count(record.tokens),
			perParameter: rounded(record.tokens / record.parameters, 2),
			steps: count(record.steps),
			operations: many(sum.counted, 3),
			counted: count(sum.counted),
			rule: count(sum.rule),
			attention: count(sum.attention),
			more: percent(sum.more),
			seconds: duration(record.seconds),
			exactSeconds: count(record.seconds),
			wallSeconds: duration(record.wallSeconds),
			wattHours: spread(record.wattHours),
			electricity: cents(record.dollars.electricity),
			rent: cents(record.dollars.rent),
			assumptions: record.assumptions.map((id) => {
				const entry = ledger.entries.find(({ figure }) => figure.id === id)?.figure;
				if (!entry) throw new Error(`The record rests on ${id}, which the ledger does not have.`);
				return { id, statement: entry.statement };
			})
		},

		trials: {
			times: rounded(
				trials.reduce((total, { operations }) => total + operations, 0) / sum.counted,
				2
			),
			runs: trials.map(({ tokens, seconds, operations, why }) => ({
				tokens: count(tokens),
				seconds: duration(seconds),
				operations: many(operations, 3),
				why
			}))
		},

		scores: {
			prompts: count(scores.prompts),
			temperature: String(scores.temperature),
			more: [
				share(scores.validWords, 'of the words it wrote stand somewhere in its training text'),
				share(scores.ended, 'of the answers came to an end by themselves'),
				share(scores.sentenceEnds, 'of the answers end as a sentence ends'),
				share(scores.topic, 'of the answers name what was asked about'),
				share(scores.objectCopied, 'of the things named in a prompt come back in the answer'),
				share(scores.nameCopied, 'of the people named in a prompt come back in the answer')
			],
			less: [
				share(
					scores.repeatedFourGrams,
					'of runs of four words had stood in the same answer before'
				),
				share(
					scores.eightWordRuns,
					'of runs of eight words stand word for word in its training text'
				)
			]
		},
		quantised: {
			documents: count(heldOut.documents),
			tokens: count(heldOut.tokens),
			float: heldOut.float.nats.toFixed(4),
			int8: heldOut.int8.nats.toFixed(4),
			floatBits: heldOut.float.bitsPerByte.toFixed(4),
			int8Bits: heldOut.int8.bitsPerByte.toFixed(4),
			same: percent(heldOut.sameFirstChoice, 1)
		},
		speed: {
			tokensPerSecond: count(Math.round(record.generation.tokensPerSecond)),
			prompt: rounded(record.generation.promptMsPerToken, 2),
			output: rounded(record.generation.outputMsPerToken, 2)
		},

		samples: record.samples,

		files: [
			{
				file: manifest.weights.file,
				bytes: count(manifest.weights.bytes),
				sha256: manifest.weights.sha256,
				what: `weights as ${manifest.weights.format}; ${count(manifest.weights.brotliBytes)} bytes on the way to you (brotli)`
			},
			{
				file: manifest.tokenizer.file,
				bytes: count(manifest.tokenizer.bytes),
				sha256: manifest.tokenizer.sha256,
				what: 'tokenizer: the merges of byte pairs, in order'
			}
		],
		weights: manifest.weights.file,
		sha256: manifest.sha256
	};
}
