/** @file Sizes of files and of memory in words, decimal as stores and data plans count them: one rounding wherever they are told. */

const units = [
	[1e9, 'GB'],
	[1e6, 'MB'],
	[1e3, 'kB']
] as const;

/** Whole numbers, and one place after the point below ten: "1.1 GB", "204 MB", "5.2 MB", "3 kB". */
export function size(bytes: number): string {
	if (!(bytes > 0)) return '0 MB';
	for (const [unit, name] of units) {
		const amount = rounded(bytes / unit);
		if (amount >= 1) return `${amount.toLocaleString('en')} ${name}`;
	}
	return 'less than 1 kB';
}

/** Nothing where a smaller unit tells it better; what it would tell as 1,000 is 1 of this one. */
function rounded(amount: number): number {
	if (amount < 0.9995) return 0;
	const tenths = Math.round(amount * 10) / 10;
	return tenths < 10 ? tenths : Math.round(amount);
}
