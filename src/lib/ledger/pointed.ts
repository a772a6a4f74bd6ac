/** @file Opens the card of a number when a mouse rests on it. */

const known = new WeakSet<HTMLElement>();
const wait = 250; // ms: a mouse that only passes opens nothing, one that crosses the gap closes nothing

/**
 * From now on the card of this number opens when it is pointed at. One opened so closes when the pointer
 * leaves; one opened by a press stays, and so does one that has the focus.
 */
export function pointed(number: HTMLElement): void {
	if (known.has(number)) return;
	known.add(number);
	const card = number.querySelector<HTMLElement>('[popover]');
	if (!card) return;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let opened = false;

	const enter = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			if (!number.isConnected || card.matches(':popover-open')) return;
			opened = true;
			card.showPopover();
		}, wait);
	};
	const leave = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			if (!opened || card.contains(document.activeElement)) return;
			opened = false;
			card.hidePopover();
		}, wait);
	};
	number.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && enter());
	number.addEventListener('pointerleave', leave);
	number.addEventListener('click', () => (opened = false));
	if (number.matches(':hover')) enter();
}
