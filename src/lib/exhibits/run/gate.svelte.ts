/**
 * Holds a loop between two turns. Open at first; closed, it lets one turn through for each `step`.
 * Engines are pulled, so what is held here is not computed either.
 */
export class Gate {
	#closed = $state(false);
	#allowed = 0;
	#go: (() => void) | undefined;

	get closed(): boolean {
		return this.#closed;
	}

	close(): void {
		this.#closed = true;
		this.#allowed = 0;
	}

	open(): void {
		this.#closed = false;
		this.#allowed = 0;
		this.#go?.();
	}

	/** Lets one turn through, also one that has not come yet; closes the gate behind it. */
	step(): void {
		this.#closed = true;
		if (this.#go) this.#go();
		else this.#allowed = 1;
	}

	/** Settles when the turn may pass, or at once when `signal` aborts. Never rejects. */
	async next(signal: AbortSignal): Promise<void> {
		if (!this.#closed || signal.aborted) return;
		if (this.#allowed) {
			this.#allowed = 0;
			return;
		}
		await new Promise<void>((resolve) => {
			const go = () => {
				this.#go = undefined;
				signal.removeEventListener('abort', go);
				resolve();
			};
			this.#go = go;
			signal.addEventListener('abort', go);
		});
	}
}
