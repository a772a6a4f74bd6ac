/** @file What `npm run train` writes about the pocket model: the manifest of its files, and the record of its training. */
import type { Config } from '#lib/tiny/gpt.ts';

export type FileEntry = { file: string; bytes: number; sha256: string };

/** What the worker needs. Imported by the code, so that old weights never meet a new tokenizer. */
export type PocketManifest = {
	name: string;
	version: string;
	config: Config;
	parameters: number;
	/** `<end>`, `<you>`, `<reply>`: never produced by encoding a reader's text. */
	specials: string[];
	weights: FileEntry & { format: string; brotliBytes: number };
	tokenizer: FileEntry;
	/** SHA-256 over the sorted `hash  name` lines of the two files. */
	sha256: string;
};

export type Range = { low: number; high: number };

/** A loss in nats per token, and the same in bits per byte of text, which does not depend on the tokenizer. */
export type Loss = { nats: number; bitsPerByte: number };

export type PocketRecord = {
	/** ISO date on which the run ended. */
	date: string;
	machine: { cpu: string; system: string; runtime: string; cores: number };
	seed: number;
	corpus: {
		documents: number;
		characters: number;
		tokens: number;
		distinctWords: number;
		sha256: string;
		/** Passes over the text that the run amounts to. */
		epochs: number;
		/** Share of characters by kind of document. */
		kinds: Record<string, number>;
		samples: { kind: string; turns: string[] }[];
	};
	config: Config;
	parameters: number;
	/** Tokens trained on, counted: D of the rule 6·N·D. */
	tokens: number;
	steps: number;
	/** Tokens a step. */
	batch: number;
	schedule: {
		peak: number;
		floor: number;
		warmUp: number;
		decay: number;
		weightDecay: number;
		clip: number;
	};
	/** Floating-point operations of the training steps, counted at every matrix product. */
	operations: number;
	/** The same, by what was multiplied. */
	operationsByPart: Record<string, number>;
	/** Seconds of computing on one core (CPU time), and by the clock on the wall. */
	seconds: number;
	wallSeconds: number;
	wattHours: Range;
	dollars: { electricity: Range; rent: Range };
	/** Runs thrown away before this one, not part of the bill above. */
	trials: { steps: number; tokens: number; seconds: number; operations: number; why: string }[];
	/** Ids of the ledger entries watt-hours and dollars rest on. */
	assumptions: string[];
	/** Loss of guessing every token alike, in nats. */
	guessing: number;
	curve: { step: number; tokens: number; loss: number; heldOut?: number; seconds: number }[];
	heldOut: { documents: number; tokens: number; float: Loss; int8: Loss; sameFirstChoice: number };
	/** Measured on the machine that trained it, with the shipped int8 weights, one core. */
	generation: { promptMsPerToken: number; outputMsPerToken: number; tokensPerSecond: number };
	scores: PocketScores;
	samples: { verdict: 'good' | 'bad'; prompt: string; reply: string; seed: number; note: string }[];
};

export type PocketScores = {
	prompts: number;
	temperature: number;
	/** Shares from 0 to 1. */
	validWords: number;
	ended: number;
	sentenceEnds: number;
	repeatedFourGrams: number;
	topic: number;
	objectCopied: number;
	nameCopied: number;
	/** Share of runs of eight words that stand word for word in the training text. */
	eightWordRuns: number;
	replies: { prompt: string; reply: string; topic: boolean; offTopic: boolean }[];
};
