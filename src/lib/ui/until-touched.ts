/**
 * An exhibit is HTML until somebody touches it. The page carries its first state, complete, as the
 * server drew it; its code is fetched when it is pointed at, focused or pressed, and then takes over
 * the elements that are there. So a page of many exhibits costs no more JavaScript than its prose.
 *
 * What was pressed or typed before the code arrived is done as soon as it has.
 */
import { reach } from '#lib/ui/reach.svelte.ts';
import {
	createRawSnippet,
	flushSync,
	getAllContexts,
	hydrate,
	mount,
	unmount,
	type Component
} from 'svelte';

export type Module<Props extends Record<string, unknown>> = { default: Component<Props> };

/** Draws a component to HTML, with the contexts of the page around it. */
export type Draw<Props> = (
	props: Props,
	context: Map<unknown, unknown>,
	idPrefix: string
) => string;

/** Code that has not come after so long is said to be slow. */
const PATIENCE = 8000; // ms

/** Signs that somebody is about to use an exhibit. */
const signs = ['pointerover', 'pointerdown', 'focusin', 'keydown'] as const;

/** What people do to controls; done again once the code is there. */
const deeds = ['click', 'input', 'change', 'submit'] as const;

/** An exhibit before and after it is touched. Made while a component is set up. */
export class UntilTouched<Props extends Record<string, unknown>> {
	/** To be rendered where the exhibit stands. */
	readonly here;

	readonly #load: () => Promise<Module<Props>>;
	readonly #props: Props;
	readonly #context = getAllContexts();
	readonly #near: ((target: Element) => void) | undefined;
	#element: HTMLElement | undefined;
	#done: [type: string, target: HTMLElement, value: string, checked: boolean][] = [];
	#instance: Record<string, unknown> | undefined;
	#waking = false;
	#gone = false;

	/**
	 * @param props read when they are needed: getters keep them live
	 * @param idPrefix keeps the ids in the exhibit apart from those of the page
	 * @param near what to do besides when the element `target` is pointed at, focused or pressed
	 */
	constructor(
		load: () => Promise<Module<Props>>,
		draw: Draw<Props> | undefined,
		props: Props,
		idPrefix: string,
		near?: (target: Element) => void
	) {
		this.#load = load;
		this.#near = near;
		this.#props = props;
		this.here = createRawSnippet(() => ({
			render: () => `<div class="exhibit">${draw?.(props, this.#context, idPrefix) ?? ''}</div>`,
			setup: (element) => this.#watch(element as HTMLElement)
		}));
	}

	/** Fetches the code and sets it to work; for when something other than a touch asks for it. */
	wake(): void {
		if (this.#waking || !this.#element) return;
		this.#waking = true;
		const late = setTimeout(() => reach.miss({ what: 'late' }), PATIENCE);
		this.#load()
			.then(
				({ default: exhibit }) => {
					reach.found();
					this.#start(exhibit);
				},
				() => {
					// not fetched: what stands there stays, the page says so, and the next touch tries again
					this.#waking = false;
					this.#done = [];
				}
			)
			.finally(() => clearTimeout(late));
	}

	#watch(element: HTMLElement): () => void {
		this.#element = element;
		for (const sign of signs) element.addEventListener(sign, this.#wake, { passive: true });
		for (const deed of deeds) element.addEventListener(deed, this.#note, { capture: true });
		// In a page that the browser itself made there is nothing yet to be touched.
		if (!element.firstChild) this.wake();

		return () => {
			this.#gone = true;
			this.#rest();
			if (this.#instance) void unmount(this.#instance);
		};
	}

	readonly #wake = ({ target }: Event) => {
		this.wake();
		this.#near?.(target as Element);
	};

	readonly #note = (event: Event) => {
		const { type } = event;
		let target = event.target as HTMLInputElement;
		if (type === 'submit') event.preventDefault();
		if (type === 'click') {
			// A click on a radio or a summary does its work without us; what follows from it is noted. So is what a
			// button submits.
			const button = target.closest('button');
			if (!button || (button.form && button.type === 'submit')) return;
			target = button as HTMLElement as HTMLInputElement;
		}
		// Pressed again, as nothing seemed to happen: that is still one wish.
		const press = type === 'click' || type === 'submit';
		if (press && this.#done.some(([is, of]) => is === type && of === target)) return;
		this.#done.push([type, target, target.value, target.checked]);
		this.wake();
	};

	#rest(): void {
		for (const sign of signs) this.#element?.removeEventListener(sign, this.#wake);
		for (const deed of deeds) {
			this.#element?.removeEventListener(deed, this.#note, { capture: true });
		}
	}

	#start(exhibit: Component<Props>): void {
		const target = this.#element;
		if (!target || this.#gone) return;

		this.#rest();
		const options = { target, props: this.#props, context: this.#context };
		this.#instance = target.firstChild ? hydrate(exhibit, options) : mount(exhibit, options);
		// It reads what the address says before anything is done with it.
		flushSync();
		target.dataset.awake = '';
		for (const [type, element, value, checked] of this.#done.splice(0)) {
			if (type === 'click') element.click();
			else {
				// the choice of a file stays by itself, and may not be set
				if ((element as HTMLInputElement).type !== 'file')
					Object.assign(element, { value, checked });
				element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
			}
		}
	}
}
