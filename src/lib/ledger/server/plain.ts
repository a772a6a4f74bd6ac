import type { Values } from './yaml.ts';

/** A plain object with the fields that are there, nested ones and lists too. */
export function plain(values: Values): object {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => [key, plainly(value)])
	);
}

function plainly(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainly);
	return typeof value === 'object' && value !== null ? plain(value as Values) : value;
}
