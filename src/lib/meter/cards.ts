import type { PriceCard } from '#lib/ledger/card.ts';

const name = 'running-tab.card';

/** The visitor's choice among `cards`, kept in this browser. The standard one is kept as nothing. */
export function cardStore(cards: readonly PriceCard[], first: string) {
	const standard = cards.find(({ key }) => key === first) ?? cards[0];
	if (!standard) throw new Error('there is no price card to choose from');

	return {
		standard,

		/** The card chosen earlier, or the standard one when none was, it is gone, or storage fails. */
		remembered(): PriceCard {
			try {
				const stored = localStorage.getItem(name);
				return cards.find(({ key }) => key === stored) ?? standard;
			} catch {
				return standard;
			}
		},

		remember(card: PriceCard): void {
			try {
				if (card === standard) localStorage.removeItem(name);
				else localStorage.setItem(name, card.key);
			} catch {
				// Kept for this page only.
			}
		},

		/** Whether another tab of the site has changed the choice. */
		concerns({ key }: StorageEvent): boolean {
			return key === name || key === null;
		}
	};
}

/** The two parts of a label: `GPT-4`, `March 2023`. */
export function nameOf({ label }: Pick<PriceCard, 'label'>): [name: string, month: string] {
	const comma = label.lastIndexOf(', ');
	return comma < 0 ? [label, ''] : [label.slice(0, comma), label.slice(comma + 2)];
}
