/**
 * Where tokens come faster than anyone reads, what shows them changes on one beat for the whole page,
 * so that the browser draws one frame for all of it.
 */
const BEAT = 100; // ms

/** Milliseconds until the next beat. */
export function untilBeat(): number {
	return BEAT - (performance.now() % BEAT);
}

/** Whether a change would come within a beat of the one before. */
export function tooSoon(before: number): boolean {
	return performance.now() - before < BEAT;
}
