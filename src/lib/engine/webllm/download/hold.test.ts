import { expect, test } from 'vitest';
import { Gate } from './gate.ts';
import { folder } from './testing/model.ts';
import { trial } from './testing/trial.ts';

const shard = `${folder}params_shard_0.bin`;
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A download whose server has sent a part of a file and then nothing for now. */
async function waiting(patience = { quiet: 2000, dead: 5000 }) {
	const t = await trial();
	t.server.fault = ({ path, nth }) =>
		path === shard && nth === 1 ? { hangAfter: 50_000 } : undefined;
	const gate = new Gate();
	const stop = new AbortController();
	const going = t.download({ patience }, { gate, signal: stop.signal });
	await expect
		.poll(
			() =>
				t.progress
					.filter(({ state, file }) => state === 'downloading' && shard.endsWith(file))
					.at(-1)?.bytes
		)
		.toBeGreaterThan(50_000);
	const states = () => t.progress.map(({ state }) => state);
	return { t, gate, stop, going, states };
}

test('held while nothing comes, it says so at once, and that it goes on', async () => {
	const { gate, stop, going, states } = await waiting();
	gate.close();
	expect(states().at(-1)).toBe('paused');
	gate.open();
	expect(states().at(-1)).toBe('downloading');
	stop.abort();
	expect(await going).toEqual({ state: 'cancelled' });
});

test('while it is held, a silent connection is not taken for a dead one; afterwards it is', async () => {
	const { t, gate, going, states } = await waiting({ quiet: 250, dead: 500 });
	gate.close();
	const before = states().length;
	await soon(800);
	expect(states().at(-1)).toBe('paused');
	expect(states().slice(before)).not.toContain('stalled');
	gate.open();
	expect(await going).toMatchObject({ state: 'complete' });
	expect(states()).toContain('stalled');
	expect(await t.wrong()).toEqual([]);
});
