import { messageOf } from '#lib/engine/told.ts';
import type { Look } from '#lib/engine/pocket/protocol.ts';
import type { WebLlmEngine } from '#lib/engine/webllm/engine.ts';
import type { Reason, Request, RunEvent, Usage } from '#lib/events.ts';

/** Something that can look at every token that may come next. */
export type Looker = {
	readonly name: string;
	readonly model: { name: string; parameters: number; sha256?: string };
	look(
		request: Pick<Request, 'messages' | 'maxTokens'>,
		written: readonly number[],
		options: { insides: boolean }
	): Promise<Pass>;
};

/** What one pass gave. What happened inside only the pocket model tells. */
export type Pass = Pick<Look, 'ids' | 'logprobs' | 'ms'> &
	Partial<Pick<Look, 'logits' | 'insides'>>;

/** A model on the reader's GPU, which cuts text in its own way. */
export type GpuLooker = Looker & Pick<WebLlmEngine, 'cut' | 'lexicon' | 'context'>;

export function looksOnGpu(model: object | undefined): model is GpuLooker {
	return model !== undefined && 'look' in model && 'lexicon' in model;
}

/** Who draws: sees what a pass gave, and says which token is written. */
export type Hand = {
	/** The tokens after the prompt, as they are meant when the next pass begins. */
	written(): readonly number[];
	/** The token that is drawn; none when nobody wants to go on. */
	draw(pass: Pass): Promise<{ id: number; text: string; logprob: number; special: boolean } | null>;
	/** Whether the last token, as it is meant now, ends the answer. */
	ended(): boolean;
};

/**
 * One run made of single passes, so that between two of them somebody can look and draw. Reports
 * what any engine does: all that is read before the first draw is the prompt, tokens written earlier
 * included; a pass is made when the token after it is asked for. Ends with `settled`, always.
 *
 * @param room tokens that the model's window holds
 */
export async function* passes(
	looker: Looker,
	request: Request,
	hand: Hand,
	signal: AbortSignal,
	room: number
): AsyncGenerator<RunEvent, void, void> {
	const usage: Usage = {
		promptTokens: 0,
		cachedTokens: 0,
		outputTokens: 0,
		prefillMs: 0,
		decodeMs: 0
	};
	let begun: number | undefined;
	const at = () => (begun === undefined ? 0 : performance.now() - begun);
	const settled = (reason: Reason, error?: string): RunEvent => ({
		type: 'settled',
		at: at(),
		usage: { ...usage },
		reason,
		...(error === undefined ? {} : { error })
	});

	try {
		for (;;) {
			if (signal.aborted) return yield settled('cancelled');
			const written = hand.written();
			if (hand.ended()) return yield settled('finished');
			if (written.length >= request.maxTokens) return yield settled('length');

			const look = await unless(signal, looker.look(request, written, { insides: true }));
			if (!look) return yield settled('cancelled');
			if (begun === undefined) {
				begun = performance.now();
				usage.promptTokens = look.ids.length;
				usage.prefillMs = look.ms;
				yield { type: 'started', at: 0, promptTokens: look.ids.length, cachedTokens: 0 };
			} else usage.decodeMs += look.ms;

			const drawn = await unless(signal, hand.draw(look));
			if (!drawn) return yield settled('cancelled');
			const { special, ...token } = drawn;
			yield {
				type: 'token',
				index: usage.outputTokens++,
				at: at(),
				...token,
				...(special ? { special, text: '' } : {})
			};
			if (special && hand.ended()) return yield settled('finished');
			if (look.ids.length + 1 >= room) return yield settled('length');
		}
	} catch (thrown) {
		yield settled('failed', messageOf(thrown));
	}
}

/** What is awaited, or nothing as soon as the signal aborts. */
function unless<Value>(signal: AbortSignal, wanted: Promise<Value>): Promise<Value | null> {
	if (signal.aborted) return Promise.resolve(null);
	return new Promise((resolve, reject) => {
		const stop = () => resolve(null);
		signal.addEventListener('abort', stop, { once: true });
		wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
