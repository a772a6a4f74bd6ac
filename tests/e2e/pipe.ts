/**
 * @file A browser driven over a pipe, without Playwright: Playwright keeps every page visible and awake, and turns the
 * back/forward cache off. Here pages sleep as they do for people.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromium } from '@playwright/test';
import { browserPath, launchArguments } from '../../scripts/browser.mjs';

type Answer = { id?: number; result?: Record<string, unknown>; error?: { message: string } };

/** A tab of that browser. */
export type Tab = {
	send: (method: string, params?: object) => Promise<Record<string, unknown>>;
	/** The value of an expression in the page; a promise is waited for. */
	value: <Value>(expression: string) => Promise<Value>;
	/** Waits until an expression is true. */
	until: (expression: string, timeout?: number) => Promise<void>;
	/** Brings it to the front: all others are hidden. */
	show: () => Promise<void>;
	freeze: () => Promise<void>;
	thaw: () => Promise<void>;
};

export class Browser {
	readonly #child: ChildProcess;
	readonly #profile = mkdtempSync(join(tmpdir(), 'pages-'));
	readonly #waiting = new Map<number, (answer: Answer) => void>();
	#last = 0;
	#rest = '';

	constructor() {
		this.#child = spawn(
			browserPath() ?? chromium.executablePath(),
			[
				...launchArguments,
				'--headless=new',
				'--remote-debugging-pipe',
				`--user-data-dir=${this.#profile}`,
				'about:blank'
			],
			{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }
		);
		(this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
			const parts = (this.#rest + text).split('\0');
			this.#rest = parts.pop() ?? '';
			for (const part of parts) {
				const answer = JSON.parse(part) as Answer;
				if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
			}
		});
	}

	async tab(url: string): Promise<Tab> {
		const { targetId } = await this.#send('Target.createTarget', { url });
		const { sessionId } = await this.#send('Target.attachToTarget', { targetId, flatten: true });
		const send: Tab['send'] = (method, params = {}) =>
			this.#send(method, params, sessionId as string);
		const value = async <Value>(expression: string): Promise<Value> => {
			const { result, exceptionDetails } = await send('Runtime.evaluate', {
				expression,
				awaitPromise: true,
				returnByValue: true
			});
			if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
			return (result as { value: Value }).value;
		};
		return {
			send,
			value,
			until: async (expression, timeout = 15_000) => {
				const end = Date.now() + timeout;
				// Between two pages there is nothing to ask.
				while (!(await value(expression).catch(() => false))) {
					if (Date.now() > end) throw new Error(`never true: ${expression}`);
					await new Promise((done) => setTimeout(done, 50));
				}
			},
			show: async () => void (await this.#send('Target.activateTarget', { targetId })),
			freeze: async () => void (await send('Page.setWebLifecycleState', { state: 'frozen' })),
			thaw: async () => void (await send('Page.setWebLifecycleState', { state: 'active' }))
		};
	}

	async close(): Promise<void> {
		const gone = new Promise((done) => this.#child.once('exit', done));
		await this.#send('Browser.close').catch(() => {});
		await gone;
		rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}

	#send(method: string, params: object = {}, sessionId?: string) {
		const id = ++this.#last;
		return new Promise<Record<string, unknown>>((done, failed) => {
			this.#waiting.set(id, ({ result, error }) => {
				this.#waiting.delete(id);
				if (error) failed(new Error(`${method}: ${error.message}`));
				else done(result ?? {});
			});
			(this.#child.stdio[3] as Writable).write(
				JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }) + '\0'
			);
		});
	}
}
