import { createContext, untrack } from 'svelte';
import listed, { standard } from 'virtual:ledger/cards';
import type { RunEvent } from '#lib/events.ts';
import type { PriceCard } from '#lib/ledger/card.ts';
import { tooSoon, untilBeat } from '#lib/ui/beat.ts';
import { cardStore } from './cards.ts';
import { bill, type BilledUsage, type Money } from './money.ts';
import { read, whole, write, zero, type Counts } from './visit.ts';

/**
 * The running tab: what this visit has used, and what that would cost at the card of the visitor's
 * choice. It keeps counts and never money, so another card gives the whole visit another price.
 */
export class Tab {
	readonly cards: readonly PriceCard[];
	readonly #store: ReturnType<typeof cardStore>;
	/** What was used, to the last token. */
	#counts: Counts = zero;
	/** The same, as far as it is put up; at most a beat behind. */
	#shown = $state.raw<Counts>(zero);
	#putUp = -Infinity; // ms
	#later: ReturnType<typeof setTimeout> | undefined;
	#card: PriceCard;
	#open = $state(0);
	#bill: Money;

	constructor(cards: readonly PriceCard[] = listed, first = standard) {
		this.cards = cards;
		this.#store = cardStore(cards, first);
		this.#card = $state.raw(this.#store.standard);
		this.#bill = $derived(bill(this.usage, this.#card));
	}

	/** Tokens of the whole visit. No vendor's cache is assumed, so none of them is billed as cached. */
	get usage(): BilledUsage {
		const { sent, came } = this.#shown;
		return { promptTokens: sent, cachedTokens: 0, outputTokens: came };
	}

	/** How many runs were started in this visit. */
	get runs(): number {
		return this.#shown.runs;
	}

	get bill(): Money {
		return this.#bill;
	}

	/** Whether a watched run is going on. */
	get running(): boolean {
		return this.#open > 0;
	}

	get card(): PriceCard {
		return this.#card;
	}

	/** Takes another card and remembers it. A card that is not of the list is ignored. */
	set card(card: PriceCard) {
		if (!this.cards.includes(card)) return;
		this.#card = card;
		this.#store.remember(card);
	}

	/**
	 * Passes a run through unchanged and puts it on the tab: the prompt when it starts, every token as
	 * it comes, and what the run itself says when it settles. A run that is left early stays on the
	 * tab with what it had produced.
	 */
	async *watch(run: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent, void, void> {
		let sent = 0;
		let came = 0;
		/** Sets what this run has used so far. */
		const use = (newSent: number, newCame: number, runs = 0) => {
			this.#add({ sent: newSent - sent, came: newCame - came, runs });
			sent = newSent;
			came = newCame;
		};

		// A run may be begun by an effect; counting it must not make that effect depend on the tab.
		untrack(() => this.#open++);
		try {
			for await (const event of run) {
				if (event.type === 'started') use(whole(event.promptTokens) ?? 0, came, 1);
				else if (event.type === 'token') use(sent, came + 1);
				else {
					const { promptTokens, outputTokens } = event.usage;
					use(whole(promptTokens) ?? sent, whole(outputTokens) ?? came);
				}
				yield event;
			}
		} finally {
			untrack(() => {
				this.#open--;
				this.#show();
				write(this.#counts);
			});
		}
	}

	/**
	 * Takes up what an earlier page of this visit left, and follows the choice of card in other tabs of
	 * the site. Call it when the page is alive, not before: a prerendered page knows of no visit.
	 * Returns how to stop.
	 */
	follow(): () => void {
		this.#add(read() ?? zero);
		this.#show();
		this.#card = this.#store.remembered();

		const leaving = () => write(this.#counts);
		const back = (event: PageTransitionEvent) => {
			// The page slept in the back/forward cache while others added to the visit.
			if (!event.persisted) return;
			this.#counts = read() ?? this.#counts;
			this.#show();
		};
		const elsewhere = (event: StorageEvent) => {
			if (this.#store.concerns(event)) this.#card = this.#store.remembered();
		};
		addEventListener('pagehide', leaving);
		addEventListener('pageshow', back);
		addEventListener('storage', elsewhere);
		return () => {
			removeEventListener('pagehide', leaving);
			removeEventListener('pageshow', back);
			removeEventListener('storage', elsewhere);
		};
	}

	#add({ sent, came, runs }: Counts) {
		const counts = this.#counts;
		this.#counts = { sent: counts.sent + sent, came: counts.came + came, runs: counts.runs + runs };
		if (!tooSoon(this.#putUp)) this.#show();
		else this.#later ??= setTimeout(() => this.#show(), untilBeat());
	}

	#show() {
		clearTimeout(this.#later);
		this.#later = undefined;
		this.#putUp = performance.now();
		this.#shown = this.#counts;
	}
}

export const [getTab, setTab] = createContext<Tab>();
