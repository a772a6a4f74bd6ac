import type { Config } from '#lib/tiny/gpt.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { promptOf } from '../pocket/chat.ts';
import { Looker } from '../pocket/looker.ts';
import type { FromLooking, Spent, ToLooking, ToWorker } from './protocol.ts';
import { sentenceFor } from './sentences.ts';
import { Viewer } from './viewer.ts';

/** A model, which may be learning. */
export type Present = {
	config: Config;
	tokenizer: Tokenizer;
	/** How a request becomes tokens. */
	read: typeof promptOf;
	/** Its weights, as they are now. */
	values(): Promise<Float32Array>;
	training?: { course: { spent: Spent } };
};

/** Looks into a model through a copy of its weights: what learns or writes loses its place by none of it. */
export class Looking {
	#at: { values: Present['values']; step: number; looker: Looker } | undefined;

	/** What is found, or in a sentence why it cannot be: a look that fails ends nothing else. */
	async answer(asked: ToLooking, model: Present): Promise<FromLooking> {
		const { look, request, written } = asked;
		try {
			const looker = await this.#looker(model);
			const found =
				asked.type === 'look'
					? looker.look(request, written, asked.insides)
					: looker.retrace(request, written);
			return { type: 'found', look, found };
		} catch (error) {
			return { type: 'found', look, found: { sentence: sentenceFor(error) } };
		}
	}

	async #looker({ config, tokenizer, read, values, training }: Present): Promise<Looker> {
		const step = training?.course.spent.steps ?? 0;
		if (this.#at?.values === values && this.#at.step === step) return this.#at.looker;
		const viewer = new Viewer(config, tokenizer);
		viewer.show(await values());
		const looker = new Looker(viewer.generator, tokenizer, read);
		this.#at = { values, step, looker };
		return looker;
	}
}

type Scope = {
	postMessage(message: FromLooking): void;
	addEventListener(
		type: 'message',
		hear: (event: MessageEvent<ToWorker | ToLooking>) => void
	): void;
};

/** Answers what is asked of the inside of a model, beside whoever serves the model itself. */
export function serveLooks(scope: Scope, model: () => Promise<Present>): void {
	const looking = new Looking();
	scope.addEventListener('message', ({ data }) => {
		if (data.type !== 'look' && data.type !== 'retrace') return;
		void model()
			.then((model) => looking.answer(data, model))
			.then((found) => scope.postMessage(found))
			.catch(() => {}); // no model came of it, and that has been told
	});
}
