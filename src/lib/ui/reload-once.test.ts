import { describe, expect, it } from 'vitest';
import { shouldReload } from './reload-once.ts';

function memory() {
	const values = new Map<string, string>();
	return {
		getItem: (key: string) => values.get(key) ?? null,
		setItem: (key: string, value: string) => void values.set(key, value)
	};
}

describe('shouldReload', () => {
	it('loads a page again once, not for ever', () => {
		const store = memory();

		expect(shouldReload('/about/', () => store)).toBe(true);
		expect(shouldReload('/about/', () => store)).toBe(false);
		expect(shouldReload('/model/', () => store)).toBe(true);
	});

	it('leaves the page alone where nothing can be remembered', () => {
		const forbidden = () => {
			throw new DOMException('denied', 'SecurityError');
		};

		expect(shouldReload('/about/', forbidden)).toBe(false);
		expect(shouldReload('/about/', () => ({ ...memory(), setItem: forbidden }))).toBe(false);
	});
});
