/** @file Puts a model on the GPU with web-llm, and has it answer a question whose answer can be judged. */
import type { Request } from '#lib/events.ts';
import { Told } from '../told.ts';
import type { LoadingPhase } from './door.ts';
import { Generation, Turns, type OnGpu } from './generation.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Wanted } from './protocol.ts';
import type { LoadReport, WebLlm } from './seam.ts';
import { telling } from './telling.ts';

export type Report = (phase: LoadingPhase, part: number) => void;

/** @throws what web-llm throws */
export async function loadModel(
	{ MLCEngine }: WebLlm,
	{ id, place, context }: Pick<Wanted, 'id' | 'place' | 'context'>,
	vocabulary: Vocabulary,
	report: Report
): Promise<OnGpu> {
	const turns = new Turns();
	const engine = new MLCEngine({
		appConfig: {
			model_list: [{ model: place.folder, model_id: id, model_lib: place.library }],
			cacheBackend: 'cache'
		},
		initProgressCallback: (progress) => report(...phaseOf(progress)),
		logitProcessorRegistry: new Map([[id, turns]]),
		logLevel: 'SILENT'
	});
	await engine.reload(id, { context_window_size: context });
	const pipeline = engine.loadedModelIdToPipeline.get(id);
	if (!pipeline) throw new Told(telling.ended()); // its loading was interrupted, and it does not say so
	return { engine, pipeline, vocabulary, turns, context };
}

/** web-llm names its phases by the beginning of a text alone. */
function phaseOf({ progress, text }: LoadReport): [LoadingPhase, number] {
	const part = Math.min(1, Math.max(0, progress)) || 0;
	if (/shader modules/i.test(text)) return ['programs', part];
	if (/^Finish/.test(text)) return ['trying', 0];
	return ['weights', part];
}

/** Asked of every model that was loaded. Changed never: known first tokens belong to it. */
export const knownQuestion: Request = {
	messages: [{ role: 'user', content: 'What is the capital of France?' }],
	temperature: 0,
	topK: 0,
	seed: 1,
	maxTokens: 2
};

/** Between two readings of the same scores on one GPU. Natural logarithms. */
const AGREES = 0.05;

/**
 * Has the model read the known question twice, and write one token that reading gives and one that writing gives.
 *
 * @throws {Told} when the GPU computes wrongly
 */
export async function tryOut(
	model: OnGpu,
	firstToken: number | undefined,
	report: Report
): Promise<void> {
	const passes = [];
	for (let pass = 0; pass < 2; pass++) {
		report('trying', pass / 2);
		const tokens = [];
		const generation = await Generation.begin(model, knownQuestion, { reuse: false });
		try {
			while (!generation.over) tokens.push(...(await generation.next()));
		} finally {
			await generation.end();
		}
		passes.push(tokens.map(({ token }) => token));
	}
	const [once, again] = passes;
	const sound =
		once.length > 0 &&
		once.length === again.length &&
		(firstToken === undefined || once[0].id === firstToken) &&
		once.every(({ id, logprob, alternatives }, i) => {
			const varied = new Set(alternatives!.map(({ logprob }) => logprob)).size > 1;
			return varied && again[i].id === id && Math.abs(again[i].logprob! - logprob!) < AGREES;
		});
	if (!sound) throw new Told(telling.wrong());
}
