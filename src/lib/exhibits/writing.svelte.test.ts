/** @file What is fetched while a model on the reader's GPU writes: of the pocket model nothing. */
import type { Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import * as doors from '#lib/engine/doors.ts';
import type { RunEvent } from '#lib/events.ts';
import { ToldGpu } from './next/testing/told.ts';
import NextToken from './NextToken.svelte';
import { writer } from './run/writer.svelte.ts';
import TheBill from './TheBill.svelte';
import TillRoll from './TillRoll.svelte';
import Page from './Writing.fixture.svelte';

// What fetches the pocket model, only watched.
vi.mock('#lib/engine/doors.ts', { spy: true });

/** It also writes answers, of one token, to questions of three. */
class Writing extends ToldGpu {
	readonly layout = { head: 0, messages: [3], open: 1 };
	readonly cuts = ['a', 'b', 'c', 'd'];
	asked = 0;

	override async *run(): AsyncGenerator<RunEvent, void, void> {
		this.asked++;
		const usage = { promptTokens: 4, cachedTokens: 0, outputTokens: 1, prefillMs: 1, decodeMs: 1 };
		yield { type: 'started', at: 0, promptTokens: 4, cachedTokens: 0 };
		yield { type: 'token', index: 0, at: 1, text: 'Yes.' };
		yield { type: 'settled', at: 2, usage, reason: 'finished' };
	}
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;
/** How often the code and the weights of the pocket model were asked for. */
const ofPocket = () =>
	vi.mocked(doors.warm).mock.calls.length + vi.mocked(doors.pocketEngine).mock.calls.length;
const later = () => new Promise((resolve) => setTimeout(resolve, 200));

beforeEach(() => {
	sessionStorage.clear();
	localStorage.clear();
	vi.clearAllMocks();
	vi.mocked(doors.warm).mockReturnValue(undefined);
	history.replaceState(null, '', location.pathname + location.search);
});
afterEach(() => writer.use(undefined));

/** Points at a button and focuses it. */
async function near(exhibit: Component, button: string): Promise<HTMLElement> {
	await render(Page, { exhibit });
	await expect.poll(() => find(button)).not.toBeNull();
	for (const type of ['pointerover', 'pointerenter', 'pointerdown'])
		find(button).dispatchEvent(new PointerEvent(type, { bubbles: type !== 'pointerenter' }));
	find(button).focus();
	return find(button);
}

describe('while a model on the GPU writes', () => {
	test('Next token looks with it, and fetches nothing of the pocket model', async () => {
		const gpu = new Writing([{ 5: 0.9 }]);
		writer.use(gpu);
		(await near(NextToken as Component, '.next .head button')).click();
		await expect.poll(() => gpu.read.length).toBeGreaterThan(1);
		await later();
		expect(ofPocket()).toBe(0);
	});

	test.each([
		['Till roll', TillRoll, '.exhibit-roll .head button'],
		['The bill', TheBill, '.exhibit .head button']
	] as const)(
		'%s writes with it, and fetches nothing of the pocket model',
		async (_, one, button) => {
			const gpu = new Writing([{ 5: 0.9 }]);
			writer.use(gpu);
			(await near(one as Component, button)).click();
			await expect.poll(() => gpu.asked).toBeGreaterThan(0);
			await later();
			expect(ofPocket()).toBe(0);
		}
	);
});

test('where none is there, whoever points at Run has the pocket model on its way', async () => {
	await near(TillRoll as Component, '.exhibit-roll .head button');
	await expect.poll(ofPocket).toBeGreaterThan(0);
});
