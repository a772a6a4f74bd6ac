import type { Engine } from '#lib/engine/engine.ts';
import { beginningOf } from '#lib/engine/training/beginning.ts';
import { TrainingClient } from '#lib/engine/training/client.ts';
import { fileOf, readTrainedModel, type TrainedModel } from '#lib/engine/training/trained-model.ts';
import { textsOf } from '#lib/engine/texts-of.ts';
import type { Request } from '#lib/events.ts';
import { parameterCount } from '#lib/tiny/gpt.ts';
import { Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { Recording } from '../run/shown.ts';
import type { Finished } from '../train/finished.ts';
import { modelOf } from '../train/after/model-of.ts';
import { NAMELESS, type trained } from './trained.svelte.ts';

const UNREADABLE =
	'What is kept of the model you trained could not be read, so the pocket model writes.';

/** A model that was trained, in a worker of its own. */
export type Ready = {
	model: TrainedModel;
	/** All of its training, where it was in this browser. */
	finished: Finished | undefined;
	parameters: number;
	/** Its last picture, as the run that is shown first. */
	first: Recording;
	client: TrainingClient;
	/** The same, called so. */
	engine(name: string): Engine;
	/** Puts it into its worker again, when that has broken off. Rejects with a sentence. */
	again(): Promise<void>;
	dispose(): void;
};

/**
 * The chosen one, ready to write. Whatever is in the browser's storage is read as a file of a stranger is.
 *
 * @throws an error whose message is a sentence for readers
 */
export async function ready({
	chosen,
	kept,
	opened
}: Pick<typeof trained, 'chosen' | 'kept' | 'opened'>): Promise<Ready> {
	const finished = chosen === 'kept' ? kept : undefined;
	const model = finished ? await read(finished) : opened!;
	const client = new TrainingClient(() => {});
	const parameters = parameterCount(model.config);
	const about = { parameters, sha256: model.sha256 };
	try {
		await client.open(model);
	} catch (thrown) {
		client.dispose();
		throw thrown;
	}
	return {
		model,
		finished,
		parameters,
		first: lastPicture(model, parameters),
		client,
		engine: (name) => client.engine({ name, ...about }),
		again: () => client.open(model),
		dispose: () => client.dispose()
	};
}

async function read(finished: Finished): Promise<TrainedModel> {
	try {
		return await readTrainedModel(fileOf((await modelOf(finished, finished.name.trim()))!));
	} catch {
		throw new Error(UNREADABLE);
	}
}

/**
 * What it wrote last while it learnt, as a recording: nobody noted when each token came, so all came at once. Asked
 * the same again it begins with the same words.
 */
function lastPicture(model: TrainedModel, parameters: number): Recording {
	const { config, date, device, name, pictures, prompt, sha256, version } = model;
	const tokenizer = new Tokenizer(model.tokenizer);
	const request: Request = {
		messages: [{ role: 'user', content: prompt }],
		temperature: 0.7,
		topK: 0,
		seed: 1,
		maxTokens: 200
	};
	const { ids } = beginningOf(request, tokenizer, config.context);
	const said = tokenizer.encode(pictures.at(-1)?.text ?? '');
	return {
		schema: 1,
		engine: 'trained',
		model: { name: name || NAMELESS, parameters, sha256 },
		request,
		tokens: textsOf(said, tokenizer).map((text, index) => ({ index, at: 0, text })),
		usage: {
			promptTokens: ids.length,
			cachedTokens: 0,
			outputTokens: said.length,
			prefillMs: 0,
			decodeMs: 0
		},
		reason: 'length',
		device,
		date,
		version,
		cuts: textsOf(ids, tokenizer)
	};
}
