/**
 * Just enough of a WebAssembly assembler to write the kernels: instructions are nested lists of
 * bytes, in the stack order of the specification (https://webassembly.github.io/spec/core/binary/).
 * It exists so that the kernels can be read, and emitted for any tile size, without a compiler.
 * Arithmetic on fractions is in `f32.ts` and its like.
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

export const I32 = 0x7f;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;

/** An instruction of the SIMD kind: what it works on, and what follows it. */
export const simd = (opcode: number, operands: Code, immediate: Code = []): Code => [
	operands,
	0xfd,
	unsigned(opcode),
	immediate
];

/** Of loads and stores: a hint that addresses are multiples of 4 bytes, and a fixed distance. */
export const access = (offset: number): Code => [2, unsigned(offset)];

export const simdLoad =
	(opcode: number) =>
	(address: Code, offset = 0): Code =>
		simd(opcode, address, access(offset));

export const simdStore =
	(opcode: number, lane: Code) =>
	(address: Code, value: Code, offset = 0): Code =>
		simd(opcode, [address, value], [access(offset), lane]);

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, ...value: Code): Code => [...value, 0x21, unsigned(local)];

export const int = (value: number): Code => [0x41, signed(value)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [a, b, 0x6b];
export const and = (a: Code, b: Code): Code => [a, b, 0x71];
export const multiply = (a: Code, b: Code): Code => [a, b, 0x6c];
export const atLeast = (a: Code, b: Code): Code => [a, b, 0x4e]; // signed >=

export const increase = (local: number, by: Code): Code => set(local, add(get(local), by));

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

export interface Function {
	name: string;
	parameters: number[];
	result: number | undefined;
	locals: number[];
	body: Code;
}

/**
 * @param parameters their types; they are the first locals
 * @param write the body, given the parameters and a way to get more locals, which start at zero
 * @param result type of what the body leaves on the stack, if anything
 */
export function defineFunction(
	name: string,
	parameters: number[],
	write: (parameters: number[], local: (type: number) => number) => Code,
	result?: number
): Function {
	const locals: number[] = [];
	const local = (type: number) => parameters.length + locals.push(type) - 1;
	const body = write([...parameters.keys()], local);
	return { name, parameters, result, locals, body };
}

function flatten(code: Code, into: number[]): number[] {
	for (const part of code) {
		if (typeof part === 'number') into.push(part);
		else flatten(part, into);
	}
	return into;
}

const vector = (items: Code[]): Code => [unsigned(items.length), items];
const name = (text: string): number[] => [text.length, ...[...text].map((c) => c.charCodeAt(0))];

/** With its length before it. */
function sized(...content: Code): Code {
	const bytes = flatten(content, []);
	return [unsigned(bytes.length), bytes];
}

/** A module that imports `env.memory` and exports the functions. */
export function moduleOf(functions: Function[]): Uint8Array<ArrayBuffer> {
	const section = (id: number, items: Code[]): Code => [id, sized(vector(items))];

	return Uint8Array.from(
		flatten(
			[
				[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // '\0asm', version 1
				section(
					1,
					functions.map(({ parameters, result }) => [
						0x60,
						vector(parameters.map((type) => [type])),
						vector(result ? [[result]] : [])
					])
				),
				section(2, [[name('env'), name('memory'), 0x02, 0x00, 1]]),
				section(
					3,
					functions.map((_, index) => unsigned(index))
				),
				section(
					7,
					functions.map((f, index) => [name(f.name), 0x00, unsigned(index)])
				),
				section(
					10,
					functions.map(({ locals, body }) => sized(vector(locals.map((t) => [1, t])), body, 0x0b))
				)
			],
			[]
		)
	);
}
