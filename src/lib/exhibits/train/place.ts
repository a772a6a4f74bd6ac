/** @file Which of the kept trainings is this tab's: the same one after a reload, another one in every other tab. */
const KEY = 'running-tab-training';

let mine: number | undefined;

export function place(): number | undefined {
	try {
		mine ??= Number(sessionStorage.getItem(KEY)) || undefined;
	} catch {
		// nothing is kept here: this page has it for as long as it is open
	}
	return mine;
}

/** In the order of time, and not that of a tab which takes its own at the same moment. */
export function takePlace(): number {
	const there = place();
	if (there !== undefined) return there;
	mine = Date.now() + crypto.getRandomValues(new Uint16Array(1))[0] / 2 ** 16;
	try {
		sessionStorage.setItem(KEY, String(mine));
	} catch {
		// as above
	}
	return mine;
}
