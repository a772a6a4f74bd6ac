/** @file How fast bytes arrive, over the last seconds. */

const window = 5000; // ms

export class Pace {
	#samples: { at: number; bytes: number }[] = [];

	/** @param at milliseconds */
	add(bytes: number, at: number): void {
		const last = this.#samples.at(-1);
		// a tenth of a second is one sample: a fast connection brings thousands of pieces
		if (last && at - last.at < 100) last.bytes += bytes;
		else this.#samples.push({ at, bytes });
		this.#forget(at);
	}

	/** What arrives after a rest tells nothing about the time before it. */
	reset(): void {
		this.#samples = [];
	}

	/** @returns bytes a second; nothing before there is half a second to judge by */
	speed(at: number): number | undefined {
		this.#forget(at);
		const [first] = this.#samples;
		if (!first || at - first.at < 500) return undefined;
		const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
		return (bytes / (at - first.at)) * 1000;
	}

	#forget(at: number): void {
		while (this.#samples.length && at - this.#samples[0].at > window) this.#samples.shift();
	}
}
