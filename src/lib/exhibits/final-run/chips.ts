/** @file The chips that a run may be reckoned on, all of it from the ledger. */
import type { Figure } from '#lib/ledger/figure.ts';
import overhead from 'virtual:ledger/figure/building-overhead';
import peakA from 'virtual:ledger/figure/a100-peak';
import powerA from 'virtual:ledger/figure/a100-power';
import rentA from 'virtual:ledger/figure/a100-rent-2026';
import peakH from 'virtual:ledger/figure/h100-peak';
import powerH from 'virtual:ledger/figure/h100-power';
import rentH from 'virtual:ledger/figure/h100-rent-2026';
import peakV from 'virtual:ledger/figure/v100-peak';
import powerV from 'virtual:ledger/figure/v100-power';
import rentV from 'virtual:ledger/figure/v100-rent-2026';
import utilisation from 'virtual:ledger/figure/training-utilisation';

export { overhead, utilisation };

export type Chip = {
	key: 'h100' | 'a100' | 'v100';
	name: string;
	/** Year in which it came out. */
	year: string;
	/** Operations a second at most. */
	peak: Figure;
	/** Watts at most. */
	power: Figure;
	/** Dollars an hour, today. */
	rent: Figure;
};

export const chips: readonly Chip[] = [
	{ key: 'h100', name: 'H100', year: '2022', peak: peakH, power: powerH, rent: rentH },
	{ key: 'a100', name: 'A100', year: '2020', peak: peakA, power: powerA, rent: rentA },
	{ key: 'v100', name: 'V100', year: '2017', peak: peakV, power: powerV, rent: rentV }
];

export function chipOf(key: string | undefined): Chip {
	return chips.find((chip) => chip.key === key) ?? chips[0];
}
