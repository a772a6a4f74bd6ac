/**
 * Whether a page that misses one of its parts should be loaded again: after a new version has been
 * published the part may be gone, and loading the page again gets the new one. Once for each address
 * and visit: when the part is missing there too, the error stands. Without storage to remember by,
 * never.
 */
export function shouldReload(
	address: string,
	store: () => Pick<Storage, 'getItem' | 'setItem'>
): boolean {
	const key = 'running-tab.reloaded';

	try {
		if (store().getItem(key) === address) return false;
		store().setItem(key, address);
		return true;
	} catch {
		return false;
	}
}
