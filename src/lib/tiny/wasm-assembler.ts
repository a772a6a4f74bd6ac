/**
 * Just enough of a WebAssembly assembler to write one function: instructions are nested lists of
 * bytes, in the stack order of the specification (https://webassembly.github.io/spec/core/binary/).
 * It exists so that the kernel can be read, and emitted for any tile size, without a compiler.
 */

export type Code = (number | Code)[];

/** Unsigned LEB128, the format of every index and length. */
export function unsigned(value: number): number[] {
	const bytes = [];
	do {
		const low = value & 0x7f;
		value >>>= 7;
		bytes.push(value ? low | 0x80 : low);
	} while (value);
	return bytes;
}

/** Signed LEB128, the format of integer constants. */
function signed(value: number): number[] {
	const bytes = [];
	for (;;) {
		const low = value & 0x7f;
		value >>= 7;
		if ((value === 0 && !(low & 0x40)) || (value === -1 && low & 0x40)) return [...bytes, low];
		bytes.push(low | 0x80);
	}
}

const VOID = 0x40;
const SIMD = 0xfd;

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, ...value: Code): Code => [...value, 0x21, unsigned(local)];

export const int = (value: number): Code => [0x41, signed(value)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const multiply = (a: Code, b: Code): Code => [a, b, 0x6c];
export const atLeast = (a: Code, b: Code): Code => [a, b, 0x4e]; // signed >=

export const increase = (local: number, by: Code): Code => set(local, add(get(local), by));

export const f32 = {
	zero: [0x43, 0, 0, 0, 0] as Code,
	load: (address: Code, offset = 0): Code => [address, 0x2a, 2, unsigned(offset)],
	store: (address: Code, value: Code, offset = 0): Code => [
		address,
		value,
		0x38,
		2,
		unsigned(offset)
	],
	add: (a: Code, b: Code): Code => [a, b, 0x92],
	multiply: (a: Code, b: Code): Code => [a, b, 0x94]
};

/** Four floats side by side. */
export const f32x4 = {
	zero: [SIMD, 0x0c, new Array<number>(16).fill(0)] as Code,
	load: (address: Code, offset = 0): Code => [address, SIMD, 0x00, 2, unsigned(offset)],
	loadSplat: (address: Code, offset = 0): Code => [address, SIMD, 0x09, 2, unsigned(offset)],
	store: (address: Code, value: Code, offset = 0): Code => [
		address,
		value,
		SIMD,
		0x0b,
		2,
		unsigned(offset)
	],
	add: (a: Code, b: Code): Code => [a, b, SIMD, 0xe4, 0x01],
	multiply: (a: Code, b: Code): Code => [a, b, SIMD, 0xe6, 0x01]
};

/** `while (condition) body` */
export const loopWhile = (condition: Code, body: Code): Code => [
	[0x02, VOID, 0x03, VOID],
	[condition, 0x45, 0x0d, 1], // leave the block when the condition is zero
	body,
	[0x0c, 0, 0x0b, 0x0b]
];

/** `do body while (condition)`: one branch a turn, for the innermost loop. */
export const loopDo = (body: Code, condition: Code): Code => [
	[0x03, VOID],
	body,
	[condition, 0x0d, 0, 0x0b]
];

export const ifElse = (condition: Code, then: Code, otherwise: Code = []): Code => [
	[condition, 0x04, VOID],
	then,
	[0x05, otherwise, 0x0b]
];

const flat = (code: Code): number[] =>
	code.flatMap((part) => (typeof part === 'number' ? part : flat(part)));
const name = (text: string): number[] => [text.length, ...[...text].map((c) => c.charCodeAt(0))];

function section(id: number, ...content: Code): number[] {
	const bytes = flat(content);
	return [id, ...unsigned(bytes.length), ...bytes];
}

/**
 * A module that imports `env.memory` and exports one function without result.
 *
 * @param parameters types of its parameters, which are its first locals
 * @param locals types of the locals that follow
 */
export function moduleOf(
	exported: string,
	parameters: number[],
	locals: number[],
	body: Code
): Uint8Array<ArrayBuffer> {
	const code = flat([unsigned(locals.length), locals.map((type): Code => [1, type]), body, 0x0b]);

	return Uint8Array.from([
		...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // '\0asm', version 1
		...section(1, 1, 0x60, parameters.length, parameters, 0),
		...section(2, 1, name('env'), name('memory'), 0x02, 0x00, 1),
		...section(3, 1, 0),
		...section(7, 1, name(exported), 0x00, 0),
		...section(10, 1, unsigned(code.length), code)
	]);
}
