/** @file Files as a stranger might make them: one wrong value at every place. */

export type Path = (string | number)[];

/** Every place in a value, the deepest first. */
export function places(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Object.entries(value).flatMap(([key, one]) =>
		places(one, [...path, Array.isArray(value) ? Number(key) : key])
	);
	return path.length ? [...inner, path] : inner;
}

export const absent = Symbol('absent');

/** A copy with something else at one place. */
export function changed(value: object, path: Path, to: unknown): unknown {
	const copy = structuredClone(value);
	const at = (parent: object, key: string | number) =>
		(parent as Record<string | number, object>)[key];
	const last = path.at(-1)!;
	const parent = path.slice(0, -1).reduce(at, copy) as Record<string | number, unknown>;
	if (to === absent) delete parent[last];
	else parent[last] = to;
	return copy;
}

export const hostile = [
	absent,
	null,
	true,
	-1,
	1.5,
	4_294_967_296,
	1e300,
	'',
	'a',
	'x'.repeat(1_000_001),
	[],
	[1],
	{},
	JSON.parse('{"__proto__":{"text":"a"}}')
];
