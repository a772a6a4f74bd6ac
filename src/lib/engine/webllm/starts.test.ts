import { describe, expect, test } from 'vitest';
import { starts } from './starts.ts';
import { telling } from './telling.ts';
import { gone } from './testing/asking.ts';
import { home, inProcess, model } from './testing/in-process.ts';

describe('a system that closes the page', () => {
	function tab() {
		const kept = new Map<string, string>();
		let now = 0;
		const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }; // prettier-ignore
		return {
			page: (target?: EventTarget) => starts(() => storage, () => now, target), // prettier-ignore
			pass: (ms: number) => (now += ms)
		};
	}

	test('twice while a model starts has it not started a third time within a minute', async () => {
		const { page, pass } = tab();
		page().begin();
		pass(20_000);
		expect(page().looping()).toBe(false);
		page().begin();
		expect(page().looping()).toBe(true);

		const trial = inProcess({}, {}, { starts: page() });
		await expect(trial.client.load(model, home)).rejects.toThrow(telling.crashing());
		expect(trial.made).toBe(0);
		pass(41_000);
		await trial.client.load(model, home);
		expect(page().looping()).toBe(false);
	});

	test('is told from a page that is left, and from loads that end', async () => {
		const { page } = tab();
		for (let i = 0; i < 3; i++) {
			const target = new EventTarget();
			page(target).begin();
			target.dispatchEvent(new Event('pagehide'));
		}
		expect(page().looping()).toBe(false);
		const own = page();
		const trial = inProcess({ empty: true }, {}, { starts: own });
		for (let i = 0; i < 3; i++) await trial.client.load(model, home).catch(() => {});
		expect(own.looping()).toBe(false);
	});

	test('cannot be remembered where nothing can be, and damaged memory is none', () => {
		const forbidden = starts(gone(new DOMException('no', 'SecurityError')), () => 0, undefined);
		forbidden.begin();
		expect(forbidden.looping()).toBe(false);
		for (const kept of ['', '{}', '[1', '["a","b"]']) {
			const odd = { getItem: () => kept, setItem() {}, removeItem() {} };
			expect(starts(() => odd, () => 0, undefined).looping()).toBe(false); // prettier-ignore
		}
	});
});
