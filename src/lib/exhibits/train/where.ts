/** @file Where a model learns, as the parts of the exhibit tell it apart. */
import type { Kept, Ready } from '#lib/engine/training/client.ts';
import type { Paces, Spent } from '#lib/engine/training/protocol.ts';
import { backTo } from '#lib/engine/training/spent.ts';
import { nothing } from './view.ts';

export const placeOf = ({ on }: Pick<Ready, 'on'>): keyof Paces =>
	on === 'gpu' ? 'gpu' : 'processor';

/** What a training that has not begun has taken: the bill of a GPU has a line of its own from the start. */
export const unspent = (ready: Pick<Ready, 'on'>): Spent =>
	placeOf(ready) === 'gpu' ? { ...nothing, onGpu: { steps: 0, ms: 0 } } : nothing;

/** A run goes on where it was: only there does it come to what it would have come to. */
export const whereOf = ({ steps, onGpu }: Spent): keyof Paces =>
	steps === onGpu?.steps ? 'gpu' : 'processor';

/** A state to go on from after a loss: what was spent since stays on the bill. */
export const again = (kept: Kept, all: Spent): Kept => ({
	...kept,
	spent: backTo(kept.spent, all)
});
