/** @file What is known of a model that can run on a reader's GPU, and of the files it is made of. */

/** A model of our short catalogue. */
export type Model = {
	/** web-llm's name of it, which also says how its weights are stored: `…-q4f16_1-MLC`. */
	readonly id: string;
	/** For readers: "SmolLM2 360M". */
	readonly name: string;
	readonly maker: string;
	readonly parameters: number;
	/** The ledger's entry on how many tokens it was trained on. */
	readonly trainingTokens: string;
	/** The ledger's entry on how many hours of chips that took, where its makers say. */
	readonly trainingHours?: string;
	readonly licence: string;
	/** One plain sentence: what it is good for, and what not. */
	readonly goodFor: string;
	/** Tokens that prompt and answer share. */
	readonly context: number;
	readonly vocabulary: number;
	/** All files together, as they travel: computed from parameters and storage, not counted on the files. */
	readonly downloadBytes: number;
	/** What web-llm needs on the GPU, at this context. */
	readonly gpuBytes: number;
	/** The largest piece that a GPU must hold as one: its table of tokens. Computed. */
	readonly largestBytes?: number;
	/** The folder at its first home, pinned to a revision where one is known: `https://…/resolve/<revision>/`. */
	readonly home: string;
	/** web-llm's compiled program for it: an address whose last part names its version. */
	readonly library: string;
	/** The first token of its answer to `knownQuestion`, where somebody has measured it on a GPU that computes rightly. */
	readonly firstToken?: number;
	/** The same model for GPUs without 16-bit floating point. */
	readonly twin?: string;
};

/** One file of a model. Its address is `path` within the model's folder. */
export type ModelFile = {
	readonly path: string;
	readonly bytes: number;
	/** Lower-case hex, where somebody who had the file has published it. */
	readonly sha256?: string;
};

/** All files of a model, written by `npm run models`. The library is the one whose path ends in `.wasm`. */
export type Manifest = {
	readonly schema: 1;
	readonly id: string;
	readonly revision: string;
	readonly files: readonly ModelFile[];
};

/** Whether a GPU needs 16-bit floating point for it. The name says so; web-llm's records do not always. */
export function needsF16({ id }: Pick<Model, 'id'>): boolean {
	return /f16/.test(id);
}
