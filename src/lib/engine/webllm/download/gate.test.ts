import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test('an open gate is passed, a closed one when it opens', async () => {
	const gate = new Gate();
	await gate.passed(never);
	gate.close();
	gate.close();
	expect(gate.closed).toBe(true);
	let passed = false;
	const passing = gate.passed(never).then(() => (passed = true));
	await soon();
	expect(passed).toBe(false);
	gate.open();
	gate.open();
	await passing;
	expect(gate.closed).toBe(false);
});

test('a gate is told of when it closes or opens, and by nothing else; whoever waits passes when it opens', async () => {
	const gate = new Gate();
	const told: boolean[] = [];
	const silent = gate.onchange((closed) => told.push(closed));
	gate.open();
	gate.close();
	const passing = gate.passed(never);
	gate.close();
	gate.open();
	await passing;
	gate.open();
	expect(told).toEqual([true, false]);
	silent();
	gate.close();
	expect(told).toHaveLength(2);
});

test('a gate that opens for a moment only is not passed', async () => {
	const gate = new Gate();
	gate.close();
	let passed = false;
	const passing = gate.passed(never).then(() => (passed = true));
	gate.open();
	gate.close();
	await soon();
	expect(passed).toBe(false);
	gate.open();
	await passing;
});

test('whoever waits can be called off, also before', async () => {
	const gate = new Gate();
	gate.close();
	const stop = new AbortController();
	const waiting = gate.passed(stop.signal);
	stop.abort(new Error('off'));
	await expect(waiting).rejects.toThrow('off');
	await expect(gate.passed(stop.signal)).rejects.toThrow('off');
});
