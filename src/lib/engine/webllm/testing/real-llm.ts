/**
 * @file The installed web-llm with its own engine, pipeline, conversation and stream, for Node: only the tokenizer, the forward
 * pass and the arithmetic of the GPU's sampler are replaced. The class that is needed for that is not exported, so that the
 * package's file is copied with one more export.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { LlmEngine, LogitProcessor } from '../seam.ts';
import { END, EXTRA, SCORES } from './scripted-llm.ts';

const folder = 'node_modules/.web-llm-with-pipeline';

/* eslint-disable @typescript-eslint/no-explicit-any -- what is reached for here has no types */
export async function webLlmWithPipeline(): Promise<{ MLCEngine: any; LLMChatPipeline: any }> {
	const shipped = readFileSync('node_modules/@mlc-ai/web-llm/lib/index.js', 'utf8');
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${folder}/index.mjs`, `${shipped}\nexport { LLMChatPipeline };\n`);
	return import(/* @vite-ignore */ pathToFileURL(`${folder}/index.mjs`).href);
}

export type Forward = {
	scores: (step: number) => Float32Array;
	/** Before scores are computed; may wait, or throw. */
	compute?: (step: number) => Promise<void> | void;
	context?: number;
	/** Texts that end an answer. */
	stops?: string[];
	steps: number;
	/** Ids, in the order in which they were read. */
	read: number[];
};

/** A chat in the form of SmolLM2's, with one byte a token. @param stops texts that end an answer */
const chatConfigWith = (stops: string[]) => ({
	vocab_size: SCORES,
	temperature: 0.8,
	top_p: 0.9,
	repetition_penalty: 1.1,
	conv_template: {
		name: 'bytes',
		system_template: '{system_message}',
		system_message: '',
		system_prefix_token_ids: [EXTRA],
		roles: { user: 'U', assistant: 'A', tool: 'T' },
		role_templates: {
			user: '{user_message}',
			assistant: '{assistant_message}',
			tool: '{tool_message}'
		},
		role_content_sep: ':',
		role_empty_sep: ':',
		seps: ['\n'],
		stop_str: stops,
		stop_token_ids: [END]
	}
});

/** An engine on which a model lies, as after `reload`. */
export function realEngine(
	{ MLCEngine, LLMChatPipeline }: Awaited<ReturnType<typeof webLlmWithPipeline>>,
	processor: LogitProcessor,
	forward: Forward
): LlmEngine {
	const engine = new MLCEngine({ logLevel: 'SILENT' });
	const pipeline = Object.create(LLMChatPipeline.prototype);
	const chatConfig = chatConfigWith(forward.stops ?? []);
	let step = 0;
	Object.assign(pipeline, {
		config: chatConfig,
		fullVocabSize: SCORES,
		logitProcessor: processor,
		contextWindowSize: forward.context ?? 256,
		slidingWindowSize: -1,
		prefillChunkSize: 64,
		filledKVCacheLength: 0,
		resetStatsPerPrefill: true,
		outputIds: [],
		appearedTokensFreq: new Map(),
		imageDataCache: new Map(),
		artifactImagePixelCache: new Map(),
		sampleIndices: new Int32Array([0]),
		stopTriggered: false,
		outputMessage: '',
		tvm: {
			beginScope() {},
			endScope() {},
			detachFromCurrentScope: <T>(value: T) => value,
			cpu: () => 'cpu',
			empty: () => tensor(new Float32Array(1)),
			uniform: () => tensor(new Float32Array([0.999999]))
		},
		device: { sync: async () => {} },
		topPDevice: tensor(new Float32Array(1)),
		sampleIndicesDevice: tensor(new Float32Array(1)),
		// on the prototype, as in the package
		tokenizer: Object.create({
			encode: (text: string) => Int32Array.from(new TextEncoder().encode(text)),
			decode: (ids: Int32Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(ids, (id) => (id < 256 ? id : 63))) // prettier-ignore
		}),
		resetKVCache() {},
		async embedAndForward(parts: number[][], length: number) {
			forward.read.push(...parts.flat());
			pipeline.filledKVCacheLength += length;
			if (length !== 1) step = 0;
			forward.steps++;
			await forward.compute?.(step);
			return tensor(forward.scores(step++));
		},
		fsoftmaxWithTemperature: (logits: Tensor, temperature: Tensor) => {
			const largest = Math.max(...logits.data);
			const weights = logits.data.map((logit) => Math.exp((logit - largest) / temperature.data[0]));
			const sum = weights.reduce((a, b) => a + b);
			return tensor(weights.map((weight) => weight / sum));
		},
		fargsortProbs: ({ data }: Tensor) => {
			const order = [...data.keys()].sort((a, b) => data[b] - data[a]);
			const parts = [Float32Array.from(order, (id) => data[id]), Float32Array.from(order)];
			return { get: (part: number) => tensor(parts[part]) };
		},
		fsampleWithTopP: (probabilities: Tensor, ids: Tensor, uniform: Tensor) => {
			let left = uniform.data[0];
			let at = 0;
			while (at < SCORES - 1 && left >= probabilities.data[at]) left -= probabilities.data[at++];
			return tensor(Float32Array.of(ids.data[at]));
		}
	});
	pipeline.conversation = { reset() {}, messages: [], isTextCompletion: false, config: chatConfig.conv_template }; // prettier-ignore
	pipeline.resetRuntimeStats();

	const lock = { held: false, queue: [] as (() => void)[] };
	engine.loadedModelIdToPipeline.set('m', pipeline);
	engine.loadedModelIdToChatConfig.set('m', chatConfig);
	engine.loadedModelIdToModelType.set('m', 0);
	engine.loadedModelIdToLock.set('m', {
		async acquire() {
			if (!lock.held) lock.held = true;
			else await new Promise<void>((resolve) => lock.queue.push(resolve));
		},
		async release() {
			const next = lock.queue.shift();
			if (next) next();
			else lock.held = false;
		}
	});
	return engine;
}

type Tensor = ReturnType<typeof tensor>;

function tensor(data: Float32Array) {
	return {
		data,
		shape: [1, data.length],
		dtype: 'float32',
		view() {
			return this;
		},
		copyFrom(from: { data: Float32Array } | ArrayLike<number>) {
			this.data = Float32Array.from('data' in from ? from.data : from);
			return this;
		},
		toArray() {
			return this.data.slice();
		},
		dispose() {}
	};
}
