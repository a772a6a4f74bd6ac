import { expect, test, vi } from 'vitest';
import type { Asking, Came } from '#lib/engine/training/classroom.ts';
import { Tab } from '#lib/meter/tab.svelte.ts';
import { Crowd, PUPILS } from './crowd.svelte.ts';

/** A class that computes a step a pull, of `ms` milliseconds; `hold` pulls are answered. */
function classOf({ ms = 10, hold = Infinity, learnt = 100 } = {}) {
	const told: { answers: number; dismissed: number }[] = [];
	const asked: Asking[] = [];
	let dismissed = 0;
	let pulls = 0;
	const tab = new Tab();
	const crowd = new Crowd({
		client: {
			gather(asking) {
				asked.push(asking);
				return {
					async pull(): Promise<Came> {
						if (++pulls > hold) throw new Error('The training was ended.');
						await new Promise((resolve) => setTimeout(resolve));
						const texts = Array.from({ length: asking.pupils }, () => ['ab', 'c']);
						return { sent: asking.pupils, came: 2 * asking.pupils, answers: 1, texts, ms };
					},
					dismiss: () => dismissed++
				};
			}
		},
		name: 'mine',
		prompt: 'The moon',
		learnt,
		onanswered: async (answers) => void told.push({ answers, dismissed }),
		watch: (run, about) => tab.watch(run, about)
	});
	return { crowd, asked, told, tab, dismissed: () => dismissed };
}

test('counts what is sent and what comes, on the tab as well, and both say the same', async () => {
	const { crowd, asked, tab, dismissed } = classOf();
	const running = crowd.start();
	await vi.waitFor(() => expect(crowd.total).toBeGreaterThanOrEqual(4 * 3 * PUPILS));
	crowd.stop();
	await running;
	expect(crowd.came).toBe(2 * crowd.sent);
	expect(tab.usage).toMatchObject({ promptTokens: crowd.sent, outputTokens: crowd.came });
	expect(asked.map(({ pupils }) => pupils)).toEqual([1, PUPILS]);
	expect(crowd.streams).toEqual(new Array(PUPILS).fill('c'));
	expect(dismissed()).toBe(1);
	expect(crowd.busy).toBe(false);
});

test('times one reader alone before all begin, and the class by what it computes', async () => {
	const { crowd } = classOf({ ms: 20 });
	const running = crowd.start();
	await vi.waitFor(() => expect(crowd.together).toBeDefined());
	crowd.stop();
	await running;
	expect(crowd.alone).toBe((1000 * 3) / 20);
	expect(crowd.together).toBe((1000 * 3 * PUPILS) / 20);
});

test('says when the crossing is there, once, and goes on', async () => {
	const { crowd } = classOf({ learnt: 100 });
	expect(crowd.crossing).toBe(300);
	const running = crowd.start();
	await vi.waitFor(() => expect(crowd.crossedAfter).toBeDefined());
	const after = crowd.crossedAfter!;
	expect(after).toBe(10 * Math.ceil(300 / (3 * PUPILS)));
	await vi.waitFor(() => expect(crowd.total).toBeGreaterThan(600));
	expect(crowd.crossedAfter).toBe(after);
	crowd.stop();
	await running;
	expect(crowd.secondsLeft).toBe(0);
});

test('goes on where it was stopped', async () => {
	const { crowd, asked, told } = classOf();
	for (let i = 0; i < 2; i++) {
		const before = crowd.total;
		const running = crowd.start();
		await vi.waitFor(() => expect(crowd.total).toBeGreaterThan(before));
		crowd.stop();
		await running;
	}
	expect(asked.map(({ pupils }) => pupils)).toEqual([1, PUPILS, PUPILS]);
	expect(asked[1].seed).not.toBe(asked[2].seed);
	// told of each run while its copy of the weights is still there
	expect(told.map(({ answers }) => answers).reduce((sum, n) => sum + n)).toBe(crowd.answers);
	expect(told.map(({ dismissed }) => dismissed)).toEqual([0, 1]);
});

test('a model that is gone ends it with a sentence; what was counted stays', async () => {
	const { crowd, tab } = classOf({ hold: 4 });
	await crowd.start();
	expect(crowd.error).toBe('The training was ended.');
	expect(crowd.sent).toBe(2 * PUPILS);
	expect(tab.usage.promptTokens).toBe(2 * PUPILS);
});
