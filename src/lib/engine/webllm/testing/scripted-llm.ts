/**
 * @file A double of web-llm 0.2.86 at the narrowest seam: everything of its engine's stream is there, oddities included, and only
 * the forward pass is a script. Its vocabulary is the 256 bytes, an end of text and one more special token.
 */
import type {
	ChatRequest,
	Chunk,
	Conversation,
	LogitProcessor,
	ModelRecord,
	Pipeline,
	WebLlm
} from '../seam.ts';

export const END = 256;
export const EXTRA = 257;
/** Larger than the list of tokens, as models' are. */
export const SCORES = 260;

/** What is scripted of an answer. Each may throw, or wait. */
export type Script = {
	/** Scores for the token after `ids`. By default the answer is `says`, then the end. */
	scores?: (step: number) => Float32Array;
	says?: readonly number[];
	context?: number;
	/** A text at which an answer is over, as some models have one besides their end. */
	stop?: string;
	/** Goes on after the end and beyond `max_tokens`. */
	neverStops?: boolean;
	/** Before scores are computed. */
	compute?: (step: number) => Promise<void> | void;
	/** The token that the sampler takes, whatever the scores. */
	takes?: (id: number) => Promise<number> | number;
	reload?: (report: (progress: number, text: string) => void) => Promise<void> | void;
	create?: () => Promise<void> | void;
	/** When the GPU is given back. */
	unload?: () => Promise<void> | void;
	/** When an answer's stream ends. */
	end?: () => void;
	/** The engine is without a model after `reload`, as after an interruption. */
	empty?: boolean;
};

/** Counts over all engines of one double. */
export type Counts = {
	engines: number;
	reloads: number;
	unloads: number;
	resets: number;
	steps: number;
	/** Answers that are being written now, and their largest number. */
	open: number;
	requests: ChatRequest[];
	/** What was loaded. */
	records: ModelRecord[];
	usages: { completion_tokens: number; prompt_tokens: number }[];
	interrupts: number;
	/** What was read, part by part. */
	read: number[][];
};

