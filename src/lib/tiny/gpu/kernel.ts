/**
 * How a kernel is written here: its buffers and numbers by name, and what it does as WGSL
 * (https://www.w3.org/TR/WGSL/). The declarations that WebGPU wants are put before it.
 */

/** A kernel that can be dispatched with buffers and numbers of these names. */
export interface Kernel<B extends string = string, N extends string = string> {
	buffers: B[];
	numbers: N[];
	/** names of those numbers that are not whole */
	factors: string[];
	wgsl: string;
}

interface Names<I extends string, R extends string, W extends string, S extends string> {
	/** buffers of whole numbers, read only */
	indices?: I[];
	/** buffers read only */
	reads?: R[];
	/** buffers read and written */
	writes: W[];
	/** whole numbers, in the kernel as `n.name` */
	sizes: S[];
}

/** Invocations of a workgroup; matrix products have their own arrangement of the same number. */
export const LANES = 64;

/** A kernel written in full. */
export function kernel<
	W extends string,
	S extends string,
	I extends string = never,
	R extends string = never,
	F extends string = never
>(
	{ indices = [], reads = [], writes, sizes, factors = [] }: Names<I, R, W, S> & { factors?: F[] },
	code: string
): Kernel<I | R | W, S | F> {
	const buffers = [
		...indices.map((name) => [name, 'read', 'u32']),
		...reads.map((name) => [name, 'read', 'f32']),
		...writes.map((name) => [name, 'read_write', 'f32'])
	];
	const fields = [...sizes.map((name) => `${name}: u32`), ...factors.map((name) => `${name}: f32`)];
	const declarations = buffers.map(
		([name, access, type], i) =>
			`@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${type}>;`
	);
	return {
		buffers: [...indices, ...reads, ...writes],
		numbers: [...sizes, ...factors],
		factors,
		wgsl: `struct Numbers { ${fields.join(', ')} }
@group(0) @binding(0) var<uniform> n: Numbers;
${declarations.join('\n')}
${code}`
	};
}

/** A kernel that does `code` for each i below `count`, in any order. */
export function each<
	W extends string,
	S extends string,
	I extends string = never,
	R extends string = never,
	F extends string = never
>(names: Names<I, R, W, S> & { factors?: F[] }, code: string) {
	return kernel<W, S | 'count', I, R, F>(
		{ ...names, sizes: [...names.sizes, 'count'] },
		`@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
	for (var i = id.x; i < n.count; i += groups.x * ${LANES}) {${code}}
}`
	);
}

/**
 * A kernel that does `code` for each row below `rows`, by 64 invocations (`lane`) together. They
 * have `total(lane, x)` and `largest(lane, x)`, the sum and the largest of what each of them gives.
 */
export function rows<
	W extends string,
	S extends string,
	I extends string = never,
	R extends string = never,
	F extends string = never
>(names: Names<I, R, W, S> & { factors?: F[] }, code: string) {
	return kernel<W, S | 'rows', I, R, F>(
		{ ...names, sizes: [...names.sizes, 'rows'] },
		`${together('total', 'a + b')}
${together('largest', 'max(a, b)')}
@compute @workgroup_size(${LANES})
fn main(
	@builtin(workgroup_id) group: vec3u,
	@builtin(num_workgroups) groups: vec3u,
	@builtin(local_invocation_index) lane: u32
) {
	for (var row = group.x; row < n.rows; row += groups.x) {${code}}
}`
	);
}

/** A function of WGSL that halves the number of partial results until one is left. */
function together(name: string, ofTwo: string): string {
	return `var<workgroup> ${name}s: array<f32, ${LANES}>;
fn ${name}(lane: u32, mine: f32) -> f32 {
	${name}s[lane] = mine;
	workgroupBarrier();
	for (var half = ${LANES / 2}u; half > 0; half /= 2) {
		if (lane < half) {
			let a = ${name}s[lane];
			let b = ${name}s[lane + half];
			${name}s[lane] = ${ofTwo};
		}
		workgroupBarrier();
	}
	return workgroupUniformLoad(&${name}s[0]);
}`;
}
