/**
 * A choice of the reader's that lives in this browser and on the root element, where app.html
 * restores it before the first paint. Storage may be full, forbidden or absent: the choice then
 * holds for the page alone.
 */
export class Preference<Value extends string> {
	/** Names the choice: in storage, and as `data-…` on the root element. */
	readonly key: string;
	readonly #values: readonly Value[];
	#current: Value;

	/** The first of `values` is the default: it is stored as nothing at all. */
	constructor(key: string, values: readonly [Value, ...Value[]]) {
		this.key = key;
		this.#values = values;
		this.#current = $state(values[0]);
	}

	get current(): Value {
		return this.#current;
	}

	set current(value: Value) {
		this.#show(value);

		try {
			if (value === this.#values[0]) localStorage.removeItem(this.#name);
			else localStorage.setItem(this.#name, value);
		} catch {
			// Kept for this page only.
		}
	}

	/** Takes over what is stored and follows other tabs of the site. Returns how to stop. */
	follow(): () => void {
		this.#show(this.#stored());

		const changed = (event: StorageEvent) => {
			if (event.key === this.#name || event.key === null) this.#show(this.#stored());
		};
		addEventListener('storage', changed);
		return () => removeEventListener('storage', changed);
	}

	get #name(): string {
		return `running-tab.${this.key}`;
	}

	#stored(): Value {
		try {
			const stored = localStorage.getItem(this.#name);
			return this.#values.find((value) => value === stored) ?? this.#values[0];
		} catch {
			return this.#current;
		}
	}

	#show(value: Value) {
		this.#current = value;

		if (value === this.#values[0]) delete document.documentElement.dataset[this.key];
		else document.documentElement.dataset[this.key] = value;
	}
}
