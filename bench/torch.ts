/**
 * @file PyTorch beside us, where this machine has it: `torch-rival.py` in a process of its own, on one thread. With
 * several Pythons, `PYTHON=/path/to/python3 npm run bench training` chooses one.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interface, createInterface } from 'node:readline';
import type { Weights } from '#lib/tiny/weights.ts';

const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** A Python that has PyTorch, or undefined. */
export function pythonWithTorch(): string | undefined {
	const { PYTHON } = process.env;
	return (PYTHON ? [PYTHON] : ['python3', '/usr/bin/python3', 'python']).find(
		(python) => spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0
	);
}

export class Torch {
	readonly #folder = mkdtempSync(join(tmpdir(), 'torch-'));
	readonly #process: ChildProcess;
	readonly #answers: AsyncIterator<string>;
	readonly #lines: Interface;

	constructor(python: string) {
		this.#process = spawn(python, ['bench/torch-rival.py'], {
			stdio: ['pipe', 'pipe', 'inherit'],
			env: { ...process.env, ...ONE_THREAD }
		});
		this.#lines = createInterface({ input: this.#process.stdout! });
		this.#answers = this.#lines[Symbol.asyncIterator]();
	}

	/** Takes over weights and batch. @returns logits [targets × vocabulary] and mean loss before any training */
	async begin(
		weights: Weights,
		batch: number[][]
	): Promise<{ version: string; loss: number; logits: Float32Array }> {
		const [from, to] = ['weights', 'logits'].map((name) => join(this.#folder, name));
		writeFileSync(from, weights.values);
		const answer = await this.#ask<{ version: string; loss: number }>({
			config: weights.config,
			weights: from,
			logits: to,
			batch
		});
		const { buffer, byteOffset, length } = readFileSync(to);
		const logits = new Float32Array(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
		return { ...answer, logits };
	}

	/** @returns mean loss of each step, and seconds that the processor spent on them */
	train(steps: number): Promise<{ losses: number[]; seconds: number }> {
		return this.#ask({ steps });
	}

	end(): void {
		this.#lines.close();
		this.#process.kill();
		rmSync(this.#folder, { recursive: true });
	}

	async #ask<Answer>(question: object): Promise<Answer> {
		this.#process.stdin!.write(`${JSON.stringify(question)}\n`);
		const { value, done } = await this.#answers.next();
		if (done) throw new Error('PyTorch ended without an answer; what it said stands above.');
		return JSON.parse(value) as Answer;
	}
}
