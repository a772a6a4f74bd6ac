/**
 * @file Which of the kept trainings is this tab's: the same one after a reload, another one in every other tab. A copy of a tab
 * ("Duplicate tab") begins with all that the tab had noted: a lock says whose the place is as long as that one is open.
 */
const KEY = 'running-tab-training';

let mine: number | undefined;

export async function place(): Promise<number | undefined> {
	if (mine !== undefined) return mine;
	const noted = Number(within(() => sessionStorage.getItem(KEY))) || undefined;
	if (noted !== undefined && (await claim(noted))) mine = noted;
	return mine;
}

/** In the order of time, and not that of a tab which takes its own at the same moment. */
export async function takePlace(): Promise<number> {
	const there = await place();
	if (there !== undefined) return there;
	mine = Date.now() + crypto.getRandomValues(new Uint16Array(1))[0] / 2 ** 16;
	void claim(mine);
	within(() => sessionStorage.setItem(KEY, String(mine)));
	return mine;
}

/** Whether it is the place of another tab that is open. Not known on plain http, which has no locks. */
export async function isOthers(place: IDBValidKey): Promise<boolean> {
	const { held } = (await navigator.locks?.query()) ?? {};
	return place !== mine && !!held?.some(({ name }) => name === lockOf(place));
}

const lockOf = (place: IDBValidKey) => `${KEY} ${String(place)}`;

/** @returns whether it was free; it is held until this page is closed */
async function claim(place: number): Promise<boolean> {
	const { locks } = navigator as { locks?: LockManager };
	if (!locks) return true;
	return new Promise((resolve) => {
		locks
			.request(lockOf(place), { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock && new Promise(() => {});
			})
			.catch(() => resolve(true));
	});
}

function within<T>(work: () => T): T | undefined {
	try {
		return work();
	} catch {
		return undefined; // nothing is kept here: this page has it for as long as it is open
	}
}
