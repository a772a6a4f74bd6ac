import { on } from 'svelte/events';

/** The second press of a double click comes this soon. Nobody who has seen a run begin stops it so fast. */
const DOUBLE = 350; // ms

/**
 * For a button that starts and stops, as an attachment: one press is one wish. A held Enter would start
 * and stop a run thirty times a second, and whoever double-clicks by habit would only see it stand still.
 */
export function steady(button: HTMLElement): () => void {
	let before = -Infinity;

	const clicks = on(
		button,
		'click',
		(event) => {
			const { detail, timeStamp } = event;
			if (detail > 1 && timeStamp - before < DOUBLE) event.stopImmediatePropagation();
			before = timeStamp;
		},
		{ capture: true }
	);
	const keys = on(button, 'keydown', (event) => {
		if (event.repeat && event.key === 'Enter') event.preventDefault();
	});
	return () => {
		clicks();
		keys();
	};
}
