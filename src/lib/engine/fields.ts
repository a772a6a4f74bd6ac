/**
 * Reads the fields of a file that may be anything: a stranger made it. Each is of its kind and within
 * sane bounds, or the whole file is refused with a sentence that names the first wrong one.
 */
export class Fields {
	/** @param what begins the sentence: "This is not a run that can be played" */
	constructor(readonly what: string) {}

	/** To be thrown. */
	wrong(why: string): Error {
		return new Error(`${this.what}: ${why}.`);
	}

	object(value: unknown, name: string): Record<string, unknown> {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			throw this.wrong(`${name} must be an object`);
		}
		return value as Record<string, unknown>;
	}

	list(value: unknown, name: string, most: number): unknown[] {
		if (!Array.isArray(value) || value.length > most) {
			throw this.wrong(`${name} must be a list of at most ${most.toLocaleString('en')}`);
		}
		return value;
	}

	text(value: unknown, name: string, most: number): string {
		if (typeof value !== 'string' || value.length > most) {
			throw this.wrong(`${name} must be text of at most ${most.toLocaleString('en')} characters`);
		}
		return value;
	}

	number(value: unknown, name: string, least: number, most: number): number {
		if (typeof value !== 'number' || !(value >= least && value <= most)) {
			throw this.wrong(`${name} must be a number from ${least} to ${most}`);
		}
		return value;
	}

	whole(value: unknown, name: string, most: number): number {
		if (!Number.isInteger(value)) throw this.wrong(`${name} must be a whole number`);
		return this.number(value, name, 0, most);
	}

	date(value: unknown, name: string): string {
		const date = this.text(value, name, 40);
		if (Number.isNaN(Date.parse(date))) throw this.wrong(`${name} must be a date`);
		return date;
	}

	/** What describes a device is only shown: short plain values stay, all else is left out. */
	device(value: unknown, name: string): object {
		const entries = Object.entries(this.object(value, name)).slice(0, 50);
		return Object.fromEntries(
			entries.filter(
				([key, value]) =>
					key !== '__proto__' &&
					key.length <= 100 &&
					(typeof value === 'string'
						? value.length <= 500
						: typeof value === 'boolean' || Number.isFinite(value))
			)
		);
	}
}
