/** @file A sign that a training is kept in this browser: the page that sees it offers to go on with it. */
const KEY = 'running-tab-training';

export function isFlagged(): boolean {
	try {
		return localStorage.getItem(KEY) !== null;
	} catch {
		return false; // nothing is kept here
	}
}

export function flag(kept: boolean): void {
	try {
		if (kept) localStorage.setItem(KEY, '1');
		else localStorage.removeItem(KEY);
	} catch {
		// nothing is kept here: whoever touches the exhibit finds it all the same
	}
}
