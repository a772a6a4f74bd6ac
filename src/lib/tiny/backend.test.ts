import { afterEach, describe, expect, test, vi } from 'vitest';
import { bytesFor, createBackend } from './backend.ts';

afterEach(() => vi.unstubAllGlobals());

describe.each(['wasm', 'plain'] as const)('the memory of %s', (kind) => {
	test('is handed out in zeros, each matrix apart from the others', () => {
		const backend = createBackend(kind, bytesFor(1000));
		const [a, b] = [backend.allocate(3, 5), backend.allocate(2, 2)];
		a.values.fill(1);
		expect(Array.from(b.values)).toEqual([0, 0, 0, 0]);
		b.values.fill(2);
		expect(a.values.every((value) => value === 1)).toBe(true);
	});

	test('can be taken back to a mark, and its peak is kept', () => {
		const backend = createBackend(kind, bytesFor(1000));
		const mark = backend.mark();
		const { offset } = backend.allocate(10, 10);
		const { peak } = backend;
		backend.release(mark);
		expect(backend.allocate(1, 1).offset).toBe(offset);
		expect(backend.peak).toBe(peak);
	});

	test('says when it is used up', () => {
		const backend = createBackend(kind, bytesFor(1000));
		expect(() => backend.allocate(1000, 1000)).toThrow('used up');
	});
});

test('without WebAssembly, or where it is not allowed, wasm is refused with a reason', () => {
	vi.stubGlobal('WebAssembly', undefined);
	expect(() => createBackend('wasm', 1e6)).toThrow('WebAssembly is not available here');
	expect(createBackend('plain', 1e6).kind).toBe('plain');
	vi.unstubAllGlobals();

	vi.stubGlobal('WebAssembly', {
		Memory: WebAssembly.Memory,
		Module: class {
			constructor() {
				throw new Error('blocked by the content security policy');
			}
		}
	});
	expect(() => createBackend('wasm', 1e6)).toThrow('not allowed here');
});

test('a matrix product needs room for its longest sum', () => {
	const backend = createBackend('plain', 1e6);
	const [a, b] = [backend.allocate(1, 5000), backend.allocate(5000, 1)];
	expect(() => backend.matmul(a, b, backend.allocate(1, 1))).toThrow('5000 products');
});
