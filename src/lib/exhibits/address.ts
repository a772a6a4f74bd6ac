/**
 * Puts another fragment into the address, without a step in the history. `write` is given the present
 * one. For when a control has settled.
 */
export function putFragment(write: (hash: string) => string): void {
	const fragment = write(location.hash);
	const address = location.pathname + location.search + (fragment && `#${fragment}`);
	// The browser's own: the router's would take it for a navigation, and nothing is navigated.
	History.prototype.replaceState.call(history, history.state, '', address);
}
