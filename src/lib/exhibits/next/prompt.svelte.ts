import type { Request } from '#lib/events.ts';
import type { GpuLooker } from './passes.ts';
import { notCut, sentBy, sentByPocket, type Sent } from './sent.ts';

/** What is sent of the present text, by the model that looks: at once, or when a model on the GPU has cut it. */
export class Prompt {
	#sent: Sent = $state.raw(notCut);
	/** What comes late is of an earlier text. */
	#latest = 0;

	get sent(): Sent {
		return this.#sent;
	}

	put(sent: Sent): void {
		this.#latest++;
		this.#sent = sent;
	}

	/** Another model cuts in another way. */
	forget(): void {
		this.put(notCut);
	}

	byPocket(request: Request): void {
		this.put(sentByPocket(request));
	}

	/** @param failed is told a sentence for readers; then nothing is shown as cut */
	by(model: GpuLooker, request: Request, failed: (sentence: string) => void): void {
		const mine = ++this.#latest;
		sentBy(model, request).then(
			(sent) => {
				if (mine === this.#latest) this.#sent = sent;
			},
			(thrown: unknown) => {
				if (mine !== this.#latest) return;
				this.#sent = notCut;
				failed((thrown as Error).message);
			}
		);
	}
}
