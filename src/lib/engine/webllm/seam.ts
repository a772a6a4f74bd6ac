/**
 * @file What we use of web-llm, and nothing else of it. Two of these parts are not among its documented ones: `seam.test.ts` holds
 * the installed version against them.
 */

/** Sees every step's raw scores and every token that is drawn. One for each model. */
export interface LogitProcessor {
	/** @param logits a copy; before bias, penalties and temperature. [vocabulary] */
	processLogits(logits: Float32Array): Float32Array;
	processSampledToken(id: number): void;
	/** What the GPU held of a conversation is given up. */
	resetState(): void;
}

export type Chunk = {
	/** Empty in the chunk that carries the usage. */
	choices: readonly { finish_reason: 'stop' | 'length' | 'tool_calls' | 'abort' | null }[];
};

export type ChatRequest = {
	messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
	stream: true;
	max_tokens: number;
	temperature: number;
	top_p: number;
	repetition_penalty: number;
	frequency_penalty: number;
	presence_penalty: number;
};

/** What web-llm makes a prompt of. Not documented. */
export type Conversation = {
	/** Role, its name, and what was said; nothing where the answer is to be written. */
	messages: readonly (readonly [role: string, name: string, text: unknown])[];
	override_system_message?: string | undefined;
	/** Without templates a message is its text. */
	config: { readonly role_templates?: Readonly<Record<string, string>> | undefined };
};

/** A model that lies on the GPU. Not documented. */
export interface Pipeline {
	readonly conversation: Conversation;
	/** The ids that are still to be read of a prompt, in the parts in which they are, and how many they are. */
	getInputData(): Promise<readonly [readonly unknown[], ...unknown[]]>;
	/** What has been drawn of the answer. The last of it is read by the next step. */
	readonly outputIds: number[];
	/** Cuts each text of a prompt by one call, in their order. */
	readonly tokenizer: { encode(text: string): ArrayLike<number> };
	/** How many tokens the model's memory of the conversation holds. */
	readonly filledKVCacheLength: number;
	stopped(): boolean;
}

export interface LlmEngine {
	/** Resolves without a model when it is interrupted. */
	reload(model: string, overrides?: { context_window_size: number }): Promise<void>;
	readonly chat: {
		readonly completions: {
			create(request: ChatRequest): Promise<AsyncIterable<Chunk>>;
		};
	};
	/** Heeded after the token that is being computed, and only once a stream has begun. */
	interruptGenerate(): unknown;
	resetChat(): Promise<void>;
	unload(): Promise<void>;
	/** Not documented. */
	readonly loadedModelIdToPipeline: ReadonlyMap<string, Pipeline>;
}

export type ModelRecord = {
	/** Absolute; web-llm adds `resolve/main/` where there is no `/resolve/…/` in it. */
	model: string;
	model_id: string;
	model_lib: string;
};

export type LoadReport = { progress: number; text: string };

export interface WebLlm {
	MLCEngine: new (config: {
		appConfig: { model_list: ModelRecord[]; cacheBackend: 'cache' };
		initProgressCallback: (report: LoadReport) => void;
		logitProcessorRegistry: Map<string, LogitProcessor>;
		logLevel: 'SILENT';
	}) => LlmEngine;
}
