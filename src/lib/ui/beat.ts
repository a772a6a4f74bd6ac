/**
 * @file Where tokens come faster than anyone reads, what shows them changes on one beat for the whole
 * page, and all at once: waking a page costs more than what it then shows.
 */
const BEAT = 125; // ms

/** What is so late does not come by itself: frames of a page that is covered, timers of one asleep. */
const OVERDUE = 150; // ms

/** A timer drops fractions and may ring a little before its time, which here would be within the same beat. */
const EARLY = 1; // ms

/** What is shown next. */
const waiting = new Set<() => void>();
let frame: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** When it should be shown. */
let due = Infinity; // ms
/** The last beat with which something was shown. */
let beat = -1;

/** Milliseconds until the next beat, or until the one after if that leaves less than `least`. */
export function untilBeat(least = 0): number {
	const left = BEAT - (performance.now() % BEAT);
	return left < least ? left + BEAT : left;
}

/**
 * Has something shown with the page's next beat, once however often it is asked for: soon when this
 * beat has shown nothing yet. It is done before the frame and not in it, so that a box that scrolls
 * with it does not need a second one.
 *
 * @returns how to take it back
 */
export function onBeat(show: () => void): () => void {
	const wait = beatOf(performance.now()) === beat ? Math.ceil(untilBeat()) + EARLY : 0;
	timer ??= setTimeout(flush, wait);
	return expect(show, wait);
}

/** Has something shown in the next frame, and with it whatever waits for a beat; see `onBeat`. */
export function onFrame(show: () => void): () => void {
	frame ??= requestAnimationFrame(flush);
	return expect(show, 0);
}

function expect(show: () => void, wait: number): () => void {
	const now = performance.now();
	waiting.add(show);
	if (now - due > OVERDUE) flush();
	else due = Math.min(due, now + wait);
	return () => waiting.delete(show);
}

function flush(): void {
	clearTimeout(timer);
	if (frame !== undefined) cancelAnimationFrame(frame);
	timer = frame = undefined;
	due = Infinity;
	beat = beatOf(performance.now());

	const shows = [...waiting];
	waiting.clear();
	for (const show of shows) show();
}

function beatOf(now: number): number {
	return Math.floor(now / BEAT);
}
