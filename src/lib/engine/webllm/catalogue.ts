/**
 * @file The models we offer for a reader's GPU: a short list of our own, because importing web-llm's costs 1.4 MB. Its test
 * compares every record with the package's list. Sizes of downloads are computed from parameters and storage.
 */
import type { Model } from './model.ts';

/** How weights are stored: 4 bits, or unquantised ("q0"), and how the GPU calculates with them. */
type Storage = 'q4f16_1' | 'q4f32_1' | 'q0f16' | 'q0f32';

const MB = 1e6;

/** web-llm counts the GPU's memory in these. */
const MIB = 2 ** 20;

/** Bits a parameter takes on the wire: 32 parameters of 4 bits share a factor of 16. What is 32 bits wide travels as 16. */
const TRAVELS = { q4f16_1: 4.5, q4f32_1: 4.5, q0f16: 16, q0f32: 16 } as const;

/** Bits an entry of the table of tokens takes on the GPU, without the shared factors, which lie apart. */
const LIES = { q4f16_1: 4, q4f32_1: 4, q0f16: 16, q0f32: 32 } as const;

/** web-llm's compiled program for a model: between 4 and 6 MB. */
const PROGRAM = 5 * MB;

/** Where web-llm's release keeps its compiled programs. */
const LIBRARIES =
	'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';

/** What does not depend on how the weights are stored. */
type Kin = Omit<
	Model,
	'id' | 'downloadBytes' | 'gpuBytes' | 'largestBytes' | 'home' | 'library' | 'twin'
> & {
	/** web-llm's name without storage. */
	base: string;
	/** Numbers that stand for one token inside the model. */
	width: number;
	/** Bytes of `tokenizer.json`. */
	tokenizer: number;
	/** web-llm's name of the program, where it is another than the model's. */
	program?: string;
	/** web-llm's ending for a shorter context: `-1k`. */
	ending?: string;
};

type Stored = {
	storage: Storage;
	/** web-llm's `vram_required_MB`. */
	gpu: number;
	twin?: Storage;
};

function model(kin: Kin, { storage, gpu, twin }: Stored): Model {
	const { base, width, tokenizer, program = base, ending = '', ...known } = kin;
	const named = (storage: Storage) => `${base}-${storage}-MLC`;
	return {
		...known,
		id: named(storage) + ending,
		downloadBytes: Math.round((known.parameters * TRAVELS[storage]) / 8 + tokenizer + PROGRAM),
		gpuBytes: Math.round(gpu * MIB),
		largestBytes: (known.vocabulary * width * LIES[storage]) / 8,
		home: `https://huggingface.co/mlc-ai/${named(storage)}/resolve/main/`,
		library: `${LIBRARIES}${program}-${storage}_cs1k-webgpu.wasm`,
		...(twin ? { twin: named(twin) + ending } : {})
	};
}

const smol360: Kin = {
	base: 'SmolLM2-360M-Instruct',
	name: 'SmolLM2 360M',
	maker: 'Hugging Face',
	parameters: 361_821_120,
	trainingTokens: 'smollm2-360m-tokens',
	licence: 'Apache 2.0',
	goodFor: 'Short answers and small stories in plain English; it often gets facts and sums wrong.',
	context: 4096,
	vocabulary: 49_152,
	width: 960,
	tokenizer: 2.1 * MB
};

const smol135: Kin = {
	base: 'SmolLM2-135M-Instruct',
	name: 'SmolLM2 135M',
	maker: 'Hugging Face',
	parameters: 134_515_008,
	trainingTokens: 'smollm2-135m-tokens',
	licence: 'Apache 2.0',
	goodFor: 'Watching a very small model at work: its English is fluent, what it says seldom holds.',
	context: 4096,
	vocabulary: 49_152,
	width: 576,
	tokenizer: 2.1 * MB
};

const qwen: Kin = {
	base: 'Qwen2.5-0.5B-Instruct',
	program: 'Qwen2-0.5B-Instruct',
	name: 'Qwen2.5 0.5B',
	maker: 'Alibaba',
	parameters: 494_032_768,
	trainingTokens: 'qwen25-tokens',
	licence: 'Apache 2.0',
	goodFor: 'Several languages and simple lists; its knowledge of facts is thin.',
	context: 4096,
	vocabulary: 151_936,
	width: 896,
	tokenizer: 7 * MB
};

const gemma: Kin = {
	base: 'gemma3-1b-it',
	name: 'Gemma 3 1B',
	maker: 'Google',
	parameters: 999_885_952,
	trainingTokens: 'gemma3-1b-tokens',
	licence: 'Gemma Terms of Use',
	goodFor: 'Longer, tidier answers in many languages; facts still need checking.',
	context: 4096,
	vocabulary: 262_144,
	width: 1152,
	tokenizer: 33.4 * MB
};

const tinyLlama: Kin = {
	base: 'TinyLlama-1.1B-Chat-v1.0',
	ending: '-1k',
	name: 'TinyLlama 1.1B',
	maker: 'Singapore University of Technology and Design',
	parameters: 1_100_048_384,
	trainingTokens: 'tinyllama-tokens',
	licence: 'Apache 2.0',
	goodFor: 'Short chats in English, with a model of 2023; its memory is the shortest of these.',
	context: 1024,
	vocabulary: 32_000,
	width: 2048,
	tokenizer: 1.8 * MB
};

const llama: Kin = {
	base: 'Llama-3.2-1B-Instruct',
	name: 'Llama 3.2 1B',
	maker: 'Meta',
	parameters: 1_235_814_400,
	trainingTokens: 'llama32-1b-tokens',
	trainingHours: 'llama32-1b-gpu-hours',
	licence: 'Llama 3.2 Community License',
	goodFor: 'The most sensible answers of these, also summaries; it takes the most memory.',
	context: 4096,
	vocabulary: 128_256,
	width: 2048,
	tokenizer: 9.1 * MB
};

/** Every model with its twin after it, the first one to be offered first. */
export const models: readonly Model[] = [
	model(smol360, { storage: 'q4f16_1', gpu: 376.06, twin: 'q4f32_1' }),
	model(smol360, { storage: 'q4f32_1', gpu: 579.61 }),
	model(smol135, { storage: 'q0f16', gpu: 359.69, twin: 'q0f32' }),
	model(smol135, { storage: 'q0f32', gpu: 719.38 }),
	model(qwen, { storage: 'q4f16_1', gpu: 944.62, twin: 'q4f32_1' }),
	model(qwen, { storage: 'q4f32_1', gpu: 1060.2 }),
	model(gemma, { storage: 'q4f16_1', gpu: 711.07 }),
	model(tinyLlama, { storage: 'q4f16_1', gpu: 675.24, twin: 'q4f32_1' }),
	model(tinyLlama, { storage: 'q4f32_1', gpu: 795.98 }),
	model(llama, { storage: 'q4f16_1', gpu: 879.04, twin: 'q4f32_1' }),
	model(llama, { storage: 'q4f32_1', gpu: 1128.82 })
];
