/** @file Holds a download while it is closed. */

export class Gate {
	#opened: Promise<void> | undefined;
	#open: (() => void) | undefined;
	readonly #listeners = new Set<(closed: boolean) => void>();

	get closed(): boolean {
		return this.#opened !== undefined;
	}

	close(): void {
		if (this.#opened) return;
		this.#opened = new Promise((resolve) => (this.#open = resolve));
		for (const listener of this.#listeners) listener(true);
	}

	open(): void {
		if (!this.#opened) return;
		this.#open?.();
		this.#opened = this.#open = undefined;
		for (const listener of this.#listeners) listener(false);
	}

	/** Tells of every change, at once. @returns what ends the telling */
	onchange(listener: (closed: boolean) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Settles when it is open; rejects with the signal's reason when that is aborted. */
	async passed(signal: AbortSignal): Promise<void> {
		while (this.#opened) {
			let stop = () => {};
			const stopped = new Promise<never>((_, reject) => {
				stop = () => reject(signal.reason as Error);
				if (signal.aborted) stop();
				else signal.addEventListener('abort', stop, { once: true });
			});
			await Promise.race([this.#opened, stopped]).finally(() =>
				signal.removeEventListener('abort', stop)
			);
		}
	}
}
