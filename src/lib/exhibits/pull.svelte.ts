/** @file Pulling a mark over a picture with a pointer, until it is let go. */

/** In shares of the picture, 0 to 1, from its lower left corner. */
export type Spot = { x: number; y: number };

type Pulled = {
	/** What it is pulled in. */
	area: () => HTMLElement | undefined;
	onpull: (at: Spot) => void;
	/** It was let go. */
	onsettle: () => void;
	/** A press takes the mark to where it falls: for a picture that is its own handle. */
	atOnce?: boolean;
};

export class Pull {
	/** It is in somebody's hand. */
	going: boolean = $state(false);

	readonly #pulled: Pulled;

	constructor(pulled: Pulled) {
		this.#pulled = pulled;
	}

	/** For the element it is taken by. */
	readonly handlers = {
		onpointerdown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
			if (event.button !== 0) return;
			this.going = true;
			event.currentTarget.setPointerCapture(event.pointerId);
			if (this.#pulled.atOnce) this.#move(event);
		},
		onpointermove: (event: PointerEvent) => {
			if (this.going) this.#move(event);
		},
		onpointerup: () => this.#leave(),
		onpointercancel: () => this.#leave(),
		onlostpointercapture: () => this.#leave()
	};

	#move({ clientX, clientY }: PointerEvent): void {
		const box = this.#pulled.area()?.getBoundingClientRect();
		if (!box) return;
		const share = (part: number) => Math.min(Math.max(part, 0), 1);
		this.#pulled.onpull({
			x: share((clientX - box.left) / box.width),
			y: share((box.bottom - clientY) / box.height)
		});
	}

	#leave(): void {
		if (!this.going) return;
		this.going = false;
		this.#pulled.onsettle();
	}
}