export function scriptedLlm(script: Script = {}): {
	webLlm: WebLlm;
	counts: Counts;
	script: Script;
} {
	const counts: Counts = {
		engines: 0,
		reloads: 0,
		unloads: 0,
		resets: 0,
		steps: 0,
		open: 0,
		requests: [],
		records: [],
		usages: [],
		interrupts: 0,
		read: []
	};

	class ScriptedPipeline implements Pipeline {
		filledKVCacheLength = 0;
		conversation = talk();
		readonly tokenizer = new ScriptedTokenizer();
		newPart: number[] = [];
		outputIds: number[] = [];
		drawn = 0;
		stopTriggered = false;
		finishReason: 'stop' | 'length' | 'abort' | undefined;
		message = '';

		constructor(
			readonly processor: LogitProcessor | undefined,
			readonly context: number
		) {}

		// on the prototype, as in the package
		async getInputData(): Promise<readonly [readonly unknown[], number, unknown]> {
			await Promise.resolve();
			const { messages, config, override_system_message: system } = this.conversation;
			const templates: Conversation['config']['role_templates'] = config.role_templates;
			const texts = messages.flatMap(([role, , text]) =>
				text === undefined ? [] : (templates?.[role]?.replace(`{${role}_message}`, text) ?? text)
			);
			// every text is put into a template by `replace`, as in the package
			if (system !== undefined)
				texts.unshift('{system_message}'.replace('{system_message}', system));
			const filled = this.filledKVCacheLength > 0;
			const parts = filled ? [texts.at(-1)!] : texts.map((text, i) => (i < texts.length - 1 ? `${text}\n` : text)); // prettier-ignore
			this.newPart = filled ? [] : [EXTRA];
			for (const part of [...parts, OPENS]) this.newPart.push(...this.tokenizer.encode(part));
			if (this.newPart.length + this.filledKVCacheLength > this.context) {
				const error = new Error(
					`Prompt tokens exceed context window size: number of prompt tokens: ${this.newPart.length}; context window size: ${this.context}`
				);
				error.name = 'ContextWindowSizeExceededError';
				throw error;
			}
			// the beginning of the text is not counted here, as in the package
			return [[this.newPart], this.newPart.length - (filled ? 0 : 1), () => 0];
		}

		stopped(): boolean {
			return this.stopTriggered;
		}

		getMessage(): string {
			return this.message;
		}

		resetChat(): void {
			this.filledKVCacheLength = 0;
			this.conversation = talk();
			this.finishReason = undefined;
			this.processor?.resetState();
		}

		triggerStop(): void {
			if (this.stopTriggered) return;
			this.stopTriggered = true;
			this.finishReason = 'abort';
			this.reply();
		}

		reply(): void {
			this.conversation.messages.at(-1)![2] = this.message;
		}

		async sample(): Promise<number> {
			counts.steps++;
			const step = this.drawn;
			await script.compute?.(step);
			const scores = script.scores?.(step) ?? saying(script.says ?? [72, 105], step);
			await Promise.resolve();
			const forced = this.processor?.processLogits(scores) ?? scores;
			if (forced.length !== SCORES) throw new Error('the scores have another length');
			let id = 0;
			for (let i = 1; i < SCORES; i++) if (forced[i] > forced[id]) id = i;
			return (await script.takes?.(id)) ?? id;
		}

		commit(id: number, max: number): void {
			this.processor?.processSampledToken(id);
			this.drawn++;
			if (id === END && !script.neverStops) {
				this.stopTriggered = true;
				this.finishReason = 'stop';
			} else this.outputIds.push(id);
			this.message = decode(this.outputIds);
			const over = script.stop ? this.message.lastIndexOf(script.stop) : -1;
			if (over >= 0) {
				this.message = this.message.slice(0, over);
				this.stopTriggered = true;
				this.finishReason = 'stop';
			}
			const full = this.filledKVCacheLength === this.context;
			if (!script.neverStops && (this.outputIds.length >= max || full)) {
				this.stopTriggered = true;
				this.finishReason = 'length';
			}
			if (this.stopTriggered) this.reply();
		}
	}

	class ScriptedEngine {
		readonly loadedModelIdToPipeline = new Map<string, ScriptedPipeline>();
		readonly chat = { completions: { create: (request: ChatRequest) => this.create(request) } };
		#interrupted = false;
		#writing = false;
		#lock: Promise<void> = Promise.resolve();
		#context = 256;

		constructor(readonly config: ConstructorParameters<WebLlm['MLCEngine']>[0]) {
			counts.engines++;
		}

		get record(): ModelRecord {
			return this.config.appConfig.model_list[0];
		}

		async reload(id: string, overrides?: { context_window_size: number }): Promise<void> {
			counts.reloads++;
			counts.records.push(this.record);
			this.#context = script.context ?? overrides?.context_window_size ?? 256;
			const report = (progress: number, text: string) =>
				this.config.initProgressCallback({ progress, text });
			await script.reload?.(report);
			report(1, 'Loading model from cache[1/1]: 1MB loaded. 100% completed, 0 secs elapsed.');
			report(0.5, 'Loading GPU shader modules[36/73]: 50% completed, 1 secs elapsed.');
			if (script.empty) return;
			const processor = this.config.logitProcessorRegistry.get(id);
			this.loadedModelIdToPipeline.set(id, new ScriptedPipeline(processor, this.#context));
			report(1, 'Finish loading on WebGPU - scripted');
		}

		interruptGenerate(): Promise<void> {
			counts.interrupts++;
			this.#interrupted = true;
			return Promise.resolve();
		}

		resetChat(): Promise<void> {
			counts.resets++;
			if (this.#writing) throw new Error('what is being read was thrown away');
			for (const pipeline of this.loadedModelIdToPipeline.values()) pipeline.resetChat();
			return Promise.resolve();
		}

		async unload(): Promise<void> {
			counts.unloads++;
			await script.unload?.();
			this.loadedModelIdToPipeline.clear();
		}

		async create(request: ChatRequest): Promise<AsyncGenerator<Chunk>> {
			await script.create?.();
			await Promise.resolve();
			if (!(request.max_tokens > 0)) throw new Error('Make sure max_tokens > 0');
			if (request.messages.at(-1)!.role !== 'user') throw new Error('MessageOrderError');
			counts.requests.push(structuredClone(request));
			const [pipeline] = this.loadedModelIdToPipeline.values();
			if (!pipeline) throw new Error('ModelNotLoadedError');
			return this.generate(request, pipeline);
		}

		async *generate(request: ChatRequest, pipeline: ScriptedPipeline): AsyncGenerator<Chunk> {
			const lock = this.#lock;
			let release = () => {};
			this.#lock = new Promise((resolve) => (release = resolve));
			await lock;
			let prefilled = false;
			try {
				counts.open++;
				this.#writing = true;
				this.#interrupted = false;
				await this.prefill(request, pipeline);
				prefilled = true;
				let sent = 0;
				const chunk = (): Chunk | undefined => {
					const message = pipeline.getMessage();
					if (trailing(message) % 4 !== 0) return undefined;
					const content = message.slice(sent);
					sent = message.length;
					return { choices: [{ delta: { content, role: 'assistant' }, finish_reason: null, index: 0, logprobs: null }] } as unknown as Chunk; // prettier-ignore
				};
				const first = chunk();
				if (first) yield first;
				while (!pipeline.stopped()) {
					if (this.#interrupted) {
						pipeline.triggerStop();
						break;
					}
					pipeline.filledKVCacheLength++;
					counts.read.push(pipeline.outputIds.slice(-1));
					pipeline.commit(await pipeline.sample(), request.max_tokens);
					const next = chunk();
					if (next) yield next;
				}
				yield { choices: [{ delta: {}, finish_reason: pipeline.finishReason!, index: 0 }] } as unknown as Chunk; // prettier-ignore
				const usage = {
					completion_tokens: pipeline.drawn,
					prompt_tokens: pipeline.newPart.length,
					total_tokens: pipeline.drawn + pipeline.newPart.length,
					extra: { decode_tokens_per_s: NaN, prefill_tokens_per_s: NaN }
				};
				counts.usages.push(usage);
				yield { choices: [], usage } as unknown as Chunk;
			} finally {
				counts.open--;
				this.#writing = false;
				if (prefilled && !pipeline.stopped()) pipeline.triggerStop();
				release();
				script.end?.();
			}
		}

		async prefill(
			{ messages, max_tokens }: ChatRequest,
			pipeline: ScriptedPipeline
		): Promise<void> {
			const before = talk(messages.slice(0, -1));
			const same = JSON.stringify(before) === JSON.stringify(pipeline.conversation);
			const { finishReason } = pipeline;
			if (messages.length < 2 || !same || finishReason === 'abort' || finishReason === 'length') {
				pipeline.resetChat();
				pipeline.conversation = before;
			}
			pipeline.outputIds = [];
			pipeline.drawn = 0;
			pipeline.message = '';
			pipeline.stopTriggered = false;
			const asked = messages.at(-1)!.content;
			pipeline.conversation.messages.push(['user', 'U', asked], ['assistant', 'A', undefined]);
			const [parts] = await pipeline.getInputData();
			counts.read.push((parts as number[][]).flat());
			pipeline.filledKVCacheLength += (parts as number[][]).flat().length;
			pipeline.commit(await pipeline.sample(), max_tokens);
		}
	}

	return { webLlm: { MLCEngine: ScriptedEngine }, counts, script };
}

/** What opens an answer, which is one token. */
const OPENS = '<|im_end|>';

class ScriptedTokenizer {
	// on the prototype, as in the package
	encode(text: string): Int32Array {
		return Int32Array.from(text === OPENS ? [END] : new TextEncoder().encode(text));
	}
}

/** A conversation as far as it goes, in the package's form. */
function talk(said: ChatRequest['messages'] = []) {
	const system = said.find(({ role }) => role === 'system')?.content;
	return {
		messages: said
			.filter(({ role }) => role !== 'system')
			.map(({ role, content }): [string, string, string | undefined] => [
				role,
				role === 'user' ? 'U' : 'A',
				content
			]),
		override_system_message: system,
		config: { role_templates: { user: '{user_message}', assistant: '{assistant_message}' } }
	};
}

/** Scores by which a text is nearly certain, with a few others that are possible. */
export function saying(ids: readonly number[], step: number): Float32Array {
	const scores = Float32Array.from({ length: SCORES }, (_, id) => -10 - id / SCORES);
	scores[ids[step] ?? END] = 5;
	scores[(ids[step] ?? 0) ^ 1] += 12;
	return scores;
}

function decode(ids: readonly number[]): string {
	const bytes = ids.flatMap((id) => (id < 256 ? id : [...new TextEncoder().encode('<|extra|>')]));
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

const trailing = (text: string) => /\uFFFD*$/.exec(text)![0].length;

/** The model's `tokenizer.json`, in the byte-level form. */
export function tokenizerFile(): object {
	const vocab: Record<string, number> = {};
	let next = 0x100;
	for (let byte = 0; byte < 256; byte++) {
		const visible =
			(byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
		vocab[String.fromCharCode(visible ? byte : next++)] = byte;
	}
	return {
		model: { type: 'BPE', vocab, merges: [] },
		added_tokens: [
			{ id: END, content: '<|im_end|>', special: true },
			{ id: EXTRA, content: '<|extra|>', special: true }
		],
		decoder: { type: 'ByteLevel' }
	};
}
