import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Link } from './link.ts';
import { ScriptedWorker } from './testing/scripted-worker.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

type ToWorker = { type: 'ping' | 'count' };
type FromWorker = { type: 'hello' | 'pong' } | { type: 'arriving'; bytes: number };

const sentences = {
	noProgram: () => 'The program did not come.',
	silent: () => 'It stopped answering.',
	broke: (cause: string) => `It broke: ${cause}.`
};

function linked(answersPings = true) {
	const worker = new ScriptedWorker<ToWorker, FromWorker>((message) => {
		if (message.type === 'ping' && worker.answersPings) worker.say({ type: 'pong' });
	});
	const lost: string[] = [];
	const heard: FromWorker[] = [];
	const link = new Link<ToWorker, FromWorker>(
		() => worker.asWorker(),
		{
			message: (message) => heard.push(message),
			lost: (sentence) => lost.push(sentence)
		},
		sentences
	);
	worker.answersPings = answersPings;
	return { worker, link, lost, heard };
}

test('a worker that answers pings is never lost, however long it computes', () => {
	const { worker, link, lost } = linked();
	worker.say({ type: 'hello' });
	link.awaiting = true;
	vi.advanceTimersByTime(600_000);
	expect(lost).toEqual([]);
});

test('a worker that dies without a word while it is waited for is lost within 3 seconds', () => {
	for (let dies = 0; dies < 2000; dies += 130) {
		const { worker, link, lost } = linked();
		worker.say({ type: 'hello' });
		link.awaiting = true;
		vi.advanceTimersByTime(dies);
		worker.answersPings = false;
		vi.advanceTimersByTime(2000);
		expect(lost).toEqual([]);
		vi.advanceTimersByTime(1000);
		expect(lost).toEqual([sentences.silent()]);
		expect(worker.terminated).toBe(true);
	}
});

test('any message is a sign of life', () => {
	const { worker, link, lost } = linked(false);
	worker.say({ type: 'hello' });
	link.awaiting = true;
	for (let i = 0; i < 20; i++) {
		vi.advanceTimersByTime(1000);
		worker.say({ type: 'arriving', bytes: i });
	}
	expect(lost).toEqual([]);
});

test('a worker with something to do that nothing can interrupt is given more time', () => {
	const { worker, link, lost } = linked(false);
	worker.say({ type: 'hello' });
	link.misses = 100;
	link.awaiting = true;
	vi.advanceTimersByTime(44_000);
	expect(lost).toEqual([]);
	vi.advanceTimersByTime(2000);
	expect(lost).toEqual([sentences.silent()]);
});

test('at rest nothing ticks', () => {
	const { worker, link } = linked();
	worker.say({ type: 'hello' });
	link.awaiting = true;
	link.awaiting = false;
	vi.advanceTimersByTime(1000);
	expect(vi.getTimerCount()).toBe(0);

	const pings = worker.received.length;
	vi.advanceTimersByTime(60_000);
	expect(worker.received.length).toBe(pings);
});

test('a page that slept or was busy does not take its own silence for the worker’s', () => {
	const { worker, link, lost } = linked(false);
	worker.say({ type: 'hello' });
	link.awaiting = true;

	// every beat comes 10 s late, as in a page that is hidden or blocked
	const now = vi.spyOn(performance, 'now');
	for (let i = 1; i < 20; i++) {
		now.mockReturnValue(i * 10_000);
		vi.advanceTimersByTime(450);
	}
	expect(lost).toEqual([]);
	now.mockRestore();
});

test('a worker whose program never arrives is given up', () => {
	const { lost } = linked();
	vi.advanceTimersByTime(19_000);
	expect(lost).toEqual([]);
	vi.advanceTimersByTime(2000);
	expect(lost).toEqual([sentences.noProgram()]);
});

test('an error before the first word is a missing program, after it a broken one', () => {
	const missing = linked();
	missing.worker.fail('');
	expect(missing.lost).toEqual([sentences.noProgram()]);

	const broken = linked();
	broken.worker.say({ type: 'hello' });
	expect(broken.worker.fail('out of memory').defaultPrevented).toBe(true);
	expect(broken.lost).toEqual([sentences.broke('out of memory')]);
});

test('where no worker can be made the loss is told afterwards', async () => {
	const lost: string[] = [];
	const link = new Link<ToWorker, FromWorker>(
		() => {
			throw new DOMException('not here', 'SecurityError');
		},
		{ message() {}, lost: (sentence) => lost.push(sentence) },
		sentences
	);
	link.post({ type: 'count' });
	expect(lost).toEqual([]);
	await Promise.resolve();
	expect(lost).toEqual([sentences.noProgram()]);
});

test('after `close` nothing is heard and nothing is lost', () => {
	const { worker, link, lost, heard } = linked();
	link.close();
	expect(worker.terminated).toBe(true);
	worker.say({ type: 'arriving', bytes: 1 });
	worker.fail('late');
	link.awaiting = true;
	vi.advanceTimersByTime(60_000);
	expect([lost, heard]).toEqual([[], []]);
	expect(vi.getTimerCount()).toBe(0);
});
