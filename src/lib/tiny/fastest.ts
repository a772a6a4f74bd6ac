import { type Backend, createBackend } from './backend.ts';

/**
 * The fastest backend that this place allows. Plain TypeScript does where WebAssembly is missing or
 * forbidden: the same numbers, only slower.
 *
 * @param bytes size of the memory
 */
export function fastestBackend(bytes: number): Backend {
	try {
		return createBackend('wasm', bytes);
	} catch {
		return createBackend('plain', bytes);
	}
}
