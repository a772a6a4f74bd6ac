/** @file Holds a download while it is closed. */

export class Gate {
	#opened: Promise<void> | undefined;
	#open: (() => void) | undefined;

	get closed(): boolean {
		return this.#opened !== undefined;
	}

	close(): void {
		this.#opened ??= new Promise((resolve) => (this.#open = resolve));
	}

	open(): void {
		this.#open?.();
		this.#opened = this.#open = undefined;
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
