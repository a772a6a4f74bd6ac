import { createContext, untrack } from 'svelte';
import listed, { standard } from 'virtual:ledger/cards';
import type { Request, RunEvent } from '#lib/events.ts';
import type { PriceCard } from '#lib/ledger/card.ts';
import { onBeat } from '#lib/ui/beat.ts';
import { cardStore } from './cards.ts';
import { bill, type BilledUsage, type Money } from './money.ts';
import {
	askedOf,
	MOST_LINES,
	read,
	runLine,
	whole,
	write,
	zero,
	type Asked,
	type Counts,
	type RunLine
} from './visit.ts';

/** What is known of a run before it begins: whose it is, and what it was asked. */
export type About = { model: string; request?: Request };

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
	#lines = $state.raw<readonly RunLine[]>([]);
	#last = $state.raw<Asked | undefined>();
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

	/** How many of the tokens sent this device did not have to compute again. */
	get reused(): number {
		return this.#shown.reused;
	}

	/** The last runs that are over, oldest first. */
	get lines(): readonly RunLine[] {
		return this.#lines;
	}

	/** What the last run was asked, where that is one question. */
	get last(): Asked | undefined {
		return this.#last;
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
	async *watch(run: AsyncIterable<RunEvent>, about?: About): AsyncGenerator<RunEvent, void, void> {
		let used: Counts = zero;
		let ms: number | undefined;
		/** Sets what this run has used so far. */
		const use = (now: Partial<Counts>) => {
			const next = { ...used, ...now };
			next.reused = Math.min(next.reused, next.sent);
			this.#add(next, used);
			used = next;
		};

		// A run may be begun by an effect; counting it must not make that effect depend on the tab.
		untrack(() => this.#open++);
		try {
			for await (const event of run) {
				if (event.type === 'started') {
					const { promptTokens, cachedTokens } = event;
					use({ sent: whole(promptTokens) ?? 0, reused: whole(cachedTokens) ?? 0, runs: 1 });
					this.#show();
				} else if (event.type === 'token') use({ came: used.came + 1 });
				else {
					const { promptTokens, cachedTokens, outputTokens, prefillMs, decodeMs } = event.usage;
					ms = whole(Math.round(prefillMs + decodeMs));
					use({
						sent: whole(promptTokens) ?? used.sent,
						reused: whole(cachedTokens) ?? used.reused,
						came: whole(outputTokens) ?? used.came
					});
				}
				yield event;
			}
		} finally {
			untrack(() => {
				this.#open--;
				if (used.runs)
					this.#list(runLine(about?.model ?? 'a model', used.sent, used.came, ms), about);
				this.#show();
				this.#keep();
			});
		}
	}

	/** Ends the visit: its counts are nothing again. A run that goes on counts from here. */
	tear(): void {
		this.#counts = zero;
		this.#lines = [];
		this.#last = undefined;
		this.#show();
		this.#keep();
	}

	/**
	 * Takes up what an earlier page of this visit left, and follows the choice of card in other tabs of
	 * the site. Call it when the page is alive, not before: a prerendered page knows of no visit.
	 * Returns how to stop.
	 */
	follow(): () => void {
		const before = read();
		if (before) {
			this.#add(before.counts);
			this.#lines = [...before.lines, ...this.#lines].slice(-MOST_LINES);
			this.#last ??= before.last;
		}
		this.#show();
		this.#card = this.#store.remembered();

		const leaving = () => this.#keep();
		const back = (event: PageTransitionEvent) => {
			// The page slept in the back/forward cache while others added to the visit.
			if (!event.persisted) return;
			const now = read();
			if (!now) return;
			this.#counts = now.counts;
			this.#lines = now.lines;
			this.#last = now.last;
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

	/** Adds `now` to the counts, of which `before` is in them already. Never below nothing. */
	#add(now: Counts, before: Counts = zero) {
		const counts = this.#counts;
		const sum = (what: keyof Counts) => Math.max(0, counts[what] + now[what] - before[what]);
		this.#counts = {
			sent: sum('sent'),
			came: sum('came'),
			reused: sum('reused'),
			runs: sum('runs')
		};
		onBeat(this.#show);
	}

	#list(line: RunLine, about?: About) {
		this.#lines = [...this.#lines, line].slice(-MOST_LINES);
		this.#last = askedOf(about?.request);
	}

	#keep() {
		write({ counts: this.#counts, lines: this.#lines, last: this.#last });
	}

	readonly #show = () => {
		this.#shown = this.#counts;
	};
}

export const [getTab, setTab] = createContext<Tab>();
