import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Preference } from './preference.svelte.ts';

const stored = () => localStorage.getItem('running-tab.colour');
const shown = () => document.documentElement.dataset.colour;

describe('Preference', () => {
	let stop = () => {};

	beforeEach(() => localStorage.clear());
	afterEach(() => {
		stop();
		vi.restoreAllMocks();
		delete document.documentElement.dataset.colour;
	});

	it('shows and stores what is chosen, and stores nothing for the default', () => {
		const colour = new Preference('colour', ['system', 'light', 'dark']);

		colour.current = 'dark';
		expect([colour.current, shown(), stored()]).toEqual(['dark', 'dark', 'dark']);

		colour.current = 'system';
		expect([colour.current, shown(), stored()]).toEqual(['system', undefined, null]);
	});

	it('takes over what an earlier visit stored, and ignores what it does not know', () => {
		localStorage.setItem('running-tab.colour', 'dark');
		const colour = new Preference('colour', ['system', 'light', 'dark']);
		stop = colour.follow();
		expect(colour.current).toBe('dark');

		localStorage.setItem('running-tab.colour', 'mauve');
		dispatchEvent(new StorageEvent('storage', { key: 'running-tab.colour' }));
		expect([colour.current, shown()]).toEqual(['system', undefined]);
	});

	it('follows other tabs until it is told to stop', () => {
		const colour = new Preference('colour', ['system', 'light', 'dark']);
		stop = colour.follow();

		localStorage.setItem('running-tab.colour', 'light');
		dispatchEvent(new StorageEvent('storage', { key: 'running-tab.colour' }));
		expect(colour.current).toBe('light');

		stop();
		localStorage.setItem('running-tab.colour', 'dark');
		dispatchEvent(new StorageEvent('storage', { key: 'running-tab.colour' }));
		expect(colour.current).toBe('light');
	});

	it('holds for the page where storage throws', () => {
		const forbidden = () => {
			throw new DOMException('denied', 'SecurityError');
		};
		vi.spyOn(Storage.prototype, 'getItem').mockImplementation(forbidden);
		vi.spyOn(Storage.prototype, 'setItem').mockImplementation(forbidden);

		const colour = new Preference('colour', ['system', 'light', 'dark']);
		stop = colour.follow();
		colour.current = 'dark';

		expect([colour.current, shown()]).toEqual(['dark', 'dark']);
	});
});
