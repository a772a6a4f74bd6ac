import { expect, test, vi } from 'vitest';
import { onBeat, onFrame, untilBeat } from './beat.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** Settles a moment after a beat began. */
const beat = () => pause(untilBeat() + 2);

test('the next beat is less than a beat away, or one further when that is too soon', async () => {
	for (let i = 0; i < 20; i++) {
		expect(untilBeat()).toBeGreaterThan(0);
		expect(untilBeat()).toBeLessThanOrEqual(125);
		expect(untilBeat(40)).toBeGreaterThanOrEqual(40);
		expect(untilBeat(40)).toBeLessThanOrEqual(165);
		await pause(7);
	}
});

test('on one beat something is shown once, however often it is asked for, and all together', async () => {
	await beat();
	onBeat(() => {}); // this beat has shown something
	await pause(10);

	const shown: [string, number][] = [];
	const a = () => void shown.push(['a', Math.floor(performance.now() / 125)]);
	const b = () => void shown.push(['b', Math.floor(performance.now() / 125)]);
	const before = Math.floor(performance.now() / 125);
	for (let i = 0; i < 9; i++) onBeat(a);
	onBeat(b);
	await pause(10);
	expect(shown).toEqual([]);
	await pause(200);
	expect(shown.map(([name]) => name)).toEqual(['a', 'b']);
	expect(shown[0][1]).toBeGreaterThan(before);
	expect(shown[1][1]).toBe(shown[0][1]);
});

test('nothing is shown at the very end of a beat that has shown something', async () => {
	await beat();
	onBeat(() => {});
	await pause(10);
	const timers = vi.spyOn(window, 'setTimeout');
	const clock = vi.spyOn(performance, 'now');
	const now = Math.floor(performance.now()) + 0.4;
	clock.mockReturnValue(now);
	onBeat(() => {})();
	const wait = timers.mock.calls[0][1] as number;
	vi.restoreAllMocks();
	expect(Number.isInteger(wait)).toBe(true);
	expect(Math.floor((now + wait - 1) / 125)).toBe(Math.floor(now / 125) + 1);
	await pause(200);
});

test('a beat that has shown nothing yet shows at once', async () => {
	await beat();
	const show = vi.fn();
	onBeat(show);
	await pause(20);
	expect(show).toHaveBeenCalledOnce();
});

test('what is shown in a frame takes along what waits for a beat', async () => {
	await beat();
	onBeat(() => {});
	await pause(10);
	const [later, now] = [vi.fn(), vi.fn()];
	onBeat(later);
	onFrame(now);
	await frame();
	await frame();
	expect(now).toHaveBeenCalledOnce();
	expect(later).toHaveBeenCalledOnce();
	await pause(200);
	expect(later).toHaveBeenCalledOnce();
});

test('what is taken back is not shown', async () => {
	const show = vi.fn();
	onFrame(show)();
	onBeat(show)();
	await pause(250);
	expect(show).not.toHaveBeenCalled();
});

test('on a page that is covered and has no frames, whoever asks later shows what is overdue', async () => {
	vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
	const [first, second] = [vi.fn(), vi.fn()];
	onFrame(first);
	await pause(170);
	expect(first).not.toHaveBeenCalled();
	onFrame(second);
	expect(first).toHaveBeenCalledOnce();
	expect(second).toHaveBeenCalledOnce();
	vi.restoreAllMocks();
});
