/** @file What became of the tokens of a text, as the drawings ask for it; and how a recording keeps it. */
import type { Workings } from '#lib/tiny/generate.ts';

/** The row of one token in a matrix with a row a token. */
export function rowOf(matrix: Float32Array, tokens: number, token: number): Float32Array {
	const width = matrix.length / tokens;
	return matrix.subarray(token * width, (token + 1) * width);
}

/** The row of a token as it goes in (stage 0), and as each layer leaves it. */
export function vectorAt(workings: Workings, stage: number, token: number): Float32Array {
	const { embedding, layers, tokens } = workings;
	return rowOf(stage ? layers[stage - 1].output : embedding, tokens, token);
}

/** How much a token looked at each up to itself, by one head. */
export function looksAt(
	workings: Workings,
	layer: number,
	head: number,
	token: number
): Float32Array {
	const { layers, tokens } = workings;
	return rowOf(layers[layer].attention[head], tokens, token).subarray(0, token + 1);
}

/** The mean of that over all heads of a layer. */
export function meanLooks(workings: Workings, layer: number, token: number): number[] {
	const heads = workings.layers[layer].attention;
	return Array.from({ length: token + 1 }, (_, at) =>
		heads.reduce((sum, head) => sum + head[token * workings.tokens + at] / heads.length, 0)
	);
}

/** A recording: each row as bytes from −127 to 127 and what 127 stands for; shares in 255ths. */
export type Packed = {
	tokens: number;
	embedding: PackedRows;
	layers: {
		/** The lower triangle, row by row, of each head. */
		attention: string[];
		/** Of the last tokens alone, as is `middle`. */
		looked: PackedRows;
		middle: PackedRows;
		output: PackedRows;
	}[];
};

type PackedRows = { scales: number[]; bytes: string };

/** @param from the first token of which `looked` and `middle` are kept as well */
export function pack({ tokens, embedding, layers }: Workings, from: number): Packed {
	const last = (matrix: Float32Array) =>
		packRows(matrix.subarray((matrix.length / tokens) * from), tokens - from);
	return {
		tokens,
		embedding: packRows(embedding, tokens),
		layers: layers.map(({ attention, looked, middle, output }) => ({
			attention: attention.map((head) =>
				base64(triangle(tokens).map(([row, at]) => steps(255 * head[row * tokens + at])))
			),
			looked: last(looked),
			middle: last(middle),
			output: packRows(output, tokens)
		}))
	};
}

/** Every number on its side of zero, and within a step of what was recorded; `looked` and `middle` of the last tokens alone. */
export function unpack({ tokens, embedding, layers }: Packed): Workings {
	const atLast = (rows: PackedRows) => {
		const last = unpackRows(rows);
		const width = last.length / rows.scales.length;
		const matrix = new Float32Array(tokens * width);
		matrix.set(last, matrix.length - last.length);
		return matrix;
	};
	return {
		tokens,
		embedding: unpackRows(embedding),
		layers: layers.map(({ attention, looked, middle, output }) => ({
			attention: attention.map((text) => {
				const shares = bytesOf(text);
				const head = new Float32Array(tokens * tokens);
				triangle(tokens).forEach(([row, at], i) => (head[row * tokens + at] = shares[i] / 255));
				return head;
			}),
			looked: atLast(looked),
			middle: atLast(middle),
			output: unpackRows(output)
		}))
	};
}

function triangle(tokens: number): [row: number, at: number][] {
	return Array.from({ length: tokens }, (_, row) =>
		Array.from({ length: row + 1 }, (_, at): [number, number] => [row, at])
	).flat();
}

function packRows(matrix: Float32Array, rows: number): PackedRows {
	const width = matrix.length / rows;
	const scales: number[] = [];
	const bytes: number[] = [];
	for (let row = 0; row < rows; row++) {
		const values = matrix.subarray(row * width, (row + 1) * width);
		const scale = Number(Math.max(...values.map(Math.abs), 1e-9).toPrecision(4));
		scales.push(scale);
		for (const x of values) bytes.push(steps((127 * x) / scale) & 255);
	}
	return { scales, bytes: base64(bytes) };
}

function unpackRows({ scales, bytes }: PackedRows): Float32Array {
	const signed = new Int8Array(bytesOf(bytes).buffer);
	const width = signed.length / scales.length;
	return Float32Array.from(signed, (x, i) => (x / 127) * scales[Math.floor(i / width)]);
}

/** Rounded, but what is above or below zero stays there: it is counted and drawn. */
const steps = (x: number) => Math.sign(x) * Math.max(Math.round(Math.abs(x)), x === 0 ? 0 : 1);

const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
